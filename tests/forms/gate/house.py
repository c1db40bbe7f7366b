"""What the tests of the gate share: an inbox behind it, and people who ask."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sitegen.forms.gate.app import Gate
from sitegen.forms.gate.keys import Access, Keys
from sitegen.forms.gate.passwords import hashed
from tests.forms.world import Clock

PASSWORD, TOKEN = "correct horse battery", "t" * 32
HASH = hashed(PASSWORD, b"s" * 16, cost=2)
KEYS = Keys(HASH, TOKEN, "a secret of the tests")
HOST = "inbox.test"
OWN = {"Origin": f"http://{HOST}"}


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """An inbox that says what it was told, and knows one answer."""
    request = Request(scope, receive)
    sent = parse_qs((await request.body()).decode("latin-1"))
    below = scope["path"].removeprefix(scope.get("root_path", ""))
    token, way_out = scope["sitegen.token"], scope["sitegen.leave"]
    text = f"<b>{request.method} {below}</b> token={token} logout={way_out} sent={sent}"
    response: Response = HTMLResponse(text, 200 if below in ("/", "/a/known", "/change") else 404)
    await response(scope, receive, send)


@dataclass
class House:
    """A gate round it. Who asks keeps the cookies that are set, as a browser does, in `jar`."""

    access: Access = KEYS
    trusted: Sequence[str] = ()
    clock: Callable[[], Any] = field(default_factory=Clock)
    jar: dict[str, str] = field(default_factory=dict)
    app: Any = inner

    def __post_init__(self) -> None:
        self.gate = Gate(self.app, self.access, lambda: self.trusted, self.clock)

    def ask(
        self, method: str, path: str, peer: str = "127.0.0.1", host: str = HOST, scheme: str = "http", **more: Any
    ) -> httpx.Response:
        """One request, without a socket."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers = ({"Cookie": cookies} if cookies else {}) | more.pop("headers", {})
        response = asyncio.run(self._ask(method, f"{scheme}://{host}{path}", peer, headers=headers, **more))
        self._keep(response)
        return response

    async def _ask(self, method: str, url: str, peer: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.gate, client=(peer, 1), root_path="/inbox")
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, url, **more)

    def _keep(self, response: httpx.Response) -> None:
        for header in response.headers.get_list("set-cookie"):
            name, _, value = header.partition(";")[0].partition("=")
            self.jar.pop(name, None)
            if value:
                self.jar[name] = value

    def get(self, path: str = "/inbox/", **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str = "/inbox/change", data: Any = None, **more: Any) -> httpx.Response:
        """From a page of its own, unless the headers say otherwise."""
        more["headers"] = OWN | more.get("headers", {})
        return self.ask("POST", path, data=data, **more)

    def login(self, password: str = PASSWORD, next: str = "", **more: Any) -> httpx.Response:
        return self.post("/inbox/login", {"password": password, "next": next}, **more)

    def token(self) -> str:
        """What the pages of the inbox have for their forms."""
        found = re.search(r"token=(\S+)", self.get().text)
        assert found
        return found[1]
