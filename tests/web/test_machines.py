"""What machines read of three sites: feeds, sitemaps, structured data, microformats."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path

import feedparser
import pytest

from tests.outputs.rules.atom import atom
from tests.outputs.rules.json_feed import json_feed
from tests.outputs.rules.json_ld import json_ld
from tests.outputs.rules.microformats import microformats
from tests.outputs.rules.rss import rss
from tests.outputs.rules.sitemap import sitemap
from tests.web.conftest import SITES

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
FEED = re.compile(r'type="(?:application/(?:atom|rss)\+xml|application/feed\+json)"[^>]* href="([^"]+)"')
RULES = {"feed.xml": atom, "rss.xml": rss, "feed.json": json_feed}
Rule = Callable[[str], Iterable[str]]


def pages(folder: Path) -> dict[str, str]:
    """Every page that is not a mere redirect."""
    found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    return {path: text for path, text in found.items() if 'http-equiv="refresh"' not in text}


def feeds(folder: Path) -> dict[str, Path]:
    """Every feed."""
    return {path.relative_to(folder).as_posix(): path for name in RULES for path in folder.rglob(name)}


def broken(rule: Rule, texts: dict[str, str]) -> dict[str, list[str]]:
    """What a rule says of each text, where it says anything."""
    told = {name: list(rule(text)) for name, text in texts.items()}
    return {name: problems for name, problems in told.items() if problems}


@pytest.mark.parametrize("name", ["sink", "blog"])
def test_every_feed_breaks_no_rule(sites: dict[str, Path], name: str) -> None:
    found = feeds(sites[name])
    assert {"feed.xml", "rss.xml", "feed.json"} < set(found)
    assert any(path.startswith("tags/") for path in found)
    for path, file in found.items():
        assert list(RULES[file.name](file.read_text(encoding="utf-8"))) == [], path
        if file.suffix == ".xml":
            assert feedparser.parse(file.read_bytes()).bozo == 0, path


@pytest.mark.parametrize("name", SITES)
def test_pages_name_the_feeds_that_there_are(sites: dict[str, Path], name: str) -> None:
    named = {
        unescape(address).removeprefix("/") for text in pages(sites[name]).values() for address in FEED.findall(text)
    }
    assert named == set(feeds(sites[name]))


@pytest.mark.parametrize("name", ["sink", "blog"])
def test_the_sitemap_is_as_the_protocol_wants_it(sites: dict[str, Path], name: str) -> None:
    text = (sites[name] / "sitemap.xml").read_text(encoding="utf-8")
    assert list(sitemap(text)) == []
    assert text.count("<loc>") > 10


@pytest.mark.parametrize("name", SITES)
def test_structured_data_lacks_nothing(sites: dict[str, Path], name: str) -> None:
    told = {path: found for path, text in pages(sites[name]).items() if (found := LD.findall(text))}
    assert {path: len(found) for path, found in told.items() if len(found) > 1} == {}
    assert broken(json_ld, {path: found[0] for path, found in told.items()}) == {}
    kinds = {item["@type"] for found in told.values() for item in json.loads(found[0])["@graph"]}
    assert kinds >= {"sink": {"Blog", "BlogPosting", "CollectionPage", "WebPage", "BreadcrumbList"}}.get(name, set())


@pytest.mark.parametrize("name", SITES)
def test_microformats_lack_nothing(sites: dict[str, Path], name: str) -> None:
    assert broken(microformats, pages(sites[name])) == {}


@pytest.mark.slow
def test_structured_data_is_in_the_words_of_schema_org(sites: dict[str, Path], judges: Path, tmp_path: Path) -> None:
    """Its vocabulary as types: a property that does not exist, or takes no such value, is an error of types."""
    graphs = [graph for folder in sites.values() for page in pages(folder).values() for graph in LD.findall(page)]
    text = f'import type {{Graph}} from "schema-dts";\nexport const pages: Graph[] = [{",".join(graphs)}];\n'
    (tmp_path / "pages.ts").write_text(text, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(judges)
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "node16", "--target", "es2022"]
    command = ["node", str(judges / "typescript/bin/tsc"), *options, "pages.ts"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300)
    assert (done.stdout, done.returncode) == ("", 0)
