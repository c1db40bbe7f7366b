"""HTML whose addresses lead elsewhere and whose pictures are shown in another way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape

from sitegen.markup.cuts import Cut, cut, is_opening
from sitegen.markup.links import with_address
from sitegen.markup.tokens import attributes, change_attributes
from sitegen.model.pictures import Around

ShownAs = Callable[[str, Mapping[str, str], Around], str]  # the tag, its attributes, what is around it


def dressed(html: str, address: Callable[[str], str], picture: ShownAs, *, captions: bool) -> str:
    """The HTML with every address changed by `address`, and each `<img>` by `picture`.

    One within a `<picture>` is its author's: it is never wrapped in another. With `captions`, a picture that is alone
    in its paragraph and has a title becomes a figure with that below it.
    """
    body = cut(html)
    return _changed(_captioned(body) if captions else body, address, picture).html


def _changed(body: Cut, address: Callable[[str], str], picture: ShownAs) -> Cut:
    tags = list(body.tags)
    depth = 0
    figures: list[bool] = []  # those that are open: whether it is a gallery
    for at, name in enumerate(body.names):
        if name in ("picture", "/picture"):
            depth += 1 if name == "picture" else -1
        elif name == "figure":
            figures.append("gallery" in attributes(tags[at]).get("class", "").split())
        elif name == "/figure" and figures:
            figures.pop()
        if is_opening(name) and "=" in tags[at]:
            tag = change_attributes(tags[at], lambda name, value: with_address(name, value, address))
            tags[at] = picture(tag, attributes(tag), Around(depth == 0, any(figures))) if name == "img" else tag
    return replace(body, tags=tags)


def _captioned(body: Cut) -> Cut:
    """Paragraphs of one picture with a title, perhaps within a link, as figures."""
    tags, texts = list(body.tags), list(body.texts)
    for start, name in enumerate(body.names):
        shape = next((one for one in _ALONE if _has(body, start, one)), ()) if name == "p" else ()
        if not shape:
            continue
        image, end = start + shape.index("img"), start + len(shape) - 1
        title = attributes(tags[image]).get("title", "")
        if title.strip():
            tags[image] = change_attributes(tags[image], lambda name, value: None if name == "title" else value)
            texts[end] = f"\n<figcaption>{escape(title, quote=False)}</figcaption>"
            tags[start], tags[end] = "<figure>", "</figure>"
    return replace(body, texts=texts, tags=tags)


def _has(body: Cut, start: int, shape: Sequence[str]) -> bool:
    """Whether the tags from here on are those, with nothing between them."""
    end = start + len(shape)
    return (
        body.tags[start] == "<p>"
        and tuple(body.names[start:end]) == tuple(shape)
        and not any(body.texts[start + 1 : end])
    )


_ALONE = (("p", "img", "/p"), ("p", "a", "img", "/a", "/p"))
