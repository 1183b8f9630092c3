"""Whether the panel that has to look at a decision did: who sat on it, enough of them, apart from the case. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.decisions.draft import Panel, PanelMember
from services.errors import Conflict, Problem
from services.regimes.routing_rows import PanelRow
from services.regimes.routing_words import Independent, PanelKind, Seat

LONGEST_NAME = 200
MOST_MEMBERS = 30
NAMES = {PanelKind.ASSURANCE: "multi-agency assurance panel", PanelKind.DEVOLVED: "devolved panel"}
SEATS = {
    Seat.LOCAL_AUTHORITY: "the local authority",
    Seat.POLICE: "the police",
    Seat.HEALTH: "health",
    Seat.VOLUNTARY_SECTOR: "the voluntary sector",
}
REMEDY = "Return the proposal, and propose it anew with the panel as it met."


def problems(panel: Panel | None, today: date) -> Iterator[Problem]:
    """What is wrong with the panel as it was written down, whether one has to sit or not."""
    if panel is None:
        return
    if panel.met_on > today:
        yield Problem("panel.metOn", "in_the_future", "This day has not come yet.", "Give the day on which it met.")
    if not 1 <= len(panel.members) <= MOST_MEMBERS:
        yield Problem("panel.members", "length", f"A panel has 1 to {MOST_MEMBERS} members.", "Name who sat on it.")
    names = [_person(member) for member in panel.members]
    for place, member in enumerate(panel.members):
        if not 1 <= len(member.name.strip()) <= LONGEST_NAME:
            path = f"panel.members.{place}.name"
            yield Problem(path, "length", f"A name has 1 to {LONGEST_NAME} characters.", "Write it again.")
    if len(set(names)) != len(names):
        yield Problem("panel.members", "repeated", "Somebody stands here twice.", "Nobody sits for two.")


def missing(row: PanelRow | None, panel: Panel | None) -> Conflict | None:
    """Why this decision cannot be issued: the first thing that its panel lacks, named."""
    if row is None:
        return None
    name = NAMES[row.panel]
    if panel is None:
        return Conflict("PANEL_NEEDED", f"A {name} looks at this decision before it is issued.", REMEDY)
    seats = sorted(SEATS[seat] for seat in row.requires - {member.seat for member in panel.members})
    if seats:
        return Conflict("PANEL_INCOMPLETE", f"On the {name} nobody sat for {', '.join(seats)}.", REMEDY)
    if len(panel.members) < row.least:
        return Conflict("PANEL_TOO_SMALL", f"A {name} has {row.least} members at least.", REMEDY)
    chairs = [member for member in panel.members if member.is_chair]
    if len(chairs) != 1:
        return Conflict("PANEL_WITHOUT_CHAIR", f"A {name} has one chair.", REMEDY)
    bound = chairs if row.independent is Independent.CHAIR else panel.members
    partial = sorted(member.name for member in bound if _is_partial(member))
    if partial:
        message = f"Of the {name} these are not apart from the case: {', '.join(partial)}."
        return Conflict("PANEL_NOT_INDEPENDENT", message, REMEDY)
    return None


def kept(panel: Panel | None) -> dict[str, Any] | None:
    """The panel as a proposal keeps it."""
    if panel is None:
        return None
    members = [
        {"name": one.name.strip(), "seat": one.seat.value, "chair": one.is_chair, "worked": one.worked_on_case}
        for one in panel.members
    ]
    return {"met_on": panel.met_on.isoformat(), "members": members}


def read(content: Mapping[str, Any] | None) -> Panel | None:
    """The same, read again; a proposal of before panels were kept has none."""
    if not content:
        return None
    members = tuple(
        PanelMember(name=one["name"], seat=Seat(one["seat"]), is_chair=one["chair"], worked_on_case=one["worked"])
        for one in content["members"]
    )
    return Panel(met_on=date.fromisoformat(content["met_on"]), members=members)


def _person(member: PanelMember) -> str:
    return member.name.strip().casefold()


def _is_partial(member: PanelMember) -> bool:
    return member.worked_on_case or member.seat is Seat.COMPETENT_AUTHORITY
