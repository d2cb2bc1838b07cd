"""The preview's web server, closed to pages of other sites: they could read drafts otherwise.

A page of another site may ask for ``http://127.0.0.1:8000/`` under a name of its own that leads
there (DNS rebinding), or listen at the websocket; the first is a foreign ``Host``, the second a
foreign ``Origin`` (RFC 6454). sphinx-autobuild (2025.8) has no option for either, and no public
function that makes its application. So its ``main`` runs here, and what it gives to ``uvicorn.run``
is wrapped. This can go when https://github.com/sphinx-doc/sphinx-autobuild checks both.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import sphinx_autobuild.__main__ as autobuild
import uvicorn
from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
#: Addresses that stand for all of a machine: under which names it is reached is not known.
_ANY = ("0.0.0.0", "::")


class SameOrigin:
    """Refuses a websocket that a page of another site opens."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from the preview's own pages."""
        headers = Headers(scope=scope) if scope["type"] == "websocket" else Headers()
        origin = headers.get("origin")
        is_foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
        await (WebSocketClose(1008) if is_foreign else self.app)(scope, receive, send)


def closed(app: ASGIApp, host: str) -> ASGIApp:
    """Return *app*, answering 400 to names that do not lead to *host*."""
    names = ["*"] if host in _ANY else [*_LOOPBACK, host]
    return TrustedHostMiddleware(SameOrigin(app), names, www_redirect=False)


def serve(host: str, words: Sequence[str]) -> None:
    """Run ``sphinx-autobuild`` with *words*, in this process, until it is interrupted."""

    def run(app: ASGIApp, **options: Any) -> None:
        uvicorn.run(closed(app, host), **options)

    autobuild.uvicorn = SimpleNamespace(run=run)
    autobuild.main(["--host", host, *words])
