"""What a competent authority decides: proposed by one person, looked at again, issued once and never changed."""
