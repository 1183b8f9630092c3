"""What was not asked for is not read: the ledger names the groups of the query's own selection and no other."""

import pytest

from tests.world.platform import Person, Platform
from tests.world.stories import OPEN, open_concern, refer

pytestmark = pytest.mark.anyio

SELECTIONS = {
    "the case's own fields": ("reference stage lead { name }", []),
    "two groups": ("identity { __typename } account { __typename }", ["account", "identity"]),
    "under another name": ("who: identity { __typename }", ["identity"]),
    "in a fragment": ("... on Case { contact { __typename } }", ["contact"]),
    "in a fragment without a type": ("... { contact { __typename } }", ["contact"]),
    "in a fragment on the interface": ("... on Node { ... on Case { contact { __typename } } }", ["contact"]),
    "in a named fragment": ("...Part", ["exploiters"]),
    "skipped": ("account @skip(if: $yes) { __typename } identity @skip(if: $no) { __typename }", ["identity"]),
    "not included": (
        "account @include(if: $no) { __typename } identity @include(if: $yes) { __typename }",
        ["identity"],
    ),
    "in a skipped fragment": ("... on Case @skip(if: $yes) { account { __typename } } reference", []),
    "a named fragment not included": ("...Part @include(if: $no) reference", []),
    "skipped and included": ("account @skip(if: $yes) @include(if: $yes) { __typename } reference", []),
    "clocks and decisions": ("clocks { __typename } decisions { __typename }", ["clocks", "decisions"]),
}
PREFIX = "query ($r: String, $yes: Boolean! = true, $no: Boolean! = false)"
UNUSED = "used: agencies(first: 1) @skip(if: $no) @include(if: $yes) { pageInfo { hasNextPage } }"
PART = "fragment Part on Case { exploiters { __typename } }"


async def _groups_read(platform: Platform, who: Person, query: str, **variables: object) -> list[str]:
    before = len(await platform.ledger())
    await who.ask(query, **variables)
    (line,) = (line for line in (await platform.ledger())[before:] if line["act"] != "list")
    named = {*line["groups"], *line["summaries"], *line["refused"], *(pin.split(":")[0] for pin in line["pins"])}
    return sorted(named - {"core"})


async def test_groups_that_were_not_asked_for_are_not_in_the_ledger(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    found = {}

    for name, (selection, _) in SELECTIONS.items():
        query = (
            f"{PREFIX} {{ {UNUSED} case(reference: $r) {{ {selection} }} }} {PART if '...Part' in selection else ''}"
        )
        found[name] = await _groups_read(platform, officer, query, r=case["reference"])

    assert found == {name: groups for name, (_, groups) in SELECTIONS.items()}


async def test_a_fragment_on_the_other_kind_of_record_asks_nothing_of_this_one(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    query = """query ($id: ID!) { node(id: $id) { id
      ... on DutyToNotifyRecord { particulars { __typename } account { __typename } }
      ... on Case { identity { __typename } } } }"""

    assert await _groups_read(platform, officer, query, id=case["id"]) == ["identity"]


async def test_worklists_payloads_and_notices_are_read_as_asked(platform: Platform) -> None:
    school, council = await platform.sign_in("eps-1"), await platform.sign_in("lcc-1")
    await open_concern(school)
    await platform.deliver()
    part = "identity { __typename ... on Identity { firstName } }"
    worklist = f"{{ worklist {{ edges {{ node {{ reference {part} }} }} }} }}"
    notices = f"{{ notices {{ edges {{ node {{ record {{ __typename ... on Case {{ {part} }} }} }} }} }} }}"

    assert await _groups_read(platform, council, worklist) == ["identity"]
    assert await _groups_read(platform, council, notices) == ["identity"]
    assert await _groups_read(platform, council, "{ notices { edges { node { kind } } } }") == []
    (edge,) = (await council.ask(notices))["notices"]["edges"]
    assert edge["node"]["record"]["identity"] == {"__typename": "Identity", "firstName": "Testa"}


async def test_a_payload_is_read_as_asked(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    query = OPEN.replace("case { id", "case { account { __typename } id")

    payload = await school.do(query, concern={"age": "ADULT", "nation": "WALES", "concern": "Sleeps in the shop."})

    assert payload["case"]["account"]["__typename"] == "Account"
    (line,) = [line for line in await platform.ledger() if line["act"] == "see"]
    assert (line["pins"], line["groups"]) == (["account:1"], ["core"])
