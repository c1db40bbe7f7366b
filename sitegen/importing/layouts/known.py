"""What Jekyll's names stand for in sitegen's layouts, and of what kind their values are.

A kind is what a value is known to be: a "text", a "plain" one (in which nothing means anything to HTML), "markup",
a "number" or "float", "truth", a "moment"; a "list", "texts", "numbers", "posts", "documents", "groups"; an "array"
(a list of the layout's own making) or "words" (one of texts); "terms" (name → posts; "sorted terms" are a list of
both), a "mapping" and its "pairs"; what these hold ("post", "document", "group", "term", "pair"); or "any".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.importing.layouts.values import Level, Surety, Value, as_list, step

THERE, EMPTY, MISSING = Surety.THERE, Surety.EMPTY, Surety.MISSING


@dataclass(frozen=True)
class Known:
    """What an attribute is: its code, with `{}` for that of its owner; and a hint, where it wants a hand."""

    code: str
    kind: str = "any"
    surety: Surety = THERE
    hint: str = ""


_GITHUB = "it is GitHub's metadata; what is wanted of it can stand in [extra.github] of the configuration"
_GITHUB_KEYS = (
    "build_revision", "clone_url", "contributors", "hostname", "is_project_page", "is_user_page", "issues_url",
    "latest_release", "license", "organization_members", "owner", "owner_display_name", "owner_gravatar_url",
    "owner_name", "owner_url", "project_tagline", "project_title", "public_repositories", "releases",
    "releases_url", "repository_name", "repository_nwo", "repository_url", "show_downloads", "source", "tar_url",
    "url", "versions", "wiki_url", "zip_url",
)  # fmt: skip
_COLLECTIONS = "sitegen's layouts see posts and pages; write the list as a file of _data, or choose from `site.pages`"

SITE: Mapping[str, Known] = {
    "author": Known("{}.author", "author"),
    "baseurl": Known("{}.baseurl", "plain"),
    "categories": Known("{}.categories", "terms"),
    "collections": Known("{}.extra.collections", "any", MISSING, _COLLECTIONS),
    "data": Known("{}.data", "mapping"),
    "encoding": Known('"utf-8"', "plain"),
    "description": Known("{}.description", "text"),
    "documents": Known("{}.posts", "posts"),
    "github": Known("{}.extra.github", "github", MISSING),
    "html_pages": Known("{}.pages", "documents"),
    "image": Known("{}.image", "any"),
    "lang": Known("{}.lang", "plain"),
    "logo": Known("{}.logo", "text"),
    "menu": Known("{}.menu", "list"),
    "paginate": Known("{}.paginate", "number"),
    "pages": Known("{}.pages", "documents"),
    "permalink": Known("{}.permalink", "text"),
    "posts": Known("{}.posts", "posts"),
    # Jekyll's are the ten newest others.
    "related_posts": Known('({}.posts[:11] | reject("equalto", page) | list)[:10]', "posts"),
    "social": Known("{}.extra.social", "social", MISSING),
    "static_files": Known("{}.static_files", "list"),
    "tags": Known("{}.tags", "terms"),
    "time": Known("{}.time", "moment"),
    "timezone": Known("{}.timezone", "plain"),
    "title": Known("{}.title", "text"),
    "twitter": Known("{}.twitter", "twitter"),
    "url": Known("{}.url", "plain"),
}
# What sitegen has made of these keys is something else than what the front matter says.
_AS_WRITTEN = (
    "author", "authors", "call", "description", "expires", "kind", "pinned", "reading_time", "related", "series", "toc",
    "updated", "words",
)  # fmt: skip
_DOCUMENT: Mapping[str, Known] = {
    **{name: Known(f"{{}}.front.{name}", "any", MISSING) for name in _AS_WRITTEN},
    "content": Known("{}.content", "markup"),
    "excerpt": Known("{}.excerpt", "markup"),
    "id": Known("{}.id", "plain"),
    "lang": Known("{}.lang", "plain"),
    "name": Known('({}.path | default("") | split("/") | last)', "text"),
    "path": Known("{}.path", "text"),
    "relative_path": Known("{}.path", "text"),
    "title": Known("{}.title", "text"),
    "url": Known("{}.url", "plain"),
}
POST: Mapping[str, Known] = {
    **_DOCUMENT,
    "categories": Known("{}.categories", "texts"),
    "date": Known("{}.date", "moment"),
    "next": Known("{}.next", "post", EMPTY),
    "previous": Known("{}.previous", "post", EMPTY),
    "slug": Known("{}.slug", "plain"),
    "tags": Known("{}.tags", "texts"),
}
# `page` may be a post, a page, or one that sitegen makes, which has little more than a title.
PAGE: Mapping[str, Known] = {
    **{name: Known(known.code, known.kind, MISSING) for name, known in POST.items()},
    **{name: POST[name] for name in ("lang", "title", "url")},
    # Jekyll's pages have none of these.
    "collection": Known('("posts" if {}.kind == "post" else {}.collection)', "any", MISSING),
    "id": Known('({}.id if {}.kind == "post" else "")', "plain"),
}
LOOP: Mapping[str, Known] = {
    "first": Known("{}.first", "truth"),
    "index": Known("{}.index", "number"),
    "index0": Known("{}.index0", "number"),
    "last": Known("{}.last", "truth"),
    "length": Known("{}.length", "number"),
    "rindex": Known("{}.revindex", "number"),
    "rindex0": Known("{}.revindex0", "number"),
}
PAGINATOR: Mapping[str, Known] = {
    **{name: Known(f"{{}}.{name}", "number") for name in ("page", "per_page", "total_pages", "total_posts")},
    **{name: Known(f"{{}}.{name}", "number", EMPTY) for name in ("next_page", "previous_page")},
    **{name: Known(f"{{}}.{name}", "plain", EMPTY) for name in ("next_page_path", "previous_page_path")},
    "posts": Known("{}.posts", "posts"),
}
ATTRIBUTES: Mapping[str, Mapping[str, Known]] = {
    # A mapping in `_config.yml`; sitegen's setting is the name in it.
    "author": {"name": Known("{}", "text")},
    "document": _DOCUMENT,
    "github": {name: Known(f"{{}}.{name}", "any", MISSING, _GITHUB) for name in _GITHUB_KEYS},
    "group": {
        "items": Known("{}.items", "list"),
        "name": Known("{}.name", "any"),
        "size": Known("{}.size", "number"),
    },
    "jekyll": {
        "environment": Known("site.environment", "plain"),
        "version": Known("site.generator", "plain"),
    },
    "loop": LOOP,
    "page": PAGE,
    "paginator": PAGINATOR,
    "post": POST,
    "site": SITE,
    "social": {"links": Known("site.social", "list")},
    "term": {"first": Known("{}[0]", "text"), "last": Known("{}[1]", "posts")},
    "pair": {"first": Known("{}[0]", "text"), "last": Known("{}[1]", "any")},
    "twitter": {"username": Known("{}", "text")},
}
ROOTS: Mapping[str, Value] = {
    "content": Value("content", "markup"),
    "forloop": Value("loop", "loop"),
    "include": Value("include", "named", MISSING),
    "jekyll": Value("jekyll", "jekyll"),
    "layout": Value("layout", "named"),
    "page": Value("page", "page"),
    "paginator": Value("paginator", "paginator", MISSING),
    "site": Value("site", "site"),
}
_EXTRA = {"site": "site.extra", "author": "site.extra.author", "twitter": "site.extra.twitter"}  # where other keys are
_NAMED = ("document", "group", "jekyll", "loop", "named", "page", "paginator", "post", "site")
_ITEMS = {"posts": "post", "documents": "document", "groups": "group", "numbers": "number"}
_ITEMS |= {"texts": "text", "words": "text", "terms": "term", "sorted terms": "term", "pairs": "pair"}


def item_kind(kind: str) -> str:
    """What a list of that kind holds."""
    return _ITEMS.get(kind, "any")


def attribute(owner: Value, word: str) -> tuple[Value, str]:
    """What `owner.word` is, and a hint where it wants a hand."""
    if owner.kind == "named" and word == "post":
        return Value(f"{owner.within(Level.ATOM)}.post", "post", MISSING), ""  # what else would it be?
    known = ATTRIBUTES.get(owner.kind, {}).get(word)
    if known is not None:
        surety = known.surety if owner.there else MISSING
        return Value(known.code.replace("{}", owner.within(Level.ATOM)), known.kind, surety), known.hint
    if word in ("size", "first", "last") and owner.kind not in _NAMED:
        return end_of(owner, word), ""
    return Value(step(_EXTRA.get(owner.kind, owner.within(Level.ATOM)), word), "any", MISSING), ""


def end_of(owner: Value, word: str) -> Value:
    """The size of a list or text, its first item or its last one."""
    if word == "size":
        return as_list(owner).or_else("[]").piped("length", "number")
    source = as_list(owner) if word == "last" else owner
    found = source.or_else("[]").piped(word, item_kind(owner.kind))
    return Value(found.code, found.kind, MISSING, Level.FILTERED)


def entry(owner: Value, code: str, place: int | None) -> Value:
    """What stands in brackets behind a value; `place` is the number, where it is one."""
    if place in (0, 1) and owner.kind in ("term", "pair"):
        kind = "text" if place == 0 else "posts" if owner.kind == "term" else "any"
        return Value(f"{owner.within(Level.ATOM)}[{code}]", kind, THERE)
    kind = "posts" if owner.kind == "terms" else item_kind(owner.kind)
    return Value(f"{owner.within(Level.ATOM)}[{code}]", kind, MISSING)
