"""What is published for front ends, held to the code and to the ledger."""
