"""How long the site takes to build and to use, beside the stock stack: ``make bench``."""
