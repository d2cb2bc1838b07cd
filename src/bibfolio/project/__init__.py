"""A project in a folder, as commands see it: its sources are read, and Sphinx is not run."""
