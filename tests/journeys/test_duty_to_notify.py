"""A Duty to Notify message makes a record that is no case, and that names nobody who does not cooperate."""

from typing import Any

import pytest

from policies.vocabulary import Action
from services.cases.store import writes
from services.cases.store.writes import Reason
from services.imports import message as messages
from services.imports.commands import Imported
from services.reference.designations import designation
from services.referrals import submission
from services.referrals.choices import Channel
from services.referrals.draft import ReferralDraft
from services.referrals.screening import UnscreenedError
from services.referrals.submission import Received
from tests.services.imports import upstream
from tests.world.arrivals import THEN, arrive, arrived, participants, sent, wrong
from tests.world.platform import Person, Platform
from tests.world.stories import counted, kinds
from tests.world.template import IMPORTER_SECRET

pytestmark = pytest.mark.anyio

SILENT, WILLING = "duty_to_notify_without_cooperation", "duty_to_notify_with_cooperation"
CANARY = "Kanarienvogel"
READ = """query ($reference: String) { dutyToNotifyRecord(reference: $reference) {
  reference lead { name }
  particulars { __typename ... on DutyToNotify { gender nationality } ... on Withheld { reason } }
  referrer { __typename ... on Referrer { organisation channel receivedAt } ... on Withheld { reason } }
  account { __typename }
  identity { __typename ... on Identity { firstName lastName } }
  contact { __typename ... on Contact { email } } } }"""
LIST = "{ dutyToNotifyRecords { edges { node { reference } } } }"
IDENTIFYING = {
    "Customer.Forename1": CANARY,
    "Customer.Surname": CANARY,
    "Customer.Email": f"{CANARY}@mail.example",
    "Customer.Address": CANARY,
    "CIDReference": CANARY,
}


async def read(who: Person, reference: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await who.ask(READ, reference=reference))["dutyToNotifyRecord"]
    return found


async def read_by(platform: Platform, subject: str, reference: str) -> dict[str, Any]:
    found = await read(await platform.sign_in(subject), reference)
    assert found is not None, subject
    return found


def with_canaries() -> dict[str, str]:
    """Every text that somebody types on the form holds the canary."""
    said = upstream.message(SILENT)
    return dict.fromkeys((key for key in said if key in {*upstream.TEXTS, "DTNReason"}), f"It was {CANARY}.")


async def test_without_cooperation_no_table_holds_a_typed_word(platform: Platform) -> None:
    typed = with_canaries()
    assert len(typed) > 12

    await arrived(platform, SILENT, **typed)
    await platform.deliver()

    everything = await platform.everything()
    assert CANARY not in everything
    assert not await platform.admin.fetch("SELECT FROM case_fact WHERE kind IN ('current_town', 'current_region')")
    assert "Romanian" in everything, "the search would not find what is there"


async def test_without_cooperation_there_is_no_case_no_clock_and_no_authority(platform: Platform) -> None:
    reference = await arrived(platform, SILENT)

    rows = await counted(platform)
    assert reference.startswith("D-")
    assert (rows["record"], rows["referral"], rows["clock"]) == (1, 1, 0)
    assert await platform.admin.fetchval("SELECT count(*) FROM person") == 0
    assert await platform.admin.fetchval("SELECT authority_row FROM referral") is None
    assert await participants(platform, reference) == {
        "submitter": "west-yorkshire-police",
        "recorder": "sca",
        "investigating_police": "west-yorkshire-police",
    }


async def test_the_home_office_and_the_force_are_told(platform: Platform) -> None:
    reference = await arrived(platform, SILENT)
    assert await sent(platform, reference) == {
        ("duty_to_notify_received", "sca/duty_to_notify_recording", None),
        ("duty_to_notify_received", "west-yorkshire-police/investigating_police", None),
    }

    await platform.deliver()

    assert await kinds(await platform.sign_in("sca-3")) == ["DUTY_TO_NOTIFY_RECEIVED"]
    assert await kinds(await platform.sign_in("wyp-3")) == ["DUTY_TO_NOTIFY_RECEIVED"]
    assert await kinds(await platform.sign_in("sca-1")) == []


@pytest.mark.parametrize("subject", ["wyp-2", "sca-3", "wyp-3"])
async def test_submitter_recorder_and_force_read_what_counts_and_no_name(platform: Platform, subject: str) -> None:
    reference = await arrived(platform, SILENT)

    record = await read_by(platform, subject, reference)

    assert record["particulars"] == {"__typename": "DutyToNotify", "gender": "FEMALE", "nationality": "Romanian"}
    assert record["referrer"]["organisation"] == "West Yorkshire Police"
    for group in ("identity", "contact", "account"):
        assert record[group] is None or record[group]["__typename"] == "Withheld", group
    assert record["lead"]["name"] == "West Yorkshire Police"


@pytest.mark.parametrize("subject", ["sca-1", "lcc-1", "tsa-1", "gmp-1", "eps-1", "exh-1"])
async def test_for_everybody_else_there_is_no_record(platform: Platform, subject: str) -> None:
    reference = await arrived(platform, SILENT)
    who = await platform.sign_in(subject)
    assert await read(who, reference) is None
    assert (await who.ask(LIST))["dutyToNotifyRecords"]["edges"] == []


async def test_with_cooperation_the_name_is_there_for_those_the_matrix_names(platform: Platform) -> None:
    reference = await arrived(platform, WILLING)
    named = {"__typename": "Identity", "firstName": "Ioana", "lastName": "Placeholder"}
    reachable = {"__typename": "Contact", "email": "ioana@mail.example"}

    submitter = await read_by(platform, "wyp-2", reference)
    force = await read_by(platform, "wyp-3", reference)
    recorder = await read_by(platform, "sca-3", reference)

    assert (submitter["identity"], submitter["contact"]) == (named, reachable)
    assert (force["identity"], force["contact"]) == (named, reachable)
    assert (recorder["identity"], recorder["contact"]) == (named, None)


async def test_identity_without_cooperation_is_refused_whole_with_each_path(platform: Platform) -> None:
    before = await counted(platform)

    outcome = await arrive(platform, upstream.message(SILENT) | IDENTIFYING, THEN)

    assert wrong(outcome) == {(key, "must_be_absent") for key in IDENTIFYING}
    assert await counted(platform) == before
    assert CANARY not in await platform.everything()


async def test_what_was_forgotten_to_be_screened_is_never_stored(platform: Platform) -> None:
    unscreened = messages.read(upstream.message(SILENT) | with_canaries())
    assert isinstance(unscreened, ReferralDraft)
    sender = designation(unscreened.organisation, upstream.received(SILENT))
    assert sender is not None
    act, why = Action.DUTY_TO_NOTIFY_IMPORT, Reason("Invented", "Invented", "test")

    async def store() -> None:
        async with platform.tools.enter(IMPORTER_SECRET) as reading:
            assert reading is not None
            received = Received(draft=unscreened, channel=Channel.POST, received_at=reading.now, sender=sender)
            record_id = await writes.open_record(reading, "duty_to_notify", act, why)
            await submission.receive_notification(reading, received, record_id, act)

    with pytest.raises(UnscreenedError) as fault:
        await store()

    assert "account.birthplace" in str(fault.value)
    assert CANARY not in str(fault.value)
    assert CANARY not in await platform.everything()
    assert (await counted(platform))["record"] == 0


async def test_a_repeated_notification_changes_nothing(platform: Platform) -> None:
    reference = await arrived(platform, SILENT)
    before = await counted(platform)
    assert await arrive(platform, upstream.message(SILENT), THEN) == Imported(reference, "duty_to_notify", is_new=False)
    assert await counted(platform) == before
