"""The pure halves of `bibfolio`, module by module, without a Sphinx application."""
