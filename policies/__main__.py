"""`python -m policies` writes the compiled table anew, so that a change of the rules can be reviewed row by row."""

import sys

from policies.rule_files import RuleError, read_rules
from policies.table import FILE, Table


def main() -> int:
    """Write the table, or say in one line which rule is in the way."""
    try:
        table = Table(read_rules())
    except RuleError as problem:
        sys.stderr.write(f"The rules were not compiled. {problem}\n")
        return 1
    FILE.write_text(table.text, encoding="utf-8")
    sys.stdout.write(f"Wrote {FILE.name}: {len(table.rows)} rows, version {table.version}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
