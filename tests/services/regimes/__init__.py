"""Tests of the dated rows and of what is read from them."""
