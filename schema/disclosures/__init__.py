"""The data groups as clients read and write them: whole, in summary, or withheld."""
