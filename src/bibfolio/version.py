"""The version of the package, apart from what imports the whole of it."""

__version__ = "0.3.0"
