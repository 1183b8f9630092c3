"""The door: HTTP in, HTTP out. Knows HTTP and tokens; never SQL, never rules."""
