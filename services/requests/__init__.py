"""Information requests: who asks whom for what, by when, and what became of it."""
