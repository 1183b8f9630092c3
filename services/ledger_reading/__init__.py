"""Who looked at what: the ledger as governance officers read it."""
