"""Model → docutils: what readers see. Third station of the pipeline, beside ``machines``.

Bodies of pages are nodes, never strings of HTML.
"""
