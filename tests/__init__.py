"""What each folder proves, and how to run one test: README.md."""
