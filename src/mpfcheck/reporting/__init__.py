"""Reports to bytes: one module a format."""
