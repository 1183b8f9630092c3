"""Sharing: rules, tables typed by hand, and walls."""
