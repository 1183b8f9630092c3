"""SQL for records: reads, and writes that only follow an admission."""
