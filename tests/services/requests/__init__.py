"""Information requests: rows and rules."""
