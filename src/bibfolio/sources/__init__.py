"""Files → model: the only modules that know BibTeX, TeX or TOML.

First station of the pipeline. Nothing here imports Sphinx; problems come back as values,
:mod:`bibfolio.library` turns them into warnings.
"""
