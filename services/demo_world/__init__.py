"""The invented demo world: agencies, people and a few cases made through the real doors."""
