"""Links, likely duplicates, shares and single reads answer alike: for every function and level, what is said of two
records is there when both can be opened, and what was given of a record is there for its own sides."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any
from uuid import UUID

import pytest

from policies.actor import Actor
from policies.vocabulary import AccessLevel, DataGroup, Function
from services.related import store
from services.tools import Reading
from tests.services.database import many_links
from tests.services.database.crowd import Crowd, gathered
from tests.services.database.hats import PERSON, act_as
from tests.services.database.many_links import Link, Share
from tests.services.database.many_ways import MINE, Made
from tests.services.database.single_reads import Opened, agrees_with_python, listing, singly
from tests.services.database.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]

EVERYTHING, SINGLE = 10_000, 4
Pairs = dict[tuple[UUID, UUID], tuple[bool, bool]]  # whether the births agree, and the references
COMPARED = re.compile("a12-?345/?[0-9]{2}", re.IGNORECASE)
PUNCTUATION = re.compile(r"['’`\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Known:
    """Who a record is about, as far as a reader of it knows."""

    name: str
    born: str | None
    reference: str | None


async def test_what_ties_records_is_there_when_each_can_be_opened(own_world: World) -> None:
    crowd = await gathered(own_world)
    cast, admin = crowd.cast, own_world.platform.admin
    links, shares = many_links.links(cast, crowd.records), many_links.shares(cast, crowd.records)
    await many_links.write_links(admin, cast, crowd.records, links)
    await many_links.write_shares(admin, cast, shares)
    found: Counter[str] = Counter()

    for function, level in product(Function, AccessLevel):
        await act_as(own_world, function, level)
        records = [made for made in crowd.records if made.function is function]
        near = [link for link in links if {link.one.function, link.other.function} & {function}]
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            listed = [row["id"] for row in await store.my_links(reading, None, None, EVERYTHING)]
            await _each_by_itself(reading, near, listed)
            pairs = await _duplicates(reading, records)
        async with own_world.platform.tools.enter(own_world.secret(PERSON)) as reading:
            assert reading is not None
            opened = await singly(reading, records)
            read = await store.read_links(reading, [link.id for link in links])

        assert agrees_with_python(crowd, reading.actor, records, opened), (function, level)
        assert listed == _links(crowd, reading.actor, near), (function, level)
        assert set(listed) <= set(read), (function, level)
        assert {one: row["reason"] for one, row in read.items()} == _read(near, opened, function), (function, level)
        assert pairs == _alike(crowd, reading.actor, records, opened), (function, level)
        given, weighed = _shares(reading.actor, shares, opened)
        assert (_ids(opened, "share"), _ids(opened, "weighing")) == (given, weighed), (function, level)
        found.update(references=sum(by_reference for _, by_reference in pairs.values()))
        found.update(links=len(listed), read=len(read), pairs=len(pairs), given=len(given), weighed=len(weighed))

    assert (found.pop("references") > 0, min(found.values()) > 10) == (True, True), found
    assert found["links"] < found["read"]  # those that ended, or of a record that is known by a request alone
    assert found["weighed"] < found["given"] < 4 * len(shares)


async def _each_by_itself(reading: Reading, near: Sequence[Link], listed: Sequence[UUID]) -> None:
    """Some links by their id, and the links of some records, are those of the whole list."""
    for link in near[::SINGLE]:
        one = [row["id"] for row in await store.my_links(reading, None, link.id, 1)]
        assert one == [link.id] * (link.id in listed)
    for link in near[:SINGLE]:
        ends = [other.id for other in near if link.one.id in (other.one.id, other.other.id)]
        rows = await store.my_links(reading, link.one.id, None, EVERYTHING)
        assert [row["id"] for row in rows] == [one for one in listed if one in ends]


async def _duplicates(reading: Reading, records: Sequence[Made]) -> Pairs:
    """All of them; those of single records are the same."""
    rows = await store.duplicates(reading, None, EVERYTHING)
    ours = {made.id for made in records}
    pairs = {
        (row["one"], row["other"]): (row["same_birth"], row["same_reference"])
        for row in rows
        if {row["one"], row["other"]} <= ours
    }
    for made in records[:SINGLE]:
        own = [(row["one"], row["other"]) for row in await store.duplicates(reading, made.id, EVERYTHING)]
        assert [pair for pair in own if pair in pairs] == [pair for pair in pairs if made.id in pair]
    return pairs


def _links(crowd: Crowd, actor: Actor, near: Sequence[Link]) -> list[UUID]:
    """Open ones between two cases, each of which a list of the actor's could show, the newest first."""

    def known(made: Made) -> bool:
        is_ours = made.kind == "case" and made.function is actor.function
        return is_ours and bool(listing(crowd, actor, made))

    found = [link for link in near if link.is_open and known(link.one) and known(link.other)]
    return [link.id for link in sorted(found, key=lambda link: link.at, reverse=True)]


def _read(near: Sequence[Link], opened: Opened, function: Function) -> dict[UUID, str | None]:
    """Whatever the two records are, both were opened; with the reason where the actor's own function gave it."""
    return {
        link.id: "r" if link.is_ours and link.function is function else None
        for link in near
        if {link.one.id, link.other.id} <= opened.permits.keys()
    }


def _alike(crowd: Crowd, actor: Actor, records: Sequence[Made], opened: Opened) -> Pairs:
    """Open cases in the actor's own charge, whose identities single reads show as they stand now."""
    who: dict[UUID, Known] = {}
    for made in records:
        in_charge = any(way.given in MINE for way in listing(crowd, actor, made))
        if in_charge and made.is_open and made.kind == "case":
            said = _shown(opened, made, DataGroup.IDENTITY)
            status = _shown(opened, made, DataGroup.IMMIGRATION) or {}
            if said:
                reference = COMPARED.search(status.get("home_office_reference", ""))
                who[made.id] = Known(_key(said), said.get("date_of_birth"), reference and _plain(reference[0]))
    pairs = {(one, other): _compared(who[one], who[other]) for one, other in combinations(sorted(who), 2)}
    return {pair: found for pair, found in pairs.items() if found is not None}


def _shown(opened: Opened, made: Made, group: DataGroup) -> dict[str, Any] | None:
    """What a group of a record says now, where a single read shows it whole."""
    permit = opened.permits[made.id]
    said = (opened.rows[made.id]["contents"] or {}).get(group)
    return said["content"] if said and group in permit.see - permit.pins.keys() else None


def _plain(reference: str) -> str:
    return re.sub("[-/]", "", reference).upper()


def _compared(one: Known, other: Known) -> tuple[bool, bool] | None:
    """Whether the births and the references agree; None: nothing says that the two may be one."""
    by_reference = one.reference is not None and one.reference == other.reference
    if not by_reference and not _is_alike((one.name, one.born), (other.name, other.born)):
        return None
    same_birth = one.born and other.born and (one.born.startswith(other.born) or other.born.startswith(one.born))
    return bool(same_birth), by_reference


def _key(identity: dict[str, Any]) -> str:
    """The words of a name, without accents and apostrophes, in no order."""
    spelled = " ".join(identity[part] for part in ("first_name", "last_name") if identity.get(part))
    plain = PUNCTUATION.sub("", unicodedata.normalize("NFKD", spelled.casefold()))
    return " ".join(sorted(plain.split()))


def _is_alike(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    (name, born), (same_name, same_born) = one, other
    if name != same_name:
        return False
    if born and same_born:
        return born.startswith(same_born) or same_born.startswith(born)
    return " " in name


def _shares(actor: Actor, shares: Sequence[Share], opened: Opened) -> tuple[set[UUID], set[UUID]]:
    """Those that their giver reads, and, while they live, their recipient; the weighing is the giver's."""
    near = [
        one
        for one in shares
        if one.made.function is actor.function
        and one.made.id in opened.permits
        and DataGroup.INFORMATION_REQUESTS in opened.permits[one.made.id].see
    ]
    given = {one.id for one in near if one.is_given_by_us}
    to_us = {one.id for one in near if one.is_given_to_us and one.is_live and one.named in (None, actor.member_id)}
    return given | to_us, given


def _ids(opened: Opened, part: str) -> set[UUID]:
    """The shares that single reads show, or those of them whose weighing they show."""
    shown = [one for row in opened.rows.values() for one in row["shares"] or ()]
    return {UUID(one["id"]) for one in shown if part == "share" or one["weighing"]}
