"""Headers that every answer carries, faults and refusals included."""

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from api.assembly import assemble
from tests.api.door import PUBLIC_URL, CountingExecutor, client, door

pytestmark = pytest.mark.anyio

ISSUER = "http://127.0.0.1:8001"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


async def plain(request: Request) -> Response:
    return PlainTextResponse("plain", headers={"Cache-Control": "public, max-age=60"})


async def page(request: Request) -> Response:
    return HTMLResponse("<p>page")


async def own_page(request: Request) -> Response:
    return HTMLResponse("<p>page", headers={"Content-Security-Policy": DATA_POLICY, "Referrer-Policy": "same-origin"})


async def broken(request: Request) -> Response:
    raise ValueError


ROUTES = [
    Route("/plain", plain),
    Route("/static/plain", plain),
    Route("/page", page),
    Route("/own-page", own_page),
    Route("/broken", broken),
]


@pytest.mark.parametrize("path", ["/plain", "/page", "/broken", "/nowhere"])
async def test_every_answer_carries_them(path: str) -> None:
    async with client(assemble(ROUTES, public_url=PUBLIC_URL)) as browser:
        headers = (await browser.get(path)).headers

    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert len(headers.get_list("cache-control")) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_answers_of_the_graphql_door_carry_them(method: str) -> None:
    async with client(door(CountingExecutor())) as browser:
        headers = (await browser.request(method, "/graphql", json={"query": "{ hello }"})).headers

    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert headers["content-security-policy"] == DATA_POLICY


async def test_a_page_may_load_its_own_files_and_send_forms_to_the_named_issuer() -> None:
    async with client(assemble(ROUTES, public_url=PUBLIC_URL, form_targets=[ISSUER])) as browser:
        policy = (await browser.get("/page")).headers["content-security-policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"form-action 'self' {ISSUER}; base-uri 'none'; frame-ancestors 'none'"
    )


async def test_a_page_with_a_policy_of_its_own_keeps_it() -> None:
    async with client(assemble(ROUTES, public_url=PUBLIC_URL)) as browser:
        headers = (await browser.get("/own-page")).headers

    assert (headers["content-security-policy"], headers["referrer-policy"]) == (DATA_POLICY, "same-origin")


async def test_only_static_files_may_be_kept() -> None:
    async with client(assemble(ROUTES, public_url=PUBLIC_URL)) as browser:
        kept = (await browser.get("/static/plain")).headers["cache-control"]

    assert kept == "public, max-age=60"


async def test_under_https_a_browser_is_told_to_stay_there() -> None:
    async with client(assemble(ROUTES, public_url="https://concordat.example")) as browser:
        headers = (await browser.get("/plain")).headers

    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
