"""Table metadata, one file per noun. Touched by stores only."""
