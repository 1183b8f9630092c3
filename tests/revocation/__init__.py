"""Access that is taken away in the middle of somebody's operation, at every point at which it can be."""
