"""Tests of clocks and of the proof each carries."""
