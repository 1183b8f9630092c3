"""A person at a provider's own pages: follows its redirects, fills its forms, and comes back to the platform."""

import re
from html import unescape
from urllib.parse import urljoin

import httpx2

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"<(?:input|button)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
MOST_STEPS = 20


async def walk(browser: httpx2.AsyncClient, address: str, home: str, **typed: str) -> str:
    """The address on the platform that the provider sends the person back to."""
    response = await browser.get(address)
    for _ in range(MOST_STEPS):
        if response.is_redirect:
            address = urljoin(str(response.url), response.headers["location"])
            if address.startswith(f"{home}/"):
                return address
            response = await browser.get(address)
        else:
            response = await _submit(browser, response, typed)
    raise AssertionError(f"the provider never came back: {response.status_code} {response.text}")


async def press(browser: httpx2.AsyncClient, address: str, **button: str) -> httpx2.Response:
    """What follows on pressing this button at the one form of the address."""
    return await _submit(browser, await browser.get(address), {}, button)


async def _submit(
    browser: httpx2.AsyncClient, page: httpx2.Response, typed: dict[str, str], button: dict[str, str] | None = None
) -> httpx2.Response:
    found = _FORM.search(page.text)
    assert page.status_code == 200, page.text
    assert found, page.text
    form, inside = dict(_ATTRIBUTE.findall(found[1])), found[2]
    fields = [dict(_ATTRIBUTE.findall(field[1])) for field in _FIELD.finditer(inside)]
    filled = {field["name"]: unescape(field.get("value", "")) for field in fields if "name" in field}
    filled |= {name: value for name, value in typed.items() if name in filled} | (button or {})
    return await browser.post(urljoin(str(page.url), unescape(form.get("action", ""))), data=filled)
