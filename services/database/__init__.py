"""Everything that knows SQL: tables, the gatekeeper's functions, migrations, the embedded server and the demo world."""
