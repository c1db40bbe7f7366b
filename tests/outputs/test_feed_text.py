"""Whatever signs a site is made of, its feeds are well-formed, and the same bytes for the same input."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.outputs.feeds.channel import Author, Channel, Entry
from sitegen.outputs.feeds.formats import FORMATS
from sitegen.outputs.feeds.xml import clean
from tests.outputs.rules import RULES
from tests.outputs.sites import build_site, post

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ODD = (
    "a\x00\x0b\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800\udfff]]>&amp;<![CDATA[\r\n\t\"'<!-- --></feed>\U0010ffff"
)
MOMENT = datetime(2024, 1, 2, tzinfo=UTC)
ENTRY = Entry(
    id="https://example.org/x",
    url="https://example.org/x/",
    title="T",
    published=MOMENT,
    updated=MOMENT,
    authors=(Author("A"),),
    terms=("t",),
    summary="S",
    content="C",
    whole=True,
    image="",
    lang="en",
)
CHANNEL = Channel(
    id="https://example.org/feed.xml",
    url="https://example.org/feed.xml",
    home="https://example.org/",
    title="T",
    description="D",
    author=Author("A"),
    lang="en",
    updated=MOMENT,
    sheet="/assets/feed.css",
    entries=(ENTRY,),
)
texts = st.one_of(st.text(st.characters(exclude_categories=()), min_size=1), st.just(ODD))


def channel(text):
    entry = replace(ENTRY, title=text, summary=text, content=text, terms=(text,), authors=(Author(text),))
    return replace(
        CHANNEL, title=text, description=text, author=Author(text), entries=(entry, replace(entry, whole=False))
    )


def as_read(text):
    """What a parser of XML makes of the text: lines end in one way, and attributes have no lines."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
def test_atom_is_well_formed_and_holds_every_sign(text):
    root = ElementTree.fromstring(FORMATS["atom"](channel(text)).encode())
    first, second = root.findall(f"{ATOM}entry")
    for found in (first.findtext(f"{ATOM}title"), first.findtext(f"{ATOM}content"), second.findtext(f"{ATOM}summary")):
        assert found == as_read(text)
    assert first.findtext(f"{ATOM}author/{ATOM}name") == root.findtext(f"{ATOM}subtitle") == as_read(text)
    term = first.find(f"{ATOM}category")
    assert term is not None and term.get("term") == as_read(text).replace("\n", " ").replace("\t", " ")


@given(texts)
def test_rss_is_well_formed_and_holds_every_sign(text):
    root = ElementTree.fromstring(FORMATS["rss"](channel(text)).encode())
    first, second = root.iter("item")
    for found in (first.findtext("title"), first.findtext(f"{CONTENT}encoded"), second.findtext("description")):
        assert found == as_read(text)


@given(texts)
def test_json_is_well_formed_and_holds_every_sign(text):
    feed = json.loads(FORMATS["json"](channel(text)).encode())
    for found in (feed["title"], feed["items"][0]["title"], feed["items"][0]["content_html"]):
        assert found == re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", ["x", ODD])
def test_what_formats_write_breaks_no_rule(name, text):
    rule = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json"}[name]
    written = replace(channel(text), entries=channel(text).entries[:1])
    assert list(RULES[rule](FORMATS[name](written))) == []


def test_a_whole_site_of_odd_signs(tmp_path):
    title = json.dumps(re.sub("[^ -~\u2028]", "", ODD))
    files = {
        "sitegen.toml": 'url = "https://example.org"',
        "_posts/2024-01-01-x.md": post("A bell \x07, a form feed \x0c, \u2028 and ]]> here.", title=title),
    }
    site = build_site(tmp_path, files)
    assert [problem for name, rule in RULES.items() for problem in rule(site[name])] == []


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Africa/Monrovia"])
def test_moments_of_every_age(tmp_path, zone):
    days = ("0001-01-02", "1850-06-01", "1937-07-01", "1971-12-31", "2026-05-01")
    files = {f"_posts/{day}-x{at}.md": post(permalink=f"/{at}/") for at, day in enumerate(days)}
    settings = f'url = "https://example.org"\ntimezone = "{zone}"'
    site = build_site(tmp_path, {"sitegen.toml": settings, **files})
    assert [problem for name, rule in RULES.items() for problem in rule(site[name])] == []


def test_the_same_input_gives_the_same_bytes(tmp_path):
    files = {"sitegen.toml": 'url = "https://example.org"', "_posts/2024-01-01-x.md": post(tags="[a]")}
    later = datetime(2026, 6, 2, tzinfo=timezone(timedelta(hours=5)))
    one, other = build_site(tmp_path / "a", files), build_site(tmp_path / "b", files, now=later)
    for name in (*RULES, "tags/a/feed.xml"):
        assert one[name] == other[name]
