"""SQL of strategy meetings; everything is written by functions of the database, which ask again."""
