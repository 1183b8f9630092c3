"""An invitation as a file over HTTP, read by an independent reader of calendars: time zone, updates, cancellation."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from icalendar import Calendar, Timezone

from tests.world.meetings import CANCEL, HEALTH, POLICE, REARRANGE, a_childs_case, arrangement, convened, invitee, seen
from tests.world.platform import Person, Platform
from tests.world.stories import told

pytestmark = pytest.mark.anyio

ODD = "Room 7; Town Hall, 1\\2 Ädel Street – “North” entrance, by the stairs that lead to the library and the café"
SAID = {
    "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "ORGANIZER", "STATUS", "CLASS"
}  # fmt: skip


async def fetched(who: Person, meeting: dict[str, Any], invitation: str) -> httpx2.Response:
    """What this person's browser is given."""
    return await who.get(f"/meetings/{meeting['id']}/{invitation}.ics")


async def own_id(who: Person, meeting: dict[str, Any], name: str = HEALTH) -> str:
    """The id of the invitation of this body."""
    invitations = (await seen(who, meeting))["invitations"]
    return str(next(one["id"] for one in invitations if one["name"] == name))


async def event(who: Person, meeting: dict[str, Any], invitation: str) -> tuple[Any, Any]:
    """The calendar and its only event."""
    response = await fetched(who, meeting, invitation)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(response.content)
    (found,) = read.walk("VEVENT")
    assert (read.errors, found.errors) == ([], [])
    return read, found


async def invited(platform: Platform, **when: str) -> tuple[Person, dict[str, Any], dict[str, Any]]:
    """Health and a school without an account are invited; and the case."""
    worker, case = await a_childs_case(platform)
    invite = [
        await invitee(worker, HEALTH, "HEALTH"),
        await invitee(worker, POLICE, "INVESTIGATING_POLICE"),
        {"name": "Invented Academy", "function": "EDUCATION"},
    ]
    meeting = await convened(worker, case, invite=invite, arrangement=await arrangement(worker, **when))
    return worker, meeting, case


@pytest.mark.parametrize(
    ("starts_at", "in_utc"),
    [("2026-04-14T10:00:00+01:00", "2026-04-14T09:00"), ("2026-12-15T10:00:00+00:00", "2026-12-15T10:00")],
)
async def test_ten_in_london_is_ten_for_another_reader(platform: Platform, starts_at: str, in_utc: str) -> None:
    ends_at = starts_at.replace("T10", "T11")
    worker, meeting, _ = await invited(platform, startsAt=starts_at, endsAt=ends_at)

    read, found = await event(worker, meeting, await own_id(worker, meeting))

    start, end = found["DTSTART"].dt, found["DTEND"].dt
    assert (start.astimezone(UTC), end - start) == (datetime.fromisoformat(f"{in_utc}+00:00"), timedelta(hours=1))
    assert (start.hour, str(start.tzinfo), found["DTSTART"].params["TZID"]) == (10, "Europe/London", "Europe/London")
    (zone,) = read.walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    meant = zone.to_tz(lookup_tzid=False)  # the file's own, for a reader that knows no names of zones
    for day in range(3 * 365):
        noon = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/London")) + timedelta(days=day)
        assert noon.replace(tzinfo=meant).utcoffset() == noon.utcoffset(), noon


async def test_a_reader_follows_a_move_and_a_cancellation(platform: Platform) -> None:
    await platform.set_clock("2026-04-13T09:00+01:00")
    worker, meeting, _ = await invited(platform)
    nurse = await platform.sign_in("ess-1")
    own = await own_id(nurse, meeting)
    files = [await event(nurse, meeting, own)]

    await platform.set_clock("2026-04-13T09:05+01:00")
    later = {"startsAt": "2026-04-15T14:00:00+01:00", "endsAt": "2026-04-15T15:30:00+01:00", "place": ODD}
    moved = {"meetingId": meeting["id"], "expectedVersion": 1, "arrangement": await arrangement(worker, **later)}
    assert (await worker.do(REARRANGE, **moved))["problem"] is None
    files.append(await event(nurse, meeting, own))
    await platform.set_clock("2026-04-13T09:10+01:00")
    assert (await worker.do(CANCEL, meetingId=meeting["id"], because="She is safe."))["problem"] is None
    files.append(await event(nurse, meeting, own))

    events = [found for _, found in files]
    assert [found["SEQUENCE"] for found in events] == [0, 1, 2]
    assert [read["METHOD"] for read, _ in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [found["STATUS"] for found in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [found["DTSTAMP"].dt.minute for found in events] == [0, 5, 10]
    assert len({str(found["UID"]) for found in events}) == len({str(found["ORGANIZER"]) for found in events}) == 1
    assert events[1]["LOCATION"] == ODD
    assert events[1]["DTSTART"].dt.astimezone(UTC) == datetime(2026, 4, 15, 13, tzinfo=UTC)
    assert events[1]["DTEND"].dt.astimezone(UTC) == datetime(2026, 4, 15, 14, 30, tzinfo=UTC)


async def test_a_file_says_nothing_of_the_case(platform: Platform) -> None:
    worker, meeting, case = await invited(platform)

    _, found = await event(worker, meeting, await own_id(worker, meeting, "Invented Academy"))

    assert set(found) == SAID
    assert (found["SUMMARY"], found["CLASS"]) == ("Multi-agency meeting", "CONFIDENTIAL")
    words = found.to_ical().decode().replace("\r\n ", "")
    for hidden in (case["reference"], "strategy", "child", "exploited", "Ella", "Farid", "Academy", HEALTH, POLICE):
        assert hidden not in words, hidden


async def test_the_council_fetches_for_a_body_without_an_account_and_a_guest_their_own_alone(
    platform: Platform,
) -> None:
    worker, meeting, _ = await invited(platform)
    nurse, stranger = await platform.sign_in("ess-1"), await platform.sign_in("gmp-1")
    ids = {name: await own_id(worker, meeting, name) for name in (HEALTH, POLICE, "Invented Academy")}

    given = [(await fetched(nurse, meeting, one)).status_code for one in ids.values()]
    assert given == [200, 404, 404]
    assert [(await fetched(worker, meeting, one)).status_code for one in ids.values()] == [200, 200, 200]
    elsewhere = meeting["id"][:-4] + "AAA="
    nowhere = [
        await fetched(nurse, meeting, ids[POLICE]),
        await fetched(nurse, meeting, "nothing"),
        await fetched(nurse, {"id": elsewhere}, ids[HEALTH]),
        await fetched(nurse, {"id": ids[HEALTH]}, meeting["id"]),
        await fetched(stranger, meeting, ids[HEALTH]),
    ]
    assert len({str(told(one)) for one in nowhere}) == 1
    assert (await platform.browser().get(f"/meetings/{meeting['id']}/{ids[HEALTH]}.ics")).status_code == 401


async def test_fetching_a_file_leaves_an_access_record(platform: Platform) -> None:
    _, meeting, _ = await invited(platform)
    nurse = await platform.sign_in("ess-1")
    own = await own_id(nurse, meeting)
    before = len(await platform.ledger())

    response = await fetched(nurse, meeting, own)

    (line,) = (await platform.ledger())[before:]
    assert (line["verdict"], line["function"], len(line["items"])) == ("disclosed", "health", 1)
    assert response.headers["content-disposition"] == 'attachment; filename="meeting.ics"'
    assert response.headers["cache-control"] == "no-store"
