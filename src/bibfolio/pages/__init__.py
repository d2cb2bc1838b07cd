"""Model → docutils: what readers see. ``machines`` has what programs read.

Bodies of pages are nodes, never strings of HTML.
"""
