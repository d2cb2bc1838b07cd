"""How hypothesis works here: the same examples every time, nothing left on the disk.

`make fuzz` looks longer, and `BIBFOLIO_EXAMPLES=20000 make unit` as long as one likes.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "unit",
    max_examples=int(os.environ.get("BIBFOLIO_EXAMPLES", "30")),
    deadline=None,  # a slow machine is not a failure
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unit")
