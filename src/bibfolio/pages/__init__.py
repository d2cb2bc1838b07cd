"""Model → docutils: what readers see. What programs read is in ``machines``.

Bodies of pages are nodes, never strings of HTML.
"""
