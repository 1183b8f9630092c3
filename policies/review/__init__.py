"""What a change of the rules changes, in words fit for review. Asks tables; decides nothing itself."""
