"""Compare build times with stock Sphinx, from 10 to 5,000 papers: ``make bench``."""
