"""T43: a provider's word ends its own people's sessions at once; forged, replayed or foreign words end nothing."""

import time

import anyio
import httpx2
import pytest
import structlog
from joserfc.jwk import ECKey

from api.development.issuer import Issuer
from api.development.signed_in import Presence
from api.identity.logout_token import EVENT
from api.identity.refusal import Reason
from tests.api.identity.platform import Platform

pytestmark = pytest.mark.anyio
ADDRESS = "/sign-in/police/back-channel-logout"


async def _tell(platform: Platform, token: str, address: str = ADDRESS) -> httpx2.Response:
    async with platform.browser() as provider:
        return await provider.post(address, data={"logout_token": token})


async def _sid(platform: Platform, secret: str) -> str:
    sid = await platform.admin.fetchval(
        "SELECT provider_session FROM session WHERE secret_hash = sha256(convert_to($1, 'UTF8'))", secret
    )
    assert isinstance(sid, str)
    return sid


def _signed(issuer: Issuer, kind: str = "logout+jwt", **changes: object) -> str:
    """What this provider would sign if it were told to."""
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": issuer.url,
        "aud": "concordat",
        "iat": now,
        "exp": now + 60,
        "jti": f"jti-{time.monotonic_ns()}",
        "events": {EVENT: {}},
        "sub": "officer-7",
    } | changes
    return issuer._signed({name: value for name, value in claims.items() if value is not None}, kind)


async def _signed_in(platform: Platform, subject: str = "officer-7", slug: str = "police") -> str:
    async with platform.browser() as browser:
        assert (await platform.sign_in(browser, subject, slug)).status_code == 303
        return browser.cookies["concordat"]


async def test_t43_a_session_that_is_named_ends_at_once_and_no_other(platform: Platform) -> None:
    at_work, at_home = await _signed_in(platform), await _signed_in(platform)
    presence = Presence("officer-7", await _sid(platform, at_work))

    response = await _tell(platform, platform.issuer().logout_token(presence))

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["cache-control"] == "no-store"
    assert await platform.who(at_work) is None
    assert await platform.who(at_home) == "officer-7"


async def test_t43_a_person_who_is_named_is_signed_out_wherever_they_were(platform: Platform) -> None:
    secrets = [await _signed_in(platform) for _ in range(3)]
    other = await _signed_in(platform, "worker-1", "charity")

    assert (await _tell(platform, _signed(platform.issuer()))).status_code == 200

    assert [await platform.who(secret) for secret in secrets] == [None] * 3
    assert await platform.who(other) == "worker-1"


async def test_t43_a_session_of_another_person_is_not_ended_by_naming_both(platform: Platform) -> None:
    secret = await _signed_in(platform)

    token = _signed(platform.issuer(), sub="officer-8", sid=await _sid(platform, secret))

    assert (await _tell(platform, token)).status_code == 200  # there is nothing of officer-8 to end
    assert await platform.who(secret) == "officer-7"


async def test_t43_a_token_ends_sessions_once(platform: Platform) -> None:
    await _signed_in(platform)
    token = _signed(platform.issuer())
    assert (await _tell(platform, token)).status_code == 200
    later = await _signed_in(platform)

    replayed = await _tell(platform, token)

    assert (replayed.status_code, replayed.json()) == (400, {"error": "invalid_request"})
    assert await platform.who(later) == "officer-7"


async def test_t43_of_ten_replays_at_once_one_counts(platform: Platform) -> None:
    await _signed_in(platform)
    token, statuses = _signed(platform.issuer()), list[int]()

    async def replay() -> None:
        statuses.append((await _tell(platform, token)).status_code)

    async with anyio.create_task_group() as crowd:
        for _ in range(10):
            crowd.start_soon(replay)

    assert sorted(statuses) == [200] + [400] * 9


async def test_t43_one_provider_ends_nothing_of_anothers_people(platform: Platform) -> None:
    secret = await _signed_in(platform)
    sid = await _sid(platform, secret)
    charity, police = platform.issuer("charity"), platform.issuer()
    there = "/sign-in/charity/back-channel-logout"

    assert (await _tell(platform, _signed(charity, sid=sid))).status_code == 400  # at the police's address
    assert (await _tell(platform, _signed(charity, iss=police.url, sid=sid))).status_code == 400
    assert (await _tell(platform, _signed(police, sid=sid), there)).status_code == 400
    assert (await _tell(platform, _signed(charity, sub="officer-7", sid=sid), there)).status_code == 200
    assert (await _tell(platform, _signed(charity, sub=None, sid=sid), there)).status_code == 200

    assert await platform.who(secret) == "officer-7"


REFUSED: dict[str, tuple[dict[str, object], Reason]] = {
    "an ID token": ({"kind": "JWT", "nonce": "n"}, Reason.TOKEN_TYPE),
    "with a nonce": ({"nonce": "n"}, Reason.TOKEN_NONCE),
    "without an event": ({"events": None}, Reason.TOKEN_EVENT),
    "for somebody else": ({"aud": "someone-else"}, Reason.TOKEN_AUDIENCE),
    "old": ({"iat": int(time.time()) - 900}, Reason.TOKEN_ISSUED_AT),
    "without a name of its own": ({"jti": None}, Reason.TOKEN_ID),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_t43_a_forged_word_ends_nothing_and_the_answer_does_not_say_why(platform: Platform, name: str) -> None:
    secret = await _signed_in(platform)
    changes, reason = REFUSED[name]

    with structlog.testing.capture_logs() as lines:
        response = await _tell(platform, _signed(platform.issuer(), **changes))  # type: ignore[arg-type] # kind is text

    assert (response.status_code, response.json()) == (400, {"error": "invalid_request"})
    assert [line["reason"] for line in lines if line["event"] == "logout_refused"] == [reason.value]
    assert await platform.who(secret) == "officer-7"


async def test_t43_a_stranger_with_a_key_of_their_own_ends_nothing(platform: Platform) -> None:
    secret, issuer = await _signed_in(platform), platform.issuer()
    genuine = issuer._keys[0]
    issuer._keys[0] = ECKey.generate_key("P-256", {"kid": str(genuine.kid)})
    token = _signed(issuer)
    issuer._keys[0] = genuine

    assert (await _tell(platform, token)).status_code == 400
    assert await platform.who(secret) == "officer-7"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"token=a.b.c", "application/x-www-form-urlencoded"),
        (b"logout_token=a.b.c&logout_token=a.b.c", "application/x-www-form-urlencoded"),
        (b"logout_token=\xff", "application/x-www-form-urlencoded"),
        (b"&".join([b"a=b"] * 40), "application/x-www-form-urlencoded"),
        (b'{"logout_token": "a.b.c"}', "application/json"),
        (b"logout_token=a.b.c", "text/plain"),
    ],
)
async def test_a_request_of_another_form_is_refused(platform: Platform, body: bytes, kind: str) -> None:
    async with platform.browser() as provider:
        response = await provider.post(ADDRESS, content=body, headers={"Content-Type": kind})
        by_link = await provider.get(ADDRESS)

    assert (response.status_code, by_link.status_code) == (400, 405)


async def test_an_unknown_agency_and_a_body_too_large_are_refused(platform: Platform) -> None:
    assert (await _tell(platform, _signed(platform.issuer()), "/sign-in/nobody/back-channel-logout")).status_code == 400
    assert (await _tell(platform, "x" * 70_000)).status_code == 413


async def test_t43_whoever_is_wrong_sixty_times_in_a_minute_is_told_to_wait_and_being_right_is_free(
    platform: Platform,
) -> None:
    for _ in range(70):
        assert (await _tell(platform, _signed(platform.issuer()))).status_code == 200
    for _ in range(60):
        assert (await _tell(platform, "a.b.c")).status_code == 400

    refused = await _tell(platform, _signed(platform.issuer()))
    elsewhere = await _tell(platform, _signed(platform.issuer("charity")), "/sign-in/charity/back-channel-logout")

    assert (refused.status_code, elsewhere.status_code) == (429, 200)
    assert 0 < int(refused.headers["retry-after"]) <= 60
    platform.later += 61
    assert (await _tell(platform, _signed(platform.issuer()))).status_code == 200


async def test_the_development_issuers_say_that_they_sign_out_over_the_back_channel(platform: Platform) -> None:
    metadata = platform.issuer().metadata()

    assert metadata["backchannel_logout_supported"] is True
    assert metadata["backchannel_logout_session_supported"] is True
    assert platform.issuer().client.back_channel_logout_uri == platform.settings.public_url + ADDRESS
