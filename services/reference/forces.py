"""Which force polices a place on a day; None where the table does not know, because a guess tells the wrong force."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from services.reference.lists import day, load, rows, within


@dataclass(frozen=True, slots=True)
class RegionForce:
    """Who polices a region as a whole; None where several forces share it."""

    force: str | None
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class TownRow:
    """One place of that name: its region, and its force where the region has several."""

    region: str
    force: str | None


def force_for(town: str | None, region: str | None, on: date) -> str | None:
    """The code of the force, when town and region together leave only one.

    A name that several places share needs its region; a town and a region that contradict each other give nothing.
    """
    places = _towns().get(_code("towns", town), ())
    area = _code("regions", region)
    if area == "unknown":
        area = ""
    if not area:
        return _only({_force_of(place, on) for place in places})
    here = [place for place in places if place.region == area]
    if here:
        return _only({_force_of(place, on) for place in here})
    whole = _region_force(area, on)
    elsewhere = {_force_of(place, on) for place in places}
    return whole if not elsewhere or whole in elsewhere else None


def _only(forces: set[str | None]) -> str | None:
    return next(iter(forces)) if len(forces) == 1 else None


def _force_of(place: TownRow, on: date) -> str | None:
    return place.force or _region_force(place.region, on)


def _region_force(region: str, on: date) -> str | None:
    periods = _regions().get(region, ())
    return next((one.force for one in periods if within(on, one.valid_from, one.valid_until)), None)


def _code(list_name: str, name_or_code: str | None) -> str:
    found = load(list_name).by_key.get((name_or_code or "").strip())
    return found.code if found else ""


@cache
def _table() -> Any:
    return rows("town_to_force")


@cache
def _regions() -> dict[str, tuple[RegionForce, ...]]:
    found: dict[str, tuple[RegionForce, ...]] = {}
    for row in _table()["regions"]:
        period = RegionForce(row["force"], day(row["valid_from"]), day(row["valid_until"]))
        found[row["region"]] = (*found.get(row["region"], ()), period)
    return found


@cache
def _towns() -> dict[str, tuple[TownRow, ...]]:
    found: dict[str, tuple[TownRow, ...]] = {}
    for row in _table()["towns"]:
        found[row["town"]] = (*found.get(row["town"], ()), TownRow(row["region"], row.get("force")))
    return found
