"""What only the demo and the developer need; nothing here starts in production."""
