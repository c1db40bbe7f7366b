"""HTML whose addresses lead elsewhere and whose pictures are shown in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape

from sitegen.markup.links import with_address
from sitegen.markup.tokens import Token, attributes, change_attributes, joined, tokens

ShownAs = Callable[[str, Mapping[str, str], bool], str]  # the tag, its attributes, whether it may be wrapped


def dressed(html: str, address: Callable[[str], str], picture: ShownAs, *, captions: bool) -> str:
    """The HTML with every address changed by `address`, and each `<img>` by `picture`.

    One within a `<picture>` is its author's: it is never wrapped in another. With `captions`, a picture that is alone
    in its paragraph and has a title becomes a figure with that below it.
    """
    pieces = list(tokens(html))
    return joined(_changed(_captioned(pieces) if captions else pieces, address, picture))


def _changed(pieces: Iterable[Token], address: Callable[[str], str], picture: ShownAs) -> Iterator[Token]:
    depth = 0
    for token in pieces:
        if token.name == "picture":
            depth += (token.kind == "open") - (token.kind == "close")
        if token.kind != "open" or "=" not in token.source:
            yield token
            continue
        source = change_attributes(token.source, lambda name, value: with_address(name, value, address))
        if token.name == "img":
            source = picture(source, attributes(source), depth == 0)
        yield token._replace(source=source)


def _captioned(pieces: Sequence[Token]) -> Iterator[Token]:
    """Paragraphs of one picture with a title, perhaps within a link, as figures."""
    at = 0
    while at < len(pieces):
        length, image = _alone(pieces, at)
        if not length:
            yield pieces[at]
            at += 1
            continue
        title = attributes(image.source)["title"]
        yield Token("open", "figure", "<figure>")
        for token in pieces[at + 1 : at + length - 1]:
            plain = change_attributes(token.source, lambda name, value: None if name == "title" else value)
            yield token._replace(source=plain) if token is image else token
        yield Token("text", "", f"\n<figcaption>{escape(title, quote=False)}</figcaption>")
        yield Token("close", "figure", "</figure>")
        at += length


def _alone(pieces: Sequence[Token], at: int) -> tuple[int, Token]:
    """How many tokens the paragraph has that begins there, and its picture; 0 where it is not a captioned one."""
    token = pieces[at]
    if token.source != "<p>":
        return 0, token
    names = [(one.kind, one.name) for one in pieces[at : at + 5]]
    for shape in (_BARE, _LINKED):
        if names[: len(shape)] == list(shape):
            image = next(one for one in pieces[at : at + 5] if one.name == "img")
            return (len(shape), image) if attributes(image.source).get("title", "").strip() else (0, token)
    return 0, token


_BARE = (("open", "p"), ("open", "img"), ("close", "p"))
_LINKED = (("open", "p"), ("open", "a"), ("open", "img"), ("close", "a"), ("close", "p"))
