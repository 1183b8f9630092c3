"""Tests of the language: what clients can say and what they are told."""
