"""The story behind the examples: a child's concern becomes a referral, an adult is referred, notifications arrive."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from services.imports.commands import Arrival, Imported, import_message
from tests.contract import (
    plot_actions,
    plot_course,
    plot_deciding,
    plot_drafts,
    plot_files,
    plot_leaving,
    plot_ledger,
    plot_limits,
    plot_meetings,
    plot_minutes,
    plot_next,
    plot_notices,
    plot_people,
    plot_providers,
    plot_requests,
    plot_sharing,
    plot_worklists,
    readings,
)
from tests.contract.examples import written_out
from tests.contract.machines_plot import a_system_is_let_in
from tests.contract.storyteller import Exchange, Storyteller, started
from tests.world.forms import child_referral
from tests.world.platform import running_platform
from tests.world.server import FreshDatabase
from tests.world.template import IMPORTER_SECRET

MESSAGES = Path(__file__).parents[1] / "services" / "imports" / "messages"


@dataclass(frozen=True, slots=True)
class Told:
    """The whole story: its exchanges, their recordings, and what the tables say about it."""

    exchanges: tuple[Exchange, ...]
    texts: Mapping[str, str]
    references: Mapping[UUID, str]
    stored: Mapping[tuple[UUID, str], datetime]  # since when


async def tell(database: FreshDatabase) -> Told:
    """Tell it on a database of its own."""
    async with running_platform(database) as platform:
        teller = Storyteller(platform)
        await _begin(teller)
        await readings.everybody_reads(teller)
        await plot_sharing.somebody_shares(teller)
        await plot_requests.somebody_asks(teller)
        await a_system_is_let_in(teller)
        await plot_notices.somebody_has_to_be_told(teller)
        await plot_notices.people_choose_their_emails(teller)
        await plot_notices.contacts_are_kept(teller)
        await plot_people.an_agency_administers_its_people(teller)
        await plot_people.somebody_acts_in_another_function(teller)
        await plot_people.everybody_reads_who_may_refer(teller)
        await plot_leaving.somebody_leaves(teller)
        meeting = await plot_meetings.agencies_meet_about_a_child(teller)
        await plot_actions.actions_are_followed(teller, meeting)
        await plot_minutes.minutes_are_signed_off(teller, meeting)
        await plot_deciding.the_adult_is_decided_on(teller)
        await plot_ledger.governance_officers_read_who_looked(teller)
        await _end(teller)
        await plot_providers.providers_are_looked_after(teller)
        await plot_providers.an_agency_is_to_stop_doing_something(teller)
        await _work_goes_on(teller)
        records = await platform.admin.fetch("SELECT id, reference FROM record")
        contents = await platform.admin.fetch(
            "SELECT record_id, data_group, min(recorded_at) AS since FROM group_content GROUP BY 1, 2"
        )
    return Told(
        exchanges=tuple(teller.exchanges),
        texts=written_out(teller.exchanges, teller.placeholders),
        references={row["id"]: row["reference"] for row in records},
        stored={(row["record_id"], row["data_group"]): row["since"] for row in contents},
    )


async def _end(teller: Storyteller) -> None:
    await plot_limits.somebody_must_not_know(teller)
    await plot_course.the_course_of_a_case(teller)


async def _work_goes_on(teller: Storyteller) -> None:
    await plot_drafts.a_form_is_begun_and_sent(teller)
    await plot_worklists.a_worklist_is_kept(teller)
    await plot_next.what_happens_next(teller)
    await plot_files.files_are_listed(teller)


async def _begin(teller: Storyteller) -> None:
    await _a_child_is_referred(teller)
    await _a_concern_is_closed(teller)
    await _an_adult_is_referred(teller)
    await _notifications_arrive(teller)
    await teller.platform.deliver()


async def _a_child_is_referred(teller: Storyteller) -> None:
    await teller.at("2026-05-20T09:00+01:00")
    opened = await teller.do("eps-1", "OpenConcern", "A teacher's concern about a pupil.", **started("OpenConcern"))
    case = named(teller, opened, "the child's case")
    await teller.do("sca-1", "OpenConcern", "Whoever decides records no concerns.", **started("OpenConcern"))
    await teller.at("2026-05-20T15:30+01:00")
    continued = {"caseId": case["id"], "expectedVersion": case["version"]}
    sent: dict[str, Any] = {"referral": child_referral(), "fromConcern": continued}
    await teller.do("lcc-1", "SubmitReferral", "Children's services refer the pupil from the concern.", **sent)
    await teller.do("lcc-1", "SubmitReferral", "The concern was referred already.", **sent)
    await teller.do(
        "eps-1", "CloseConcern", "What was referred is closed by nobody.", **closing(case), reason="DUPLICATE"
    )
    await _the_child_is_taken_on(teller, case)


async def _the_child_is_taken_on(teller: Storyteller, opened: Mapping[str, Any]) -> None:
    await teller.at("2026-05-21T09:00+01:00")
    me = await teller.ask("lcc-3", "ReadViewer", "Somebody in another team.")
    case = await teller.ask("lcc-3", "ReadCase", "A case of their agency's.", reference=opened["reference"])
    read = {"caseId": case["id"], "expectedVersion": case["assignmentVersion"]}
    given = {**read, "memberId": me["id"], "reason": "Knows the family."}
    await teller.do("lcc-3", "AssignCase", "Taking a case from those who have it.", **given, replacing=True)
    await teller.do("lcc-3", "AssignCase", "Taking on a case beside those who have it.", **given)
    await teller.do("lcc-3", "AssignCase", "The same again, with what was read before.", **given)
    await teller.do("exh-1", "AssignCase", "A case of which the person knows nothing.", **given)


async def _a_concern_is_closed(teller: Storyteller) -> None:
    await teller.at("2026-05-21T10:00+01:00")
    concern = started("OpenConcern")["concern"] | {"age": "ADULT", "concern": "Nails worn to the quick, paid in cash."}
    opened = await teller.do("ess-1", "OpenConcern", "A doctor's concern about a patient.", concern=concern)
    case = named(teller, opened, "the patient's case")
    await teller.at("2026-05-21T16:00+01:00")
    why = {"reason": "NO_INDICATORS", "note": "The patient works in her sister's shop."}
    await teller.do("ess-1", "CloseConcern", "The concern turned out to be none.", **closing(case), **why)


async def _an_adult_is_referred(teller: Storyteller) -> None:
    await teller.at("2026-05-22T23:59+01:00")
    form = started("SubmitReferral")["referral"]
    done = await teller.do(
        "wyp-1", "SubmitReferral", "An adult, late on a Friday before a bank holiday.", referral=form
    )
    named(teller, done, "the adult's case")
    incomplete = {name: part for name, part in form.items() if name not in ("referrer", "currentTown")}
    await teller.do("wyp-1", "SubmitReferral", "A form with gaps.", referral=incomplete)
    await teller.do("eps-1", "SubmitReferral", "A school is no first responder.", referral=form)


async def _notifications_arrive(teller: Storyteller) -> None:
    for moment, name, words in (
        ("2026-05-23T08:00+01:00", "duty_to_notify_with_cooperation", "the notification that names the adult"),
        ("2026-05-24T08:00+01:00", "duty_to_notify_without_cooperation", "the notification that names nobody"),
    ):
        await teller.at(moment)
        message = json.loads((MESSAGES / f"{name}.json").read_text(encoding="utf-8"))
        async with teller.platform.tools.enter(IMPORTER_SECRET) as reading:
            assert reading
            imported = await import_message(reading, message, Arrival())
        assert isinstance(imported, Imported), imported
        teller.placeholders.name(imported.reference, words)
        teller.references[words] = imported.reference


def named(teller: Storyteller, payload: Mapping[str, Any], words: str) -> Mapping[str, Any]:
    """The case that an act made, known by these words from now on."""
    case: Mapping[str, Any] = payload["case"]
    assert case, payload
    teller.placeholders.name(case["reference"], words)
    teller.references[words] = case["reference"]
    return case


def closing(case: Mapping[str, Any]) -> dict[str, Any]:
    """Which concern is closed, as it was read."""
    return {"caseId": case["id"], "expectedVersion": case["version"]}
