"""What the platform costs, as ratios within one run; nothing here is a test."""
