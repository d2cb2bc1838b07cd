"""What is done with the repository besides building the site; run from the root by make."""
