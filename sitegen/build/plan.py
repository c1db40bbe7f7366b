"""Every file that should exist; two that claim one place are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from sitegen.errors import Problems, did_you_mean
from sitegen.marked import Origin
from sitegen.model.content import Document, Page, Post
from sitegen.model.site import Site
from sitegen.outputs import OUTPUTS, Target
from sitegen.templates.environment import find_layout, known_layouts
from sitegen.urls import NAME_BYTES, PATH_BYTES

_MADE_OF_POSTS = ("tags", "categories", "join")  # the page of a tag or a call is not to be lost to another one
Doc = TypeVar("Doc", Post, Page)


def plan(site: Site, problems: Problems) -> list[Target]:
    """The targets of the site, in order of paths. Clashes are problems that name both sides."""
    _check_calls(site, problems)
    claims: dict[str, list[Target]] = {}
    for name in site.config.outputs:
        for target in OUTPUTS[name](site):
            kept = name in _MADE_OF_POSTS and target.path.count("/") > 1
            claims.setdefault(target.path, []).append(replace(target, yields=target.yields and not kept))
    found = {path: _settled_claim(site, claimants, problems) for path, claimants in sorted(claims.items())}
    _check_folders(site, found, problems)
    _check_lengths(site, found, problems)
    return list(found.values())


def _settled_claim(site: Site, claimants: list[Target], problems: Problems) -> Target:
    """The one that a path belongs to.

    A page or a static file goes before what sitegen would make there; a post that does so has a wrong address. Of
    several equals the last one wins.
    """
    firm = [target for target in claimants if not target.yields] or claimants
    may = all(isinstance(site.documents.get(target.owner), Page) or target.file is not None for target in firm)
    rivals = firm if may else claimants
    if len(rivals) > 1:
        _clash(site, rivals, problems)
    return firm[-1]


def _clash(site: Site, claimants: list[Target], problems: Problems) -> None:
    """Told at each file that claims the address, since any may be the one to change."""
    address = "/" + claimants[0].path.removesuffix("index.html")
    files = [target for target in claimants if _is_source(site, target)]
    for one in files or claimants[-1:]:
        others = " and ".join(other.owner for other in claimants if other is not one)
        hint = "give one of them another `permalink` or `slug`" if one.file is None else "rename the file"
        if not files:
            hint = "look at `paginate_path`, and at the names of tags and categories"
        message = f"claims the address {address}, and so does {others}"
        problems.tolerate(_origin(site, one).problem(message, hint))


def _is_source(site: Site, target: Target) -> bool:
    """Whether a file of the author's claims it, not a page that sitegen makes."""
    return target.owner in site.documents or (target.file is not None and target.owner.startswith("static/"))


def _origin(site: Site, target: Target) -> Origin:
    """Where an author looks: at the permalink or the slug, else at the file; for a page of ours at the settings."""
    document = site.documents.get(target.owner)
    if document is None:
        return Origin(target.owner) if _is_source(site, target) else Origin(site.config.file or target.owner)
    for key in ("permalink", "slug"):
        if (key,) in document.origin.lines:
            return document.origin.at(key)
    return Origin(target.owner)


def _check_folders(site: Site, found: dict[str, Target], problems: Problems) -> None:
    """A file cannot stand where another one needs a folder."""
    for path, target in found.items():
        for folder in _folders(path):
            if folder in found:
                message = f"needs a folder at {folder}, where {found[folder].owner} puts a file"
                problems.add(_origin(site, target).problem(message, "give one of them another address"))


def _check_lengths(site: Site, found: dict[str, Target], problems: Problems) -> None:
    """An address that is short enough can be that of a file that is not: a post's file ends in `.html`."""
    for path, target in found.items():
        if len(data := path.encode()) <= NAME_BYTES:
            continue
        if len(data) > PATH_BYTES or any(len(name) > NAME_BYTES for name in data.split(b"/")):
            message = f'the address "/{path[:60]}…" is too long for a file name'
            problems.add(_origin(site, target).problem(message, "shorten it"))


def _folders(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    return ("/".join(parts[:length]) for length in range(1, len(parts) + 1))


def _check_calls(site: Site, problems: Problems) -> None:
    """A call that is published with nowhere for its answers to go loses people."""
    config = site.config
    if config.preview or config.receive_url or "join" not in config.outputs:
        return
    for call in site.calls:
        if call.open and not call.form.hosted:
            origin = call.post.origin.at("form")
            hint = "set `receive.url` to where `sitegen receive` runs, or `endpoint` to a form service"
            problems.warn(origin.problem(f'the call "{call.form.id}" has nowhere to go once it is published', hint))


def settle_layouts(site: Site, problems: Problems) -> Site:
    """The site with a layout for each document. One that there is not is a problem; on a Jekyll site the packaged
    `post` or `page` serves.
    """
    posts = tuple(_settled(site, post, "post", problems) for post in site.posts)
    pages = tuple(_settled(site, page, "page", problems) for page in site.pages)
    return replace(site, posts=posts, pages=pages)


def _settled(site: Site, document: Doc, fallback: str, problems: Problems) -> Doc:
    if document.layout is None or find_layout(site, document.layout + ".html") is not None:
        return document
    hint = did_you_mean(document.layout, known_layouts(site))
    problems.tolerate(_layout_origin(site, document).problem(f'there is no layout "{document.layout}"', hint))
    return replace(document, layout=fallback)


def _layout_origin(site: Site, document: Document) -> Origin:
    """Where the layout is named: in the file, or in the configuration's defaults."""
    own = document.origin.at("layout")
    if own.keys in own.lines:
        return own
    naming = [item.origin for item in site.config.defaults if item.values.get("layout") == document.layout]
    return naming[-1].at("layout") if naming else own
