"""Why somebody could see what of a record at a moment, for those who answer for it."""
