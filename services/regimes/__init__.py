"""Which law and practice applied on a day: dated rows with their source, and the rules that read them."""
