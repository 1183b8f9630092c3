"""The language: what clients can say. Never HTTP, never SQL, never rules."""
