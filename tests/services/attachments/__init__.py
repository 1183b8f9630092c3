"""Attachments without a database."""
