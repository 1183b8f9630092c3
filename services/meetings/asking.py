"""How the rules are asked about a meeting: through the record it hangs on, for one group."""

from typing import Final
from uuid import UUID

from policies.vocabulary import DataGroup

GROUP: Final = frozenset({DataGroup.STRATEGY_MINUTES})


def lookup(meeting: UUID) -> str:
    """How the record of a meeting is looked up."""
    return f"meeting:{meeting}"
