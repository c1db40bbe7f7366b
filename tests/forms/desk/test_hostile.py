"""Whatever visitors write, the pages show it and do nothing else."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from tests.forms.desk.room import HOSTILE, Room, hostile, put
from tests.forms.world import NOON


def pages(room: Room) -> list[str]:
    """Everything that shows what visitors wrote."""
    kept = hostile(room.store)
    put(room.store, HOSTILE, form=HOSTILE, title=HOSTILE, capacity=0)
    waiting = room.store.forms()
    assert HOSTILE in waiting
    question = room.post("/change", id=kept.id, do="ask").text
    form = "/calls?form=%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Csvg%20onload=alert(1)%3E"
    paths = ("/?state=all", f"/a/{kept.id}", "/calls", form, f"/?q={HOSTILE}", f"/?form={HOSTILE}")
    return [question, *(room.page(path) for path in paths)]


class Markup(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_becomes_markup(room):
    for html in pages(room):
        page = Markup(html)
        assert page.elements.count("script") == 1 and "img" not in page.elements
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"]


def test_controls_and_directions_are_written_out(room):
    for html in pages(room):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", html)
    html = room.page(f"/a/{hostile(room.store).id}")
    assert "\\u202e" in html and "\\x1b[31m" in html and '<p class="text"><bdi>مرحبا' in html


def test_templates_are_no_templates_of_visitors(room):
    html = room.page(f"/a/{hostile(room.store).id}")
    assert "{{7919*7919}} ${7919*7919}" in html and "62710561" not in html


def test_a_megabyte_is_cut_in_the_list_and_whole_on_its_page(room):
    kept = put(room.store, answers=(("message", "x" * 1_000_000),))
    assert len(room.page()) < 20_000
    html = room.page(f"/a/{kept.id}")
    assert "x" * 1_000_000 in html and '<div class="scroll tall text" tabindex="0"' in html


@pytest.mark.parametrize("name", ["\u202ename", "=name", "a" * 5000, "\x00"])
def test_names_of_fields_are_texts_too(room, name):
    assert room.get(f"/a/{put(room.store, answers=((name.replace(chr(0), chr(0xFFFD)), 'x'),)).id}").status_code == 200


def test_no_spreadsheet_runs_anything(room):
    hostile(room.store)
    csv.field_size_limit(10_000_000)
    rows = list(csv.reader(io.StringIO(room.page("/export.csv"))))
    assert "'=cmd|'/C calc'!A0" in rows[1] and not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row
    )
    assert rows[1][4] == NOON.isoformat(timespec="microseconds").replace("+00:00", "Z")


@pytest.mark.parametrize("query", ["' OR 1=1 --", "%", "_", "\\", '"', "a" * 5000, "\u202e", "\x00", "* ' ("])
def test_a_search_is_words_and_nothing_else(room, query):
    put(room.store)
    answer = room.get("/", params={"q": query, "form": query, "state": query})
    assert answer.status_code == 200 and 'class="who"' not in answer.text
