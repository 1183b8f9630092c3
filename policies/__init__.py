"""Who may do what, and why. Knows nobody."""
