"""Tools for the repository; make runs them from its root."""
