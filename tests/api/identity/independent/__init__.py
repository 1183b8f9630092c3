"""Sign-in with two providers that nobody here wrote: their servers, and people in front of their forms."""
