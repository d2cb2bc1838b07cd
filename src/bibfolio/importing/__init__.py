"""Other systems' sites → ours. No Sphinx is in it, and its command alone imports it.

``source`` reads files and finds out the kind; a module per system, with what they share beside it
(``jekyll``, ``papers``, ``people``, ``talks``, ``curriculum``), fills a ``plan``. ``pages`` knows
places and links, ``markdown`` converts texts, ``addresses`` knows what answered where,
``leftovers`` what is a template's, and ``writing`` writes.
"""
