"""Pieces of the index with a word that stands everywhere, made by Pagefind itself."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random
from typing import Any

import cbor2
import pytest

from sitegen.config import load_config
from sitegen.search import Entry, Indexer, extract, thinning

PAGES = 400
Word = tuple[str, list[Any], list[Any]]


def full_pages() -> dict[str, str]:
    """On each `moon` is in the title and 200 times in the text, and `là`, too, among words of one page each."""
    random, found = Random(1), {}
    for number in range(PAGES):
        words = random.sample(["moon", "là"] * 200 + [f"mo{number}"] * 1600, k=2000)
        entry = Entry(f"{number}.html", f"/{number}", "en", f"The moon {number}")
        found[entry.path] = extract(entry, f"<main><p>{' '.join(words)}</p></main>")
    return found


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return full_pages()


def pieces(folder: Path, pages: dict[str, str]) -> dict[str, bytes]:
    (folder / "sitegen.toml").write_text("search = true\n")
    return Indexer(load_config(folder)).files(pages)


def words_in(piece: bytes) -> dict[str, Word]:
    data = gzip.decompress(piece)
    assert data.startswith(thinning._SIGN)
    [words] = cbor2.loads(data.removeprefix(thinning._SIGN))
    return {word[0]: word for word in words}


def weights(places: list[int]) -> dict[int, list[int]]:
    """The places of a page by their weight, counted from the top of the page."""
    found: dict[int, list[int]] = {}
    here: list[int] = []
    for place in places:
        if place < 0:
            here = found.setdefault(place, [])
        else:
            here.append(place + (here[-1] if here else 0))
    return found


def test_a_word_that_stands_everywhere_takes_little(
    tmp_path: Path, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    thin = pieces(tmp_path, pages)
    with monkeypatch.context() as patch:
        patch.setattr(thinning, "MOST", 1 << 30)
        whole = pieces(tmp_path, pages)
    changed = [path for path in whole if whole[path] != thin[path]]
    assert whole.keys() == thin.keys() and len(changed) == 2
    assert max(len(whole[path]) for path in changed) > thinning.MOST > max(len(thin[path]) for path in changed)
    for path in changed:
        before, after = words_in(whole[path]), words_in(thin[path])
        assert before.keys() == after.keys()
        for name, (_, full, variants) in before.items():
            _, kept, kept_variants = after[name]
            if name not in ("moon", "la"):
                assert (full, variants) == (kept, kept_variants)
            for [number, old, meta], [same, new, still] in zip(
                [*full, *(page for variant in variants for page in variant[1])],
                [*kept, *(page for variant in kept_variants for page in variant[1])],
                strict=True,
            ):
                assert (number, meta) == (same, still)
                assert all(weights(old)[weight][: len(some)] == some for weight, some in weights(new).items())
                assert weights(old).keys() == weights(new).keys()


@pytest.mark.parametrize("data", [b"", b"pagefind_dcd", b"pagefind_dcd\x81\x81\x83", b"pagefind_dcd\xf6", b"\x00" * 99])
def test_what_is_made_in_another_way_stays(data: bytes) -> None:
    filler = Random(1).randbytes(thinning.MOST)
    for piece in (data + filler, gzip.compress(data + filler), gzip.compress(data + filler)[:-9]):
        assert thinning.thinned(piece) == piece
