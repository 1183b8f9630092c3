"""Proof that the platform keeps its promises."""
