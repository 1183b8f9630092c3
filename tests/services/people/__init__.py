"""People administration: no one person gives anybody more, and the tables hold what the functions promise."""
