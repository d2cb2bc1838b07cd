"""Model → what programs read: search engines, reference managers, feed readers, other sites.

Third station of the pipeline, beside ``pages``. Every value is escaped for its context by one
function: attributes and JSON in ``head``, XML by :mod:`xml.etree`, the exports in ``exports``.
"""
