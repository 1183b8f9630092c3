"""A referral is begun by one officer, continued by a colleague and sent; nobody else ever learns that it was there."""

import base64
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.world.answers import inbox, work
from tests.world.drafts import delete, listed, operation, read, save, saved, submit
from tests.world.form_filler import Filler, published
from tests.world.platform import Person, Platform
from tests.world.stories import counted, raw_id, told

pytestmark = pytest.mark.anyio

COUNT = text("SELECT id FROM referral_draft")
ADMIT = text("SELECT admit_drafts(NULL, 'draft.read')")

FIRST_DAY = "2026-05-01T10:00+01:00"
BEGUN = {"nation": ["ENGLAND"], "age": ["ADULT"], "identity.firstName": ["Kanarienvogel"]}
NEVER = base64.urlsafe_b64encode(f"Draft:{uuid4()}".encode()).decode()


async def answers(who: Person, **steer: str) -> dict[str, list[str]]:
    filler = Filler(await published(who), {"kind": "NRM", "age": "ADULT", **steer})
    filler.filled()
    return filler.said


async def acts(platform: Platform) -> list[tuple[str, str, list[str]]]:
    lines = [line for line in await platform.ledger() if line["act"].startswith("draft.")]
    return [(line["act"], line["verdict"], list(line["items"])) for line in lines]


async def test_two_colleagues_fill_it_in_step_by_step_and_one_sends_it(platform: Platform) -> None:
    asha, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    whole = await answers(asha)
    half = dict(list(whole.items())[: len(whole) // 2])
    nothing = await counted(platform)

    begun = await saved(asha, half)
    assert begun["reference"].startswith("F-")
    assert await counted(platform) == nothing | {"idempotency": 1}
    assert {one["path"] for one in begun["problems"]} >= {"referrer.email", "identity.gender"}

    (found,) = await listed(colleague)
    assert found["savedBy"] == "PC Asha Invented"
    complete = await saved(colleague, {key: whole[key] for key in whole if key not in half}, found)
    assert (complete["version"], complete["problems"]) == (2, [])
    payload = await submit(asha, complete)

    assert payload["problem"] is None, payload
    assert payload["case"]["stage"] == "AWAITING_REASONABLE_GROUNDS"
    assert await listed(colleague) == []
    assert await read(asha, complete) is None
    assert (await counted(platform))["referral"] == 1
    assert await platform.admin.fetchval("SELECT count(*) FROM referral_draft") == 0


async def test_every_act_on_a_draft_is_a_line_of_the_ledger(platform: Platform) -> None:
    asha, stranger = await platform.sign_in("wyp-1"), await platform.sign_in("gmp-2")
    draft = await saved(asha, BEGUN)
    name = [f"draft:{raw_id(draft['id'])}"]
    await listed(asha)
    assert await read(stranger, draft) is None
    assert (await delete(asha, draft))["problem"] is None

    assert Counter((act, verdict, tuple(items)) for act, verdict, items in await acts(platform)) == {
        ("draft.save", "viewed", tuple(name)): 1,
        ("draft.read", "viewed", tuple(name)): 2,
        ("draft.read", "refused", ()): 1,
        ("draft.delete", "viewed", tuple(name)): 1,
    }
    rules = {
        tuple(line["rules"])
        for line in await platform.ledger()
        if line["act"].startswith("draft.") and line["verdict"] == "viewed"
    }
    assert rules == {("R153",)}


ASKING: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    "reading": ("ReadDraft", lambda draft: {"id": draft}),
    "saving": ("SaveDraft", lambda draft: {"input": {"draftId": draft, "expectedVersion": 1, "answers": []}}),
    "sending": ("SubmitDraft", lambda draft: {"input": {"draftId": draft, "expectedVersion": 1}}),
    "deleting": ("DeleteDraft", lambda draft: {"input": {"draftId": draft, "expectedVersion": 1}}),
}


@pytest.mark.parametrize("question", ASKING)
@pytest.mark.parametrize("who", ["gmp-2", "wyp-3", "sca-1", "exh-1"])
async def test_whoever_is_not_of_that_agency_and_function_gets_the_answer_of_a_random_id(
    platform: Platform, question: str, who: str
) -> None:
    await platform.set_clock(FIRST_DAY)
    draft = await saved(await platform.sign_in("wyp-1"), BEGUN)
    stranger = await platform.sign_in(who)
    name, variables_for = ASKING[question]

    async def answer(public: str) -> Any:
        variables = variables_for(public)
        if sent := variables.get("input"):
            sent["idempotencyKey"] = "a-key-of-the-stranger"
        return told(await stranger.post(operation(name), variables))

    hidden, absent = await answer(draft["id"]), await answer(NEVER)

    assert hidden == absent
    assert hidden[0] == 200
    assert b"Kanarienvogel" not in hidden[1]
    assert await listed(stranger) == []
    assert (await read(await platform.sign_in("wyp-2"), draft))["version"] == 1


async def test_row_security_alone_hides_it_from_everybody_else(platform: Platform) -> None:
    await saved(await platform.sign_in("wyp-1"), BEGUN)
    for subject, expected in (("wyp-1", 0), ("gmp-2", 0)):
        who = await platform.sign_in(subject)
        async with platform.tools.enter(who.secret) as reading:
            assert reading is not None
            assert len(await reading.rows(COUNT)) == expected, "no line in the ledger, no row"
            await reading.rows(ADMIT)
            assert len(await reading.rows(COUNT)) == (1 if subject == "wyp-1" else 0)


async def test_it_is_warned_of_after_21_days_and_gone_after_28(platform: Platform) -> None:
    await platform.set_clock(FIRST_DAY)
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, BEGUN)
    assert (draft["warnOn"], draft["lastDay"]) == ("2026-05-22", "2026-05-29")

    expected = {"2026-05-21T23:59+01:00": 0, "2026-05-22T00:01+01:00": 1, "2026-05-28T12:00+01:00": 1}
    for moment, told_of in expected.items():
        await platform.set_clock(moment)
        await work(platform)
        await work(platform)
        asha = await platform.sign_in("wyp-1")
        kinds = [notice["kind"] for notice in await inbox(asha)]
        assert kinds.count("DRAFT_EXPIRES") == told_of, moment
        assert await read(asha, draft) is not None

    await platform.set_clock("2026-05-30T00:00+01:00")
    asha = await platform.sign_in("wyp-1")
    assert await read(asha, draft) is None, "gone for everybody before the worker comes by"
    await work(platform)
    await work(platform)
    assert "Kanarienvogel" not in await platform.everything()
    assert [act for act, _, _ in await acts(platform)].count("draft.expire") == 1


async def test_saving_it_again_begins_both_periods_anew(platform: Platform) -> None:
    await platform.set_clock(FIRST_DAY)
    draft = await saved(await platform.sign_in("wyp-1"), BEGUN)
    await platform.set_clock("2026-05-22T10:00+01:00")
    await work(platform)
    asha = await platform.sign_in("wyp-1")

    again = await saved(asha, {"age": ["CHILD"]}, draft)

    assert (again["warnOn"], again["lastDay"]) == ("2026-06-12", "2026-06-19")
    await platform.set_clock("2026-06-12T10:00+01:00")
    await work(platform)
    await work(platform)
    asha = await platform.sign_in("wyp-1")
    assert [notice["kind"] for notice in await inbox(asha)].count("DRAFT_EXPIRES") == 2


async def test_what_is_sent_twice_happens_once(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    key = str(uuid4())
    first = await save(asha, BEGUN, idempotencyKey=key)
    assert await save(asha, BEGUN, idempotencyKey=key) == first
    assert len(await listed(asha)) == 1
    whole = await saved(asha, await answers(asha), first["draft"])

    sent = await submit(asha, whole, idempotencyKey=key)
    again = await submit(asha, whole, idempotencyKey=key)

    assert sent["case"]["reference"] == again["case"]["reference"]
    assert (await counted(platform))["referral"] == 1
    assert (await submit(asha, whole))["problem"]["__typename"] == "NotFound"


async def test_two_who_save_at_once_never_overwrite_each_other(platform: Platform) -> None:
    asha, colleague = await platform.sign_in("wyp-1"), await platform.sign_in("wyp-2")
    draft = await saved(asha, BEGUN)
    await saved(colleague, {"age": ["CHILD"]}, draft)

    late = await save(asha, {"age": ["NOT_SURE"]}, draftId=draft["id"], expectedVersion=1)

    assert late["problem"]["code"] == "VERSION_MOVED"
    assert {one["key"]: one["values"] for one in (await read(asha, draft))["answers"]}["age"] == ["CHILD"]


async def test_a_draft_that_lacks_something_stays_and_nobody_is_told(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, {key: words for key, words in (await answers(asha)).items() if key != "account.dates"})
    before = await counted(platform)

    payload = await submit(asha, draft)

    assert [(one["path"], one["code"]) for one in payload["problem"]["problems"]] == [("account.dates", "required")]
    assert await counted(platform) == before
    assert (await read(asha, draft))["version"] == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"account.favouriteColour": ["red"]}, "unknown_key"), ({"account.dates": ["x" * 15_001]}, "too_long"),
     ({"account.dates": ["bell\x07"]}, "wrong_character")],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused(platform: Platform, wrong: dict[str, list[str]], code: str) -> None:
    asha = await platform.sign_in("wyp-1")
    payload = await save(asha, BEGUN | wrong)
    assert [one["code"] for one in payload["problem"]["problems"]] == [code]
    assert await listed(asha) == []


async def test_a_school_keeps_no_drafts(platform: Platform) -> None:
    school = await platform.sign_in("eps-1")
    assert (await save(school, BEGUN))["problem"]["__typename"] == "Refused"
    assert await platform.admin.fetchval("SELECT count(*) FROM referral_draft") == 0


async def test_a_notification_is_sent_from_a_draft_too(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    notification = await saved(asha, await answers(asha, kind="DUTY_TO_NOTIFY", cooperates="false"))
    assert (await submit(asha, notification))["notification"]["reference"].startswith("D-")
