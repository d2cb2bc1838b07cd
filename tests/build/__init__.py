"""Tiny sites, built: every promise the package makes to the author of a site."""
