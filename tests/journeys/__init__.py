"""Whole stories through HTTP, told by the demo people."""
