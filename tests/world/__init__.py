"""What tests stand on: a server, a template database, and builders that are valid by default."""
