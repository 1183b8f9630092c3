"""The HTTP server's settings, in one place for the platform and the development issuers."""

import uvicorn


def run(app: str, host: str, port: int) -> None:
    """Serve the application that `app` makes; open streams get a few seconds at the end, then they are cut."""
    uvicorn.run(
        app,
        factory=True,
        host=host,
        port=port,
        http="httptools",
        loop="uvloop",
        ws="none",
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,  # nothing here believes a header about who the caller is
        access_log=False,  # addresses hold references; the request log says what is safe to say
        log_config=None,
    )
