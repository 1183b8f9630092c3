"""The gatekeeper's SQL functions and the row security policies, in the order they are applied."""
