"""All parts as one application: which path is whose."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from starlette.responses import PlainTextResponse

from sitegen.forms.gate.keys import Open
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.service import PARTS, Means, Part, Service, is_ours, part_at
from tests.forms.world import ADA, JSON, World


async def echo(scope, receive, send):
    """Says where it is mounted."""
    await PlainTextResponse(f"{scope['root_path']} {scope['path']}")(scope, receive, send)


HEALTH, INBOX = Part("/health", lambda means: echo), Part("/inbox/", lambda means: echo, guarded=True)


@pytest.fixture
def means(world: World) -> Means:
    """What `world` has, with an open inbox."""
    return Means(lambda: world.book, world.pages, world.store, lambda: world.store, Open("t"), str)


def ask(service: Service, method: str, path: str, **more) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://localhost") as client:
            return await client.request(method, path, **more)

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("/inbox/", "/inbox"),
        ("/inbox", "/inbox"),
        ("/inbox/a/1", "/inbox"),
        ("/blog/inbox/a", "/blog/inbox"),
        ("/health", "/health"),
        ("/blog/health", "/blog/health"),
    ],
)
def test_the_part_of_a_path(path, root):
    found = part_at(path, "/blog", (HEALTH, INBOX))
    assert found is not None and found[1] == root


@pytest.mark.parametrize("path", ["/", "/inboxes/", "//inbox/", "/healthy", "/health/", "/x/inbox/", "/blog"])
def test_no_part_has_that_path(path):
    assert part_at(path, "/blog", (HEALTH, INBOX)) is None


def test_what_a_preview_leaves_to_it():
    assert all(is_ours(path, "/blog") for path in ("/f/call", "/blog/f/call", "/inbox/a", "/blog/inbox/"))
    assert not any(is_ours(path, "/blog") for path in ("/", "/blog/", "/inboxes/", "/about/"))


def test_it_answers_for_all_parts(world, means):
    world.book = replace(world.book, baseurl="/blog")
    service = Service(means, (HEALTH, INBOX))
    assert ask(service, "POST", "/blog/f/chicago", data=ADA, headers=JSON).json()["ok"] is True
    assert ask(service, "GET", "/health").text == "/health /health"
    assert ask(service, "GET", "/blog/inbox/a/1").text == "/blog/inbox /blog/inbox/a/1"
    moved = ask(service, "GET", "/blog/inbox")
    assert (moved.status_code, moved.headers["location"]) == (307, "/blog/inbox/")
    assert ask(service, "GET", "/none", headers=JSON).status_code == 404
    service.close()


def test_without_access_what_is_guarded_is_not_there(means):
    service = Service(replace(means, access=None), (HEALTH, INBOX))
    assert ask(service, "GET", "/inbox/", headers=JSON).json() == ask(service, "GET", "/nothing/", headers=JSON).json()
    assert ask(service, "GET", "/health").status_code == 200
    service.close()


def test_the_table_has_the_read_api(world, means):
    world.book = replace(world.book, baseurl="/blog")
    service = Service(replace(means, api_key="k" * 32))
    path = "/blog/api/0/forms/chicago/submissions"
    assert ask(service, "GET", path).status_code == 401
    assert ask(service, "GET", path, auth=("", "k" * 32)).json()["submissions"] == []
    service.close()


def test_the_table_guards_the_inbox():
    assert [part.guarded for part in PARTS if part.path == "/inbox/"] == [True]


def test_an_inbox_that_cannot_be_opened_is_tried_again(means):
    tries = []

    def make(given):
        tries.append(given)
        if len(tries) == 1:
            raise StoreError("the database is gone")
        return echo

    service = Service(means, (Part("/inbox/", make, guarded=True),))
    assert ask(service, "GET", "/inbox/").status_code == 503
    assert [ask(service, "GET", "/inbox/").status_code for _ in range(2)] == [200, 200]
    assert len(tries) == 2
    service.close()
