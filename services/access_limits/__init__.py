"""Who must not know of a record: bars against a person or an agency, and restriction to named readers."""
