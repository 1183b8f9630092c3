"""Cases that have to do with each other: linked by somebody, perhaps the same person, or handed over together."""
