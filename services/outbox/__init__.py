"""What leaves with the commit of an operation: the notices to be delivered, and what each of them can say."""
