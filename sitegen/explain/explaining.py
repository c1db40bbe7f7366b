"""From what somebody asks for to all that there is to say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sitegen.build.lock import locked
from sitegen.build.memory import BuildMemory
from sitegen.config import Config
from sitegen.errors import Problem, SiteError
from sitegen.explain.explanation import Explanation, Layer, Value
from sitegen.explain.finding import Subject, find, nothing_like
from sitegen.explain.look import Look, look_at
from sitegen.explain.places import (
    addresses_of,
    file_of_target,
    files_of,
    linked_by,
    lists_of,
    shown_on,
    sitemap_of,
    smaller_of,
    source_of_smaller,
    whole,
)
from sitegen.explain.values import values_of
from sitegen.model.content import Document, LeftOut, Post
from sitegen.model.given import Given
from sitegen.outputs import targets_of
from sitegen.outputs.target import Target
from sitegen.templates.chains import chain
from sitegen.urls import url_of


def explain(config: Config, asked: str, *, now: datetime, waiting: Callable[[], None] = lambda: None) -> Explanation:
    """Everything about a post, a page, a file or an address of the site. Nothing is written.

    Of what is left out it tells what would be if it were not. Raises `NothingFits`.
    """
    with locked(config, waiting), BuildMemory.open(config) as memory:
        look = look_at(config, memory, now)
        found = find(asked, look)
        if found is not None and found.path not in _left_out(look):
            return _explained(found, look)
        everything = look_at(config.everything, memory, now)
        found = found or find(asked, everything)
        if found is None:
            raise nothing_like(asked, everything)
        left_out = _left_out(look).get(found.path)
        return replace(_explained(found, everything), left_out=left_out, lists=(), elsewhere=_errors(look, ()))


def _left_out(look: Look) -> Mapping[str, LeftOut]:
    return {one.path: one for one in look.site.left_out}


def _explained(found: Subject, look: Look) -> Explanation:
    document = look.site.documents.get(found.path)
    if document is not None:
        return _document(document, look)
    if found.target is not None:
        return _made(found.target, look)
    copies = [target for target in look.targets.values() if target.owner == found.path]
    return _copied(found.path, copies, look) if copies else _unread(found.path, look)


def _document(document: Document, look: Look) -> Explanation:
    site = look.site
    mine = [target for target in look.targets.values() if target.owner == document.path]
    look.render(mine)
    layers = _layers(look, "redirect" if document.redirect_to and document.is_shown else document.layout)
    values = values_of(site, document, _summary(look, document))
    problems = _problems(look, document.path, layers, values)
    return Explanation(
        kind=_kind(document),
        title=document.title or document.url,
        path=document.path,
        url=document.url,
        unwritten="" if mine else _unwritten(look, document),
        values=values,
        files=tuple(files_of(look, document)),
        addresses=addresses_of(look, document),
        layouts=layers,
        lists=tuple(lists_of(look, document)),
        problems=problems,
        elsewhere=_errors(look, problems),
    )


def _kind(document: Document) -> str:
    if isinstance(document, Post):
        return "post" if document.form is None else "post that is a call"
    return f"document of the collection {document.collection}" if document.collection else "page"


def _summary(look: Look, document: Document) -> str:
    """The beginning of the text; "" where it cannot be rendered, which is a problem of its own."""
    try:
        return look.rendering.bodies.of(document).summary
    except SiteError as error:
        for problem in error.problems:
            look.problems.add(problem)
        return ""


def _unwritten(look: Look, document: Document) -> str:
    """Why no file is written of a document that is published."""
    kind = "posts" if isinstance(document, Post) else "pages"
    if kind not in look.site.config.outputs:
        return f"the setting `outputs` does not name {kind}"
    for target in targets_of(look.site, kind):
        if target.owner == document.path:
            return f"{look.targets[target.path].owner} has its address"
    return "its collection has no pages of its own"


def _layers(look: Look, layout: str | None) -> tuple[Layer, ...]:
    site = look.site
    found = chain(look.rendering.renderer.environment, site, layout)
    return tuple(Layer(name, layout.path, layout.path not in site.layouts) for name, layout in found)


def _made(target: Target, look: Look) -> Explanation:
    """What sitegen makes by itself: lists, feeds, the pages of calls, the files of the theme."""
    look.render([target])
    layers = _layers(look, target.layout)
    problems = _problems(look, target.owner, layers, ())
    url = url_of(target.path)
    asked_for = (Given("front matter", target.redirect),) if target.redirect is not None else ()
    return Explanation(
        kind=_made_by(target, look),
        title=target.owner,
        path="",
        url=url,
        values=(Value("redirect_from", url, asked_for),) if asked_for else (),
        files=(file_of_target(look.site, target, "file"),),
        addresses={"canonical": whole(look.site, url)},
        layouts=layers,
        lists=tuple(sitemap_of(look.site, url)),
        shows=shown_on(look.site, url),
        problems=problems,
        elsewhere=_errors(look, problems),
    )


def _made_by(target: Target, look: Look) -> str:
    """Which of the outputs it is."""
    for name in look.site.config.outputs:
        if any(other.path == target.path and other.owner == target.owner for other in targets_of(look.site, name)):
            if name == "static":
                return f"file of the packaged theme; static/{target.path} would go before it"
            source = source_of_smaller(look.site, url_of(target.path)) if name == "pictures" else ""
            return f"made by sitegen: the output `{name}`{f', smaller than {source}' if source else ''}"
    return "made by sitegen"


def _copied(path: str, copies: Sequence[Target], look: Look) -> Explanation:
    """A file that is published as it is, or with the documents that link to it."""
    documents = ", ".join(linked_by(look.site, path))
    problems = _problems(look, path, (), ())
    return Explanation(
        kind=f"file beside {documents}" if documents else "file that is published as it is",
        title=path,
        path=path,
        url=url_of(copies[0].path),
        files=(*(file_of_target(look.site, target, "file") for target in copies), *smaller_of(look, path)),
        addresses={"canonical": whole(look.site, url_of(copies[0].path))},
        lists=tuple(sitemap_of(look.site, url_of(copies[0].path))),
        problems=problems,
        elsewhere=_errors(look, problems),
    )


def _unread(path: str, look: Look) -> Explanation:
    """A source that nothing is made of: it is left out by its name alone, or cannot be read."""
    problems = _problems(look, path, (), ())
    broken = path not in _left_out(look)
    kind = "file" if broken else "no post"
    return Explanation(kind, path, path, broken=broken, problems=problems, elsewhere=_errors(look, problems))


def _problems(look: Look, path: str, layers: Iterable[Layer], values: Iterable[Value]) -> tuple[Problem, ...]:
    """What is wrong with it, with its layouts, and with what the configuration gives it."""
    files = {path, *(layer.path for layer in layers)}
    lines = {(given.at.path, given.at.line) for value in values for given in value.given if given.at.keys}
    return tuple(one for one in look.problems if one.path in files or (one.path, one.line) in lines)


def _errors(look: Look, mine: Iterable[Problem]) -> int:
    """How many errors there are in what is not asked about."""
    return len(set(look.problems.errors) - set(mine))
