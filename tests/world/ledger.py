"""What a governance officer does in stories: read who looked, line by line or counted."""

from typing import Any

from tests.world.platform import Person

LEDGER = """query ($filter: LedgerFilterInput, $first: Int! = 50, $after: String) {
  ledger(filter: $filter, first: $first, after: $after) {
    edges { cursor node { id at agency { id name } person function accessLevel act verdict recordReference relations
      purposes groups summaries written withheld rules } }
    pageInfo { hasNextPage endCursor } } }"""
TOTALS = """query ($filter: LedgerFilterInput, $first: Int! = 50, $after: String) {
  ledgerTotals(filter: $filter, first: $first, after: $after) {
    edges { cursor node { agency { id name } group purpose verdict looks people firstAt lastAt } }
    pageInfo { hasNextPage endCursor } } }"""


async def lines(officer: Person, **wanted: Any) -> list[dict[str, Any]]:
    """The lines of the first page, the newest first."""
    page = (await officer.ask(LEDGER, filter=wanted))["ledger"]
    return [edge["node"] for edge in page["edges"]]


async def totals(officer: Person, **wanted: Any) -> list[dict[str, Any]]:
    """The totals of the first page."""
    page = (await officer.ask(TOTALS, filter=wanted))["ledgerTotals"]
    return [edge["node"] for edge in page["edges"]]


def told(line: dict[str, Any]) -> tuple[str, str | None, str, str, str | None]:
    """Who, what, how it ended and about which record."""
    return line["agency"]["name"], line["person"], line["act"], line["verdict"], line["recordReference"]
