"""Under which names the server answers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import Problem

_TRUSTED = "onrecord.host_is_trusted"
# What watches a server asks it by its address.
_BY_ANY_NAME = frozenset(("/healthz", "/readyz"))


class TrustedHosts:
    """Refuses requests whose header `Host` names none of `hosts` ("*.example.org" is a pattern)."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self._check = TrustedHostMiddleware(_note, list(hosts), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] in _BY_ANY_NAME:
            await self.app(scope, receive, send)
            return
        await self._check(scope, receive, _say_nothing)
        if scope.pop(_TRUSTED, False):
            await self.app(scope, receive, send)
        else:
            detail = "The server does not answer under the name in the header Host. Use another."
            await Problem("untrusted-host", detail).response()(scope, receive, send)


async def _note(scope: Scope, receive: Receive, send: Send) -> None:
    scope[_TRUSTED] = True


async def _say_nothing(message: Message) -> None:
    """Starlette's own refusal is plain text."""
