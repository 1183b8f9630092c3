"""Regime rows of days to come: proposed by one administrator of the platform, approved by another."""

from collections.abc import Mapping
from typing import Any

from policies.vocabulary import Function
from services.edition import ENTERED_ROWS
from services.errors import Invalid
from services.people import store
from services.people.acts import Widening
from services.people.changes import Change
from services.regimes import entering
from services.regimes.entered import entered_rows
from services.regimes.entering import NewRow
from services.regimes.loading import load
from services.regimes.reading import RowsAreWrongError
from services.tools import Reading, Tools


def enter_regime_row(row: NewRow) -> Change | Invalid:
    """The row as a change, named and checked against all that the running operation knows; or what is wrong with it."""
    content: Mapping[str, Any] | Invalid = entering.content_of(row, entered_rows(ENTERED_ROWS.get()))
    return content if isinstance(content, Invalid) else Change(Widening.REGIME_ROW_ENTER, content)


async def approved_problem(reading: Reading) -> Invalid | None:
    """Why what was just approved cannot stand: since it was proposed, another row came that it does not fit."""
    if reading.actor.function is not Function.PLATFORM_OPERATION:
        return None
    try:
        load(entered=entered_rows(await store.entered_rows(reading)))
    except RowsAreWrongError as error:
        return entering.does_not_fit(error)
    return None


async def check_entered(tools: Tools) -> None:
    """Refuse to serve where entered rows and the committed ones of this version contradict each other."""
    load(entered=entered_rows(await store.entered_rows_at_start(tools)))
