"""Cases: one person's way through the system, read in parts and changed in steps."""
