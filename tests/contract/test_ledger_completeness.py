"""What an answer disclosed stands in the ledger, and nothing else does: judged from the bytes that left."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from tests.contract.judge import Judge, Seen, faults
from tests.contract.plot import Told
from tests.contract.storyteller import Exchange

RECORD = UUID(int=1)
NAMELESS = {"ListCaveatedEntries", "RecordCaveatedEntry"}  # entries do not name their record: judged by themselves
TOLD = {RECORD: "C-1"}
# Whether a meeting was held that a child's referral has to name is looked up in its sender's name, and shown only where
# it has to be named: the ledger has the look in either case.
LOOKED_UP = {"SubmitReferral": "strategy_minutes (whole) is in the ledger only"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.of_the_contract()


def test_every_answer_discloses_what_the_ledger_says_that_it_disclosed(told: Told, judge: Judge) -> None:
    found = _differences((e for e in _looks(told) if not _is_cut_short(e)), told, judge)

    assert not found, "\n".join(found)


def test_a_page_puts_on_record_only_what_it_shows(told: Told, judge: Judge) -> None:
    found = _differences(filter(_is_cut_short, _looks(told)), told, judge)

    assert not found, "\n".join(found)


def test_every_operation_that_reads_records_was_judged_with_records_in_its_answer(told: Told, judge: Judge) -> None:
    judged = {exchange.operation for exchange in _looks(told) if judge.seen(exchange.body)}

    assert judged >= {"ReadCase", "ReadDutyToNotifyRecord", "ReadNode", "ListCases", "ListNotices", "SubmitReferral"}


def test_groups_were_seen_in_all_four_ways(told: Told, judge: Judge) -> None:
    seen = [seen for exchange in _looks(told) for seen in judge.seen(exchange.body).values()]

    for way in ("whole", "summary", "withheld", "null"):
        assert set().union(*(getattr(one, way) for one in seen)), way


def test_a_group_that_the_ledger_calls_seen_is_null_only_when_nothing_is_stored_in_it(told: Told, judge: Judge) -> None:
    ids = {reference: record for record, reference in told.references.items()}
    hidden = [
        f"{exchange.operation} by {exchange.subject}: {reference} {group}"
        for exchange in _looks(told)
        for reference, seen in judge.seen(exchange.body).items()
        for line in exchange.lines
        if line["record_id"] == ids[reference]
        for group in seen.null & set(line["groups"])
        if (since := told.stored.get((ids[reference], group))) and since <= datetime.fromisoformat(exchange.at)
    ]

    assert hidden == []


def test_entries_under_a_caveat_leave_with_a_line_of_their_own_group_and_of_no_other(told: Told) -> None:
    shown = [e for e in told.exchanges if e.operation in NAMELESS and b"A source says" in e.body]

    assert {exchange.operation for exchange in shown} == NAMELESS
    for exchange in shown:
        looks = [line for line in exchange.lines if line["act"] == "see"]
        assert [(line["groups"], line["refused"]) for line in looks] == [(["caveated", "core"], [])], exchange.about


def test_whoever_is_told_nothing_leaves_a_refused_line_and_no_group(told: Told) -> None:
    (exchange,) = [e for e in told.exchanges if e.operation == "ReadNode" and e.subject == "exh-1"]
    (line,) = exchange.lines

    assert json.loads(exchange.body) == {"data": {"node": None}}
    assert (line["verdict"], line["groups"], line["summaries"]) == ("refused", [], [])
    assert line["record_id"] in told.references


def test_the_judge_notices_each_kind_of_difference(judge: Judge) -> None:
    body = {
        "__typename": "Case",
        "reference": "C-1",
        "identity": {"__typename": "Identity"},
        "contact": {"__typename": "ContactSummary"},
        "account": {"__typename": "Withheld", "group": "ACCOUNT"},
        "evidence": None,
    }
    seen = judge.seen(json.dumps({"data": {"case": body}}).encode())
    true = {"groups": ["core", "identity", "evidence"], "summaries": ["contact"], "refused": ["account"]}

    assert seen == {"C-1": Seen({"core", "identity"}, {"contact"}, {"account"}, {"evidence"})}
    assert faults(seen, [_line(**true)], TOLD) == []
    assert faults(seen, [], TOLD) == ["C-1 is in the answer only"]
    assert faults({}, [_line(**true)], TOLD) == ["C-1 is in the ledger only"]
    assert faults(seen, [_line(**true | {"groups": ["core", "evidence"]})], TOLD) == [
        "C-1: identity (whole) is in the answer only"
    ]
    assert faults(seen, [_line(**true | {"summaries": ["contact", "health"]})], TOLD) == [
        "C-1: health (summary) is in the ledger only"
    ]
    assert faults(seen, [_line(**true | {"groups": ["core", "identity"]})], TOLD) == [
        "C-1: evidence was asked for and is not in the ledger"
    ]


def _line(**parts: list[str]) -> dict[str, object]:
    line = {"id": uuid4(), "record_id": RECORD, "verdict": "viewed", "act": "see", "pins": [], "items": []}
    return {**line, **parts}


def _looks(told: Told) -> Iterator[Exchange]:
    """All but acts that ended in a problem: they looked at the record in order to refuse, and showed none of it."""
    for exchange in told.exchanges:
        (answer,) = json.loads(exchange.body)["data"].values()
        if not (isinstance(answer, dict) and answer.get("problem")) and exchange.operation not in NAMELESS:
            yield exchange


def _differences(exchanges: Iterable[Exchange], told: Told, judge: Judge) -> list[str]:
    return [
        f"{exchange.operation} by {exchange.subject} ({exchange.about}): {fault}"
        for exchange in exchanges
        for fault in faults(judge.seen(exchange.body), exchange.lines, told.references)
        if not fault.endswith(LOOKED_UP.get(exchange.operation, "\n"))
    ]


def _is_cut_short(exchange: Exchange) -> bool:
    return b'"hasNextPage":true' in exchange.body
