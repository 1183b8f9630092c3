"""Attachments: files of a record, kept outside the database, cleaned of what they tell beside their content."""
