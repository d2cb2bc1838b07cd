"""Crossref, DataCite, arXiv, ORCID and DBLP: their records of works. No build imports this.

A module per service turns an answer into :class:`~bibfolio.model.work.Work`, and opens no
connection: that is :mod:`~bibfolio.services.client`'s; :mod:`~bibfolio.services.lookup` asks.
"""
