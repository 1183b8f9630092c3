"""What the embedded server says when it cannot do its work: one sentence with the remedy."""


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL could not start; the message is written for the person at the keyboard."""
