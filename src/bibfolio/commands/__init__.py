"""The console script ``bibfolio``: one thin module for each command."""
