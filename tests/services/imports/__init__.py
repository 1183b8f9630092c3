"""Tests of the public form's message."""
