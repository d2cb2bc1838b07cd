"""This repository's own site, built once: what it says, and what holds on all its pages."""
