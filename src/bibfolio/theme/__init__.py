"""What the browser loads beside the pages."""
