"""What is meant: a file, an address, or a word of a post's name or title."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.errors import SitegenError, nearest
from sitegen.explain.look import Look
from sitegen.leads.addresses import is_file
from sitegen.model.content import Document, Post
from sitegen.model.names import without_day
from sitegen.outputs.target import Target
from sitegen.urls import address_of, is_web_address

MOST_NAMED = 5  # of those that a word may mean
_PREVIEWS = ("localhost", "127.0.0.1", "::1")  # where `sitegen serve` shows the site


@dataclass(frozen=True)
class Subject:
    """What was found: a source by its path (not every one is published), or a file of the output."""

    path: str = ""
    target: Target | None = None


class NothingFits(SitegenError):
    """No file and no address is meant by that, or too many."""


def find(asked: str, look: Look) -> Subject | None:
    """What is meant. None if nothing is; raises `NothingFits` where a word may mean several."""
    return _by_path(asked, look) or _by_address(asked, look) or _by_word(asked, look)


def _by_path(asked: str, look: Look) -> Subject | None:
    """A path relative to the site or to where one is, of a source or of a file of the output."""
    known = sources_of(look)
    for path in _paths(asked, look.site.config.source):
        if path in known:
            return Subject(path)
    for path in _paths(asked, look.site.config.output):
        if path in look.targets and Path(asked).exists():
            return _subject(look.targets[path], look)
    return None


def _paths(asked: str, folder: Path) -> Iterator[str]:
    """The path below a folder that may be meant."""
    if not Path(asked).is_absolute():
        yield os.path.normpath(asked).replace(os.sep, "/")
    absolute = Path(os.path.abspath(asked))
    for one, top in ((absolute, folder), (Path(os.path.realpath(asked)), Path(os.path.realpath(folder)))):
        if one.is_relative_to(top):
            yield one.relative_to(top).as_posix()


def sources_of(look: Look) -> set[str]:
    """The paths of all that can be told of, also of what cannot be read."""
    site = look.site
    assets = (asset.path for asset in site.assets)
    left_out = (one.path for one in site.left_out)
    broken = (problem.path for problem in look.problems if (site.config.source / problem.path).is_file())
    known = {*site.documents, *assets, *site.paths_beside, *left_out, *broken}
    return known - {site.config.file, *site.layouts}


def _by_address(asked: str, look: Look) -> Subject | None:
    """A path of the site, with or without `baseurl`, or a whole address of the site or of its preview."""
    config = look.site.config
    try:
        parts = urlsplit(asked)
    except ValueError:  # `http://[`
        return None
    if parts.scheme and not (_is_ours(asked, config.url) or parts.hostname in _PREVIEWS):
        if is_web_address(asked):
            raise NothingFits(f"{asked} is at {parts.netloc}, and this site is at {config.url or 'no address yet'}")
        return None
    path = (parts.path or "/") if parts.scheme else asked.split("#")[0].split("?")[0]
    if not path:
        return None
    for url in _within(path, config.baseurl):
        if (target := look.target_at(url)) is not None:
            return _subject(target, look)
    return None


def _within(path: str, baseurl: str) -> Iterator[str]:
    """The addresses within the site that a path may mean: a folder's slash is easily forgotten."""
    yield from (path, f"{path}/")
    if baseurl and f"{path}/".startswith(f"{baseurl}/"):
        inner = path.removeprefix(baseurl)
        yield from (inner or "/", f"{inner}/")


def _is_ours(asked: str, site_url: str) -> bool:
    return bool(site_url) and urlsplit(asked).netloc == urlsplit(site_url).netloc


def _subject(target: Target, look: Look) -> Subject:
    """What a source makes is that source."""
    return Subject(target.owner) if target.owner in sources_of(look) else Subject(target=target)


def _by_word(asked: str, look: Look) -> Subject | None:
    """A slug, a title or the name of a file; or a part of one, if that is of one source only. All go before
    photos beside posts, which are often named as these.
    """
    word = asked.strip().casefold()
    names = {path: _names_of(path, look.site.documents.get(path)) for path in sorted(sources_of(look))}
    exact = [path for path, known in names.items() if word in known]
    found = exact or [path for path, known in names.items() if any(word in name for name in known)]
    found = sorted(set(found) - look.site.paths_beside) or found
    if not word or not found:
        return None
    if len(found) > 1:
        named = "\n".join(f"  {path}" for path in found[:MOST_NAMED])
        more = f"\n  and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise NothingFits(f'"{asked}" may be one of {len(found)}:\n{named}{more}')
    return Subject(found[0])


def _names_of(path: str, document: Document | None) -> set[str]:
    """What a source may be called: the name of its file, with and without ending and date; its title; its slug."""
    name = path.rsplit("/", 1)[-1]
    stem = name.rsplit(".", 1)[0]
    title = "" if document is None else document.title
    slug = document.slug if isinstance(document, Post) else ""
    return {text.casefold() for text in (name, stem, without_day(stem), title, slug) if text}


def nothing_like(asked: str, look: Look) -> NothingFits:
    """What to say where nothing fits: what is near, or why a file that is there is none of the site's."""
    config = look.site.config
    for path in _paths(asked, config.source):
        if is_file(config.source / path):
            return NothingFits(f"{path} is {_role_of(path, look)}: explain takes posts, pages, files and addresses")
    near = nearest(asked, _candidates(look), 0.5)
    hint = f"; did you mean {near}?" if near else ""
    return NothingFits(f'nothing in this site is called "{asked}", nor has that address{hint}')


def _role_of(path: str, look: Look) -> str:
    if path in look.site.layouts:
        return "a layout" if path.startswith("_layouts/") else "an include"
    if path == look.site.config.file:
        return "the configuration"
    return "a data file" if path.startswith("_data/") else "no part of the site"


def _candidates(look: Look) -> list[str]:
    documents = look.site.documents.values()
    slugs = (document.slug for document in documents if isinstance(document, Post))
    addresses = (address_of(path) for path in look.targets)
    return list(dict.fromkeys((*slugs, *sorted(sources_of(look)), *addresses)))
