"""The invented demo world: agencies, people and a few cases."""
