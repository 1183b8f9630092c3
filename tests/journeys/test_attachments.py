"""Files of a case: attached by who writes the group, read by who reads it, cleaned, sealed, absent for all others."""

import base64
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from policies.vocabulary import Action, DataGroup
from services import gate
from services.attachments.sweeping import swept
from services.gate import Admission
from tests.services.attachments import files
from tests.world.arrivals import arrived
from tests.world.clamd import listening
from tests.world.platform import Person, Platform
from tests.world.stories import counted, id_of, raw_id, refer, told
from tests.world.template import WORKER_SECRET

pytestmark = pytest.mark.anyio

NEVER = "QXR0YWNobWVudDowMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDA="
TEXT = b"What Kanarienvogel said.\n" * 5_000


async def attach(
    who: Person,
    case: Mapping[str, Any],
    content: bytes,
    *,
    group: str = "evidence",
    key: str | None = None,
    **headers: str,
) -> httpx2.Response:
    headers = {"Idempotency-Key": key or str(uuid4())} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    return await who.browser.post(f"/cases/{case['id']}/attachments/{group}", content=content, headers=headers)


async def attached(who: Person, case: Mapping[str, Any], content: bytes, **said: Any) -> dict[str, Any]:
    response = await attach(who, case, content, **said)
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()["attachment"]
    return found


async def listed(who: Person, case: Mapping[str, Any], group: str = "evidence") -> httpx2.Response:
    return await who.browser.get(f"/cases/{case['id']}/attachments/{group}")


async def got(who: Person, attachment: str) -> httpx2.Response:
    return await who.browser.get(f"/attachments/{attachment}")


async def test_what_is_attached_is_read_by_who_reads_the_group(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-2")
    case = await refer(officer)
    file = await attached(officer, case, files.pdf())
    assert (file["name"], file["group"], file["scan"]) == ("attachment-1.pdf", "EVIDENCE", "NOT_SCANNED")
    before = len(await platform.ledger())

    response = await got(decider, file["id"])

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")
    assert files.SECRET not in response.content
    assert response.headers["content-disposition"] == 'attachment; filename="attachment-1.pdf"'
    assert response.headers["content-type"] == "application/octet-stream", "not scanned: no type to be shown by"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"].endswith("; sandbox")
    assert response.headers["cache-control"] == "no-store"
    (line,) = (await platform.ledger())[before:]
    assert (line["act"], line["verdict"], sorted(line["groups"])) == ("see", "disclosed", ["core", "evidence"])
    assert [one["id"] for one in (await listed(decider, case)).json()["attachments"]] == [file["id"]]


async def test_what_was_scanned_has_its_type_and_what_is_infected_is_not_kept(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    async with listening(path=platform.files / "clamd"):
        file = await attached(officer, case, files.png())
        assert file["scan"] == "CLEAN"
        assert (await got(officer, file["id"])).headers["content-type"] == "image/png"
        refused = await attach(officer, case, b"EICAR")
    assert [one["code"] for one in refused.json()["problem"]["problems"]] == ["infected"]
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 1


async def test_for_everybody_else_there_is_no_file_and_no_place_to_put_one(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    file = await attached(officer, case, TEXT)
    before = await counted(platform)
    nowhere = {"id": NEVER}
    for who in ("exh-1", "gmp-2", "wyp-2"):
        stranger = await platform.sign_in(who)
        assert told(await got(stranger, file["id"])) == told(await got(stranger, NEVER)), who
        assert told(await listed(stranger, case)) == told(await listed(stranger, nowhere)), who
        gone = [await stranger.browser.delete(f"/attachments/{one}", headers={"Idempotency-Key": str(uuid4())})
                for one in (file["id"], NEVER)]  # fmt: skip
        assert told(gone[0]) == told(gone[1]), who
        if who != "wyp-2":  # a colleague knows of the case, and is refused
            assert told(await attach(stranger, case, TEXT)) == told(await attach(stranger, nowhere, TEXT))
    colleague = await platform.sign_in("wyp-2")
    assert (await attach(colleague, case, TEXT)).status_code == 403
    assert await counted(platform) == before
    assert (await got(officer, file["id"])).content == TEXT
    assert (await got(Person(platform.browser()), file["id"])).status_code == 401


async def test_nothing_of_it_stands_in_the_database_or_readable_in_the_folder(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    await attached(officer, await refer(officer), TEXT)
    assert "Kanarienvogel" not in await platform.everything()
    kept = [path.read_bytes() for path in platform.files.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"Kanarienvogel" not in kept[0]


async def test_the_same_key_keeps_it_once_and_another_file_under_it_is_a_conflict(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    first = await attached(officer, case, TEXT, key="the-same-key")
    assert await attached(officer, case, TEXT, key="the-same-key") == first
    assert (await attach(officer, case, b"other", key="the-same-key")).status_code == 409
    assert (await attach(officer, case, TEXT, key="short")).status_code == 422
    assert len((await listed(officer, case)).json()["attachments"]) == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 422, "empty"), (b"MZ\x90\x00", 422, "wrong_type"), (b"<svg/>", 422, "wrong_type"),
     (files.locked_pdf(), 422, "unreadable"), (b"%PDF-1.7 nonsense", 422, "unreadable"),
     (b"x" * 25 * 1024 * 1024, 422, "too_large"), (b"x" * (25 * 1024 * 1024 + 1), 413, None)],
    ids=["empty", "program", "drawing", "password", "nonsense", "25 MB", "more"],
)  # fmt: skip
async def test_what_cannot_be_kept_is_named(platform: Platform, content: bytes, status: int, code: str | None) -> None:
    officer = await platform.sign_in("wyp-1")
    response = await attach(officer, await refer(officer), content)
    assert response.status_code == status, response.text
    if code:
        assert [one["code"] for one in response.json()["problem"]["problems"]] == [code]
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 0


async def test_who_attached_it_removes_it_and_nobody_else_and_then_it_is_destroyed(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-2")
    case = await refer(officer)
    file = await attached(officer, case, TEXT)

    async def remove(who: Person) -> httpx2.Response:
        return await who.browser.delete(f"/attachments/{file['id']}", headers={"Idempotency-Key": str(uuid4())})

    assert (await remove(decider)).status_code == 403
    assert (await got(decider, file["id"])).status_code == 200
    assert (await remove(officer)).status_code == 200
    assert told(await got(decider, file["id"])) == told(await got(decider, NEVER))
    assert [path for path in platform.files.rglob("*") if path.is_file()] == []
    assert (await attached(officer, case, TEXT))["name"] == "attachment-2.txt", "no number is used again"


async def test_a_record_has_at_most_a_hundred(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    await attached(officer, case, TEXT)
    await platform.admin.execute(
        "INSERT INTO attachment SELECT (jsonb_populate_record(a, jsonb_build_object("
        "'id', gen_random_uuid(), 'position', n, 'place', encode(sha256(n::text::bytea), 'hex')))).*"
        " FROM attachment a, generate_series(2, 100) n"
    )
    response = await attach(officer, case, TEXT)
    assert (response.status_code, response.json()["problem"]["code"]) == (409, "TOO_MANY")
    assert len([path for path in platform.files.rglob("*") if path.is_file()]) == 1


async def test_nobody_adds_a_row_for_what_another_keeps_and_destroys_it_by_removing_that(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    file = await attached(officer, case, TEXT)
    place = await platform.admin.fetchval("SELECT place FROM attachment")
    async with platform.tools.enter(officer.secret) as reading:
        assert reading is not None
        asked = await gate.ask(reading, Action.RECORD, raw_id(case["id"]), {DataGroup.EVIDENCE})
        assert isinstance(asked, Admission)
        with pytest.raises(DBAPIError, match="attachment_place_key"):
            await reading.rows(
                text("SELECT add_attachment(:record, 'evidence', 'txt', 1, :place, 'clean')"),
                record=raw_id(case["id"]),
                place=place,
            )
    assert (await got(officer, file["id"])).content == TEXT


async def test_another_sites_page_attaches_nothing(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    assert (await attach(officer, case, TEXT, origin="https://elsewhere.example")).status_code == 403
    assert (await attach(officer, case, TEXT, sec_fetch_site="cross-site")).status_code == 403
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 0


@pytest.mark.parametrize("group", ["decisions", "safe-address", "nothing", "core"])
async def test_a_group_that_one_does_not_write_takes_no_file(platform: Platform, group: str) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    response = await attach(officer, case, TEXT, group=group)
    assert response.status_code in (403, 404), (group, response.text)
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 0
    assert await id_of(officer)


async def test_a_notification_takes_no_file(platform: Platform) -> None:
    reference = await arrived(platform, "duty_to_notify_with_cooperation", "2026-05-23T08:00+01:00")
    record = await platform.admin.fetchval("SELECT id FROM record WHERE reference = $1", reference)
    desk = await platform.sign_in("wyp-2")
    notification = {"id": base64.urlsafe_b64encode(f"Case:{record}".encode()).decode()}
    for group in ("account", "identity"):
        answers = [await attach(desk, one, TEXT, group=group) for one in (notification, {"id": NEVER})]
        assert told(answers[0]) == told(answers[1])
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 0


async def test_what_no_row_needs_is_swept_by_the_worker_alone(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    file = await attached(officer, await refer(officer), TEXT)
    (platform.files / "orphan").write_bytes(b"x")
    with pytest.raises(DBAPIError, match="only the worker sweeps"):
        await swept(platform.tools, officer.secret, platform.files, left_alone=-60)
    assert await swept(platform.tools, WORKER_SECRET, platform.files) == (0, 0)
    assert await swept(platform.tools, WORKER_SECRET, platform.files, left_alone=-60) == (1, 0)
    assert (await got(officer, file["id"])).content == TEXT
    assert await swept(platform.tools, "no such secret", platform.files) is None


async def test_neither_numbers_nor_the_limit_tell_of_files_of_others(platform: Platform) -> None:
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-2")
    case = await refer(officer)
    assert (await attached(officer, case, TEXT, group="health"))["name"] == "attachment-1.txt"
    await platform.admin.execute(
        "INSERT INTO attachment SELECT (jsonb_populate_record(a, jsonb_build_object("
        "'id', gen_random_uuid(), 'position', n, 'place', encode(sha256(n::text::bytea), 'hex')))).*"
        " FROM attachment a, generate_series(2, 100) n"
    )
    assert (await attach(officer, case, TEXT, group="health")).json()["problem"]["code"] == "TOO_MANY"
    await platform.admin.execute(
        "UPDATE attachment SET agency_id = (SELECT id FROM agency WHERE code = 'leeds-city-council')"
    )

    assert (await attached(officer, case, files.pdf()))["name"] == "attachment-1.pdf"
    assert [one["name"] for one in (await listed(decider, case)).json()["attachments"]] == ["attachment-1.pdf"]
