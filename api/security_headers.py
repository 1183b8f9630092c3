"""Headers that every answer carries: nothing is cached, framed, sniffed, embedded or told to other sites."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_YEAR = 365 * 24 * 60 * 60
_FEATURES = ("camera", "display-capture", "fullscreen", "geolocation", "microphone", "payment", "usb")
_EVERYWHERE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
}
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


class SecurityHeaders:
    """Sets the headers whatever the route said; only static assets may be kept by a browser."""

    def __init__(
        self, app: ASGIApp, *, https: bool, form_targets: Sequence[str] = (), static_prefix: str = "/static/"
    ) -> None:
        self._app = app
        self._always = dict(_EVERYWHERE)
        if https:
            self._always["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        self._page_policy = page_policy(form_targets)
        self._static_prefix = static_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with the headers on its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, with_headers)

    def _set(self, headers: MutableHeaders, path: str) -> None:
        headers.update(self._always)
        if headers.get("content-type", "").lower().startswith("text/html"):
            # A page knows best what it loads; a page that says nothing gets the policy for pages.
            headers.setdefault("Content-Security-Policy", self._page_policy)
            headers.setdefault("Referrer-Policy", "no-referrer")
        else:
            is_download = (
                "content-disposition" in headers
            )  # a file of somebody else: if it is shown at all, then in a box
            headers["Content-Security-Policy"] = _DATA_POLICY + ("; sandbox" if is_download else "")
            headers["Referrer-Policy"] = "no-referrer"
        if not path.startswith(self._static_prefix):
            headers["Cache-Control"] = "no-store"


def page_policy(form_targets: Sequence[str] = ()) -> str:
    """What a page of ours may load: its own files only. Browsers hold form-action against redirects too."""
    own = ("script-src", "style-src", "img-src", "font-src", "connect-src")
    rules = ["default-src 'none'", *(f"{kind} 'self'" for kind in own)]
    rules += [" ".join(["form-action 'self'", *form_targets]), "base-uri 'none'", "frame-ancestors 'none'"]
    return "; ".join(rules)
