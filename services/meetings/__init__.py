"""Strategy meetings: convened across agencies, recorded while they happen, judged for their quorum at each decision."""
