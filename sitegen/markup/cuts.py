"""HTML cut at its tags, so that what is made of a body looks only at those that it needs.

What engines write is regular, and one regular expression cuts it. HTML in which anything is odd, which authors write,
is cut as browsers do it, by `tokens`. Both ways make the same of HTML that is regular.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from sitegen.frozen import dataclass
from sitegen.markup.tokens import RAW, RECONSTRUCTED, VOID, Token, balanced, tokens
from sitegen.patterns import regex

# What stands between two texts where it is no tag; NOTHING: they stand side by side. RAW_TEXT is before the name of the
# element whose content it is.
NOTHING, COMMENT, RAW_TEXT = "", "!", "#"

_DEEPEST = 100  # elements inside each other that the quick way looks at
_TAG = regex(r"""(<(/?[a-z][a-z0-9]*+)(?:>|([ /][^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+)>))""")

_GIVEN = regex(r"[\s/]")  # in a tag that may have attributes


@dataclass(frozen=True)
class Cut:
    """The pieces of HTML: `texts[i]` stands before `tags[i]`, and the last text behind all of them.

    `names[i]` says what a tag is: "p" opens an element, "/p" closes it. `given` are the places of the opening tags
    that may have attributes, in order.
    """

    texts: Sequence[str]
    tags: Sequence[str]
    names: Sequence[str]
    given: Sequence[int] = ()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The names, each once."""
        return frozenset(self.names)

    @property
    def opening(self) -> Sequence[str]:
        """The opening tags that may have attributes."""
        return [self.tags[at] for at in self.given]

    @property
    def html(self) -> str:
        """The pieces joined."""
        return interleaved(self.texts, self.tags)

    def part(self, start: int, end: int) -> Cut:
        """The tags from `start` on and before `end`, with what stands between them."""
        inside = self.given[bisect_left(self.given, start) : bisect_left(self.given, end)]
        given = [at - start for at in inside]
        return Cut(["", *self.texts[start + 1 : end], ""], self.tags[start:end], self.names[start:end], given)

    def inside(self, start: int, end: int) -> Cut:
        """What stands between two tags."""
        if end == start + 1:
            return Cut(self.texts[end : end + 1], (), ())
        part = self.part(start + 1, end)
        return Cut(self.texts[start + 1 : end + 1], part.tags, part.names, part.given)

    def changed(self, change: Callable[[str], str]) -> Cut:
        """The same with other opening tags, of those that may have attributes."""
        tags = list(self.tags)
        for at in self.given:
            tags[at] = change(tags[at])
        return replace(self, tags=tags)

    def without(self, unwanted: Callable[[str, str], bool]) -> Cut:
        """The same but for the elements whose name and opening tag are unwanted, with all that is in them."""
        pairs = zip(self.names, self.tags, strict=True)
        if not any(is_opening(name) and unwanted(name, tag) for name, tag in pairs):
            return self
        texts, tags, names = list(self.texts), list(self.tags), list(self.names)
        skipped, depth = "", 0
        for at, name in enumerate(self.names):
            if skipped:
                texts[at] = ""
                depth += (name == skipped) - (name == f"/{skipped}")
            elif is_opening(name) and unwanted(name, tags[at]):
                skipped, depth = name, int(name not in VOID)
            else:
                continue
            tags[at], names[at] = "", NOTHING
            skipped = skipped if depth else ""
        texts[-1] = "" if skipped else texts[-1]
        return Cut(texts, tags, names, self.given)

    def without_tags(self, *unwanted: str) -> Cut:
        """The same but for the tags, or comments, of these names; what is in the elements stays."""
        if self.kinds.isdisjoint(unwanted):
            return self
        tags = ["" if name in unwanted else tag for name, tag in zip(self.names, self.tags, strict=True)]
        names = [NOTHING if name in unwanted else name for name in self.names]
        return Cut(self.texts, tags, names, self.given)


def is_opening(name: str) -> bool:
    """Whether a tag of that name opens an element."""
    return name[:1].isalpha()


def interleaved(texts: Sequence[str], between: Sequence[str]) -> str:
    """The texts joined, with what comes between them; there is one text more."""
    pieces = [""] * (len(texts) + len(between))
    pieces[::2], pieces[1::2] = texts, between
    return "".join(pieces)


def cut(html: str) -> Cut:
    """The pieces of the HTML as it is."""
    return regular(html) or exact(tokens(html))


def whole(html: str) -> Cut:
    """The pieces of the HTML as a whole of its own: see `tokens.balanced`."""
    found = regular(html)
    return found if found and is_balanced(found) else exact(balanced(tokens(html)))


def regular(html: str) -> Cut | None:
    """The pieces of HTML that has no comment, no `<` but that of a whole tag, and no text that is none of HTML."""
    pieces = _TAG.split(html)
    names = pieces[2::4]
    if html.count("<") != len(names):
        return None
    given = [at for at, more in enumerate(pieces[3::4]) if more and names[at][0] != "/"]
    found = Cut(pieces[::4], pieces[1::4], names, given)
    return found if RAW.isdisjoint(found.kinds) else None


def is_balanced(found: Cut) -> bool:
    """Whether in regular HTML all is closed, the innermost first, and nothing goes on behind its end."""
    ends = [""]
    for name in found.names:
        if name == ends[-1]:
            ends.pop()
        elif name not in VOID:
            end = f"/{name}"
            if name[0] == "/" or len(ends) > _DEEPEST + 1 or (end in ends and name in RECONSTRUCTED):
                return False
            ends.append(end)
    return not (len(ends) > 1 or "plaintext" in found.kinds or any(_ends_itself(found, at) for at in found.given))


def _ends_itself(found: Cut, at: int) -> bool:
    """Whether it is an element `<x/>` as drawings and formulas have them."""
    return found.tags[at][-2] == "/" and found.names[at] not in VOID


def exact(pieces: Iterable[Token]) -> Cut:
    """The pieces of HTML that is in tokens."""
    texts: list[str] = []
    tags: list[str] = []
    names: list[str] = []
    for token in pieces:
        text = token.kind == "text"
        if text and len(texts) > len(tags):
            tags.append("")
            names.append(NOTHING)
        elif not text and len(texts) == len(tags):
            texts.append("")
        if text:
            texts.append(token.source)
        else:
            tags.append(token.source)
            names.append(_name(token))
    texts += [""] * (len(texts) == len(tags))
    given = [at for at, name in enumerate(names) if is_opening(name) and _GIVEN.search(tags[at])]
    return Cut(texts, tags, names, given)


def _name(token: Token) -> str:
    if token.kind == "raw":
        return RAW_TEXT + token.name
    return {"open": token.name, "close": f"/{token.name}"}.get(token.kind, COMMENT)
