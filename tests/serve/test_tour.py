"""The first page of the manual, followed to the letter: from a post to the inbox, with its pictures.

    SITEGEN_PICTURES=1 python -m pytest tests/serve/test_tour.py

makes the pictures anew; without that the test only looks whether they are there, and of the right size.
"""

import os
import re
import struct
from contextlib import closing
from pathlib import Path

import pytest

from tests.forms.commands import sitegen
from tests.serve.conftest import LONG
from tests.serve.test_command import Command

DOCS = Path(__file__).resolve().parents[2] / "docs"
IMAGES = DOCS / "static" / "images"
SIZE = {"width": 880, "height": 660}
SCALE = 1.5  # of the pictures' dots to those of the page
ANSWER = {
    "Name": "Zoë Marlow",
    "E-mail": "zoe@example.org",
    "Which book have you put down last?": "Middlemarch, twice. I should like company for the third time.",
}


def part(language: str) -> str:
    """The first block of that language on the page."""
    found = re.search(rf"```{language}\n(.*?)```", (DOCS / "index.md").read_text(), re.DOTALL)
    assert found
    return found[1]


def size_of(picture: bytes) -> tuple[int, ...]:
    """Width and height of a PNG."""
    return struct.unpack(">II", picture[16:24])


def take(page, name: str) -> None:
    """What the page looks like now is the picture in the manual, or has its size."""
    picture = page.screenshot(animations="disabled")
    if os.environ.get("SITEGEN_PICTURES") == "1":
        (IMAGES / f"{name}.png").write_bytes(picture)
    assert size_of(picture) == size_of((IMAGES / f"{name}.png").read_bytes())


@pytest.fixture
def blog(tmp_path):
    """What the commands of the page make, but for the last one; and the post as it stands there."""
    blog = tmp_path / "blog"
    init, change, new, serve = part("sh").splitlines()
    assert (init, change, serve) == ("sitegen init blog", "cd blog", "sitegen serve")
    assert sitegen("init", blog).returncode == 0
    made = sitegen("new", re.findall('"(.*)"', new)[0], "--call", "-s", blog)
    (post,) = (blog / "_posts").glob("*-who-reads-with-me.md")
    assert made.returncode == 0 and str(post.name) in made.stdout
    post.write_text(part("markdown"))
    return blog


def test_a_call_goes_from_the_post_to_the_inbox(blog, browser):
    command = Command(blog, "--port", "0")
    url = command.until("Serving").split()[1]
    command.until("Receiving")
    with closing(browser.new_context(base_url=url, viewport=SIZE, device_scale_factor=SCALE)) as context:
        context.set_default_timeout(LONG * 1000)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="Who reads with me?").first.click()
        for label, text in ANSWER.items():
            page.get_by_label(label).fill(text)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.set_viewport_size({**SIZE, "height": 1280})  # all of the form
        take(page, "tour-post")
        page.set_viewport_size(SIZE)
        page.get_by_role("button", name="Count me in").click()
        page.get_by_text("I read every answer, and reply within a week.").wait_for()
        take(page, "tour-thanks")
        page.goto("/inbox/")
        take(page, "tour-inbox")
        page.get_by_role("link", name="Zoë Marlow").first.click()
        page.get_by_text(ANSWER["Which book have you put down last?"]).first.wait_for()
        take(page, "tour-answer")
    assert command.end() == 0
    assert "Zoë Marlow" in sitegen("inbox", "list", "-s", blog).stdout
