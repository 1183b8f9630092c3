"""The work: what can be done and seen. Never HTTP, never GraphQL."""
