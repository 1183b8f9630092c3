"""Caveats: legal advice, therapeutic notes and intelligence, which nobody but their author's agency ever reads."""
