"""People and their agency's administrators: proposals by two, acts by one, training, and who had what when."""
