"""Sharing: what an agency gives another of a record it holds, why, on which conditions and until when."""
