"""Machine clients: an agency's own systems, their keys, what each may run, and the sessions they get."""
