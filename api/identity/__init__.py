"""Who is at the door: providers, sign-in, the ID token's verifier and the session's cookie."""
