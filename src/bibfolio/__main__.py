"""``python -m bibfolio`` is the console script ``bibfolio``."""

from bibfolio.commands import main

raise SystemExit(main())
