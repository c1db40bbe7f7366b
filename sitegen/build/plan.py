"""Every file that should exist; two that claim one place are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sitegen.errors import Problem, Problems, did_you_mean
from sitegen.marked import Origin
from sitegen.model.content import Doc, Page, Post, given_of
from sitegen.model.given import BY_SITEGEN
from sitegen.model.site import Site
from sitegen.model.translations import has_wrong_language, is_spoken
from sitegen.outputs import Target, targets_of
from sitegen.outputs.target import Claim
from sitegen.templates.environment import find_layout, known_layouts
from sitegen.urls import NAME_BYTES, PATH_BYTES, address_of

_NEVER = datetime.min.replace(tzinfo=UTC)


def plan(site: Site, problems: Problems) -> dict[str, Target]:
    """The targets of the site by path, in order of these. Clashes are problems that name both sides."""
    claims: dict[str, list[Target]] = {}
    for name in site.config.outputs:
        for target in targets_of(site, name):
            claims.setdefault(target.path, []).append(target)
    found = {path: _holder(site, claimants, problems) for path, claimants in sorted(claims.items())}
    _check_folders(site, found, problems)
    _check_lengths(site, found, problems)
    _check_index(site, found, problems)
    return found


def _holder(site: Site, claimants: list[Target], problems: Problems) -> Target:
    """The one that a path belongs to: the highest claim, of equal ones the last.

    Nothing that the author wrote or asked for is lost in silence; to a post, whose address is most often a pattern's,
    nothing that sitegen makes either.
    """
    if len(claimants) == 1:
        return claimants[0]
    highest = max(target.claim for target in claimants)
    equals = [target for target in claimants if target.claim == highest]
    if site.config.lenient:
        equals.sort(key=lambda target: _when_written(site, target))
    holder = equals[-1]
    _tell_redirects(claimants, holder, problems)
    by_post = any(isinstance(site.documents.get(target.owner), Post) for target in equals)
    rivals = [*equals, *(target for target in claimants if by_post and target.claim is Claim.MADE)]
    if len(rivals) > 1 and highest is not Claim.REDIRECT:
        _clash(site, rivals, problems)
    return holder


def _tell_redirects(claimants: list[Target], holder: Target, problems: Problems) -> None:
    for target in claimants:
        if target.redirect is not None and target is not holder:
            message = f"`redirect_from`: at that address is {holder.owner}, which stays"
            problems.note(target.redirect.problem(message, "take it out of the list"))


def _when_written(site: Site, target: Target) -> tuple[int, datetime]:
    """Jekyll writes pages, then files, then the documents of collections, the newest last (site.rb)."""
    document = site.documents.get(target.owner)
    order = 1 if document is None else 0 if isinstance(document, Page) and not document.collection else 2
    return order, document.date if isinstance(document, Post) else _NEVER


def _clash(site: Site, claimants: list[Target], problems: Problems) -> None:
    """Told at each file that claims the address, since any may be the one to change; but not where all that is wrong is
    the language of one of them, of which its author knows by then.
    """
    documents = [site.documents[one.owner] for one in claimants if one.owner in site.documents]
    if any(has_wrong_language(site, document) for document in documents):
        return
    address = address_of(claimants[0].path)
    files = [target for target in claimants if target.claim is Claim.OWN]
    for one in files or claimants[-1:]:
        others = " and ".join(other.owner for other in claimants if other is not one)
        hint = "give one of them another `permalink` or `slug`" if one.file is None else "rename the file"
        if foreign := next((one.lang for one in documents if not is_spoken(site, one)), ""):
            hint = f"the site is not in {foreign}: give it `[languages.{foreign}]`, or {hint}"
        if not files:
            hint = "look at `paginate_path`, and at the names of tags and categories"
        message = f"claims the address {address}, and so does {others}"
        problems.tolerate(_origin(site, one).problem(message, hint))


def _origin(site: Site, target: Target) -> Origin:
    """Where an author looks: at the permalink or the slug, else at the file; for a page of ours at the settings."""
    document = site.documents.get(target.owner)
    if document is None:
        return Origin(target.owner) if target.claim is Claim.OWN else Origin(site.config.file or target.owner)
    for key in ("permalink", "slug"):
        if (key,) in document.origin.lines:
            return document.origin.at(key)
    return Origin(target.owner)


def _check_folders(site: Site, found: dict[str, Target], problems: Problems) -> None:
    """A file cannot stand where another one needs a folder."""
    if not _all_folders(found) & found.keys():
        return
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


def _check_index(site: Site, found: dict[str, Target], problems: Problems) -> None:
    """What is in the folder of the search index is not known before it is made: it has it for itself."""
    if "search" not in site.config.outputs:
        return
    from sitegen.search import is_in_index

    for path, target in found.items():
        if is_in_index(path):
            message = f"the address {address_of(path)} is where the search index belongs"
            problems.add(_origin(site, target).problem(message, "give it another one, or set search = false"))


def _all_folders(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _folders(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    return ("/".join(parts[:length]) for length in range(1, len(parts) + 1))


def settle_layouts(site: Site, problems: Problems) -> Site:
    """The site with a layout for each document. One that there is not is a problem; on a Jekyll site the packaged
    `post` or `page` serves.
    """
    _tell_liquid(site, problems)
    return replace(
        site,
        posts=_settled(site, site.posts, "post", problems),
        pages=_settled(site, site.pages, "page", problems),
        collections={label: _settled(site, pages, "page", problems) for label, pages in site.collections.items()},
    )


def _tell_liquid(site: Site, problems: Problems) -> None:
    """The packaged theme stands in for layouts that are no Jinja; that is told once for all of them."""
    paths = sorted(path for path, layout in site.layouts.items() if layout.liquid)
    if paths:
        message = f"{len(paths)} layouts and includes are Liquid, not Jinja: the packaged theme stands in for them"
        hint = "sitegen import jekyll makes Jinja of them"
        problems.warn(Problem(paths[-1].split("/", 1)[0], None, message, hint))


_GENERATED = (
    "archive", "author", "authors", "call", "confirm", "default", "form_error", "join", "notice", "period", "redirect",
    "search", "social_card", "term", "terms", "thanks",
)  # fmt: skip
_OTHER_THINGS = {"post": _GENERATED, "page": (*_GENERATED, "post", "posts")}
"""Names of packaged layouts that Jekyll's themes have for other things: `default` shows posts there, and a page may be
in `post`. The packaged ones want what such a document has not, a date or a list, and some do not show its text.
"""


def _settled(site: Site, documents: Sequence[Doc], fallback: str, problems: Problems) -> tuple[Doc, ...]:
    """The documents, each with a layout that there is."""
    names = {document.layout for document in documents}
    lacking = {name for name in names if name is not None and not _serves(site, name, fallback)}
    return tuple([_mended(site, one, fallback, problems) if one.layout in lacking else one for one in documents])


def _serves(site: Site, layout: str, fallback: str) -> bool:
    """Whether there is such a layout, for such documents."""
    return not _is_other(site, layout, fallback) and find_layout(site, layout + ".html") is not None


def _is_other(site: Site, layout: str, fallback: str) -> bool:
    own = site.layouts.get(f"_layouts/{layout}.html")
    return site.config.lenient and (own is None or own.liquid) and layout in _OTHER_THINGS[fallback]


def _mended(site: Site, document: Doc, fallback: str, problems: Problems) -> Doc:
    """The document with the fallback, which is sitegen's own choice."""
    name = document.layout or ""
    own = site.layouts.get(f"_layouts/{name}.html")
    if not _is_other(site, name, fallback) and (own is None or not own.liquid):  # of Liquid the author has been told
        hint = did_you_mean(name, known_layouts(site))
        origin = given_of(document, "layout")[0].at
        problems.tolerate(origin.problem(f'there is no layout "{name}"', hint))
    manuscript = document.manuscript.but(given={**document.given, "layout": BY_SITEGEN})
    return replace(document, layout=fallback, manuscript=manuscript)
