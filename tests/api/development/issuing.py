"""Two demo agencies with their issuers, and a client that behaves."""

import hashlib
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import httpx2

from api.development.issuers import create_issuers_app
from api.development.people import agencies_of

PUBLIC_URL = "http://127.0.0.1:8000"
ISSUERS_URL = "http://127.0.0.1:8001"
POLICE = f"{ISSUERS_URL}/police"
CALLBACK = f"{PUBLIC_URL}/sign-in/police/callback"
VERIFIER = "v" * 64
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PEOPLE: dict[str, dict[str, object]] = {
    "agencies": {"police": "Anyshire Police <test>"},
    "people": {
        "police": [
            {"subject": "officer-7", "name": "Asha O'Neil & co", "role": "Police officer"},
            {"subject": "officer-8", "name": "Ben Hughes", "role": "Inspector"},
        ],
        "charity": [{"subject": "worker-1", "name": "Carys Lloyd", "role": "Support worker"}],
    },
}


def issuers_transport(public_url: str = PUBLIC_URL) -> httpx2.ASGITransport:
    """The issuers' process, without a network."""
    return httpx2.ASGITransport(
        create_issuers_app(agencies_of(PEOPLE), public_url=public_url, environment="development")
    )


def client() -> httpx2.AsyncClient:
    """A browser, or the platform, in front of the issuers."""
    return httpx2.AsyncClient(transport=issuers_transport(), base_url=ISSUERS_URL)


def request(**changes: str | None) -> dict[str, str]:
    """An authorization request that is answered with a code; a change to None leaves a parameter out."""
    asked: dict[str, str | None] = {
        "response_type": "code",
        "client_id": "concordat",
        "redirect_uri": CALLBACK,
        "scope": "openid",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in (asked | changes).items() if value is not None}


def answer_in(response: httpx2.Response) -> dict[str, str]:
    """What an authorization response tells the callback."""
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


async def a_code(browser: httpx2.AsyncClient, subject: str = "officer-7") -> str:
    """A code for a person who was picked."""
    response = await browser.post("/police/authorize", data=request() | {"subject": subject})
    return answer_in(response)["code"]


def redemption(code: str, /, **changes: str) -> dict[str, str]:
    """A token request that a fresh code answers."""
    return {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": "concordat",
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    } | changes
