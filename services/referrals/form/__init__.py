"""The referral form as data: its editions, questions, branches, limits, choices and words stand in `rows/`."""
