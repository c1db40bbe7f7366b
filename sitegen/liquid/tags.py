"""The tags that Jekyll adds to Liquid's (tags/*.rb)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TextIO, cast
from urllib.parse import quote

from liquid.ast import Node
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from sitegen.liquid.arguments import filled, first_and_rest, pairs
from sitegen.liquid.context import Context, WrongTag
from sitegen.liquid.highlighting import Options, figure
from sitegen.liquid.targets import linked, posted

Render = Callable[[Context, TextIO], object]


class JekyllNode(Node):
    """A node that renders by a function."""

    __slots__ = ("_render",)

    def __init__(self, token: Token, render: Render) -> None:
        super().__init__(token)
        self._render = render
        self.blank = False

    def __str__(self) -> str:
        return self.token.value

    def render_to_output(self, context: object, buffer: TextIO) -> int:
        """Write what the tag stands for; what it cannot find is told, and its text stays."""
        try:
            self._render(cast(Context, context), buffer)
        except WrongTag as error:
            if error.token is not self.token:
                raise
            buffer.write(cast(Context, context).run.left(error, self.token))
        return 1


def _argument(stream: TokenStream) -> tuple[Token, Token]:
    """The tag, and what stands in it. The stream is left at the last of both."""
    tag = stream.current
    if stream.peek.kind == TOKEN_EXPRESSION:
        next(stream)
        return tag, stream.current
    return tag, Token(TOKEN_EXPRESSION, "", tag.start_index, tag.source)


class AddressTag(Tag):
    """`link` and `post_url`: the address of a file of the site."""

    block = False
    find: Callable[[Context, str, Token], str]

    def parse(self, stream: TokenStream) -> Node:
        """One name."""
        tag, token = _argument(stream)
        if not token.value.strip():
            raise WrongTag(f"`{self.name}` names nothing", tag)
        find, text = type(self).find, token.value.strip()
        return JekyllNode(
            tag, lambda context, buffer: buffer.write(find(context, filled(text, context, token).strip(), tag))
        )


class LinkTag(AddressTag):
    """`{% link _posts/2026-05-06-x.md %}`."""

    name = "link"
    find = staticmethod(linked)


class PostUrlTag(AddressTag):
    """`{% post_url 2026-05-06-x %}`."""

    name = "post_url"
    find = staticmethod(posted)


class IncludeTag(Tag):
    """`{% include note.html kind="x" text=page.title %}`."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """A name, and pairs."""
        tag, token = _argument(stream)
        name, rest = first_and_rest(token)
        given = pairs(self.env, rest, token)

        def render(context: Context, buffer: TextIO) -> None:
            values = {key: one.evaluate(context) if isinstance(one, Expression) else one for key, one in given.items()}
            with context.including(tag, values):
                context.run.include(self.name, filled(name, context, token), tag, context, buffer)

        return JekyllNode(tag, render)


class IncludeRelativeTag(IncludeTag):
    """The same, of a file beside the post."""

    name = "include_relative"


class IncludeCachedTag(IncludeTag):
    """jekyll-include-cache: quicker there, the same here."""

    name = "include_cached"


class HighlightTag(Tag):
    """`{% highlight ruby linenos %}`: code in colour."""

    name = "highlight"

    def parse(self, stream: TokenStream) -> Node:
        """A language, options, and code until `endhighlight`."""
        tag, token = _argument(stream)
        options = Options.read(token.value)
        if options is None:
            raise WrongTag("`highlight` wants a language, as in: highlight ruby linenos", tag)
        next(stream)
        block = get_parser(self.env).parse_block(stream, ("endhighlight",))
        stream.expect(TOKEN_TAG, value="endhighlight")

        def render(context: Context, buffer: TextIO) -> None:
            inner = context.get_buffer(buffer)
            block.render(context, inner)
            code = re.sub(r"\A[\r\n]+|[\r\n]+\Z", "", inner.getvalue())
            buffer.write(figure(code, options, unbroken=_may_break(tag, context)))

        return JekyllNode(tag, render)


def _may_break(tag: Token, context: Context) -> bool:
    """Whether Markdown could end the HTML too early: CommonMark at a blank line, any engine in a list or a quote."""
    line = tag.source[tag.source.rfind("\n", 0, tag.start_index) + 1 : tag.start_index]
    document = context.run.document
    engine = document.engine or context.look.config.engine
    return not (document.is_html or document.verbatim) and (bool(line) or engine == "commonmark")


class GistTag(Tag):
    """jekyll-gist, which GitHub Pages has: `{% gist user/1234 file.rb %}`."""

    name = "gist"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """An id, and perhaps one of its files."""
        tag, token = _argument(stream)

        def render(context: Context, buffer: TextIO) -> None:
            words = filled(token.value, context, token).replace('"', "").replace("'", "").split()
            if not words or not re.fullmatch(r"(?:[\w-]+/)?[0-9A-Fa-f]+", words[0]):
                raise WrongTag("`gist` wants the id of a gist, as in: gist user/1234abcd", tag)
            file = f"?file={quote(words[1])}" if len(words) > 1 else ""
            buffer.write(f'<script src="https://gist.github.com/{words[0]}.js{file}"> </script>')

        return JekyllNode(tag, render)


class NothingTag(Tag):
    """What a plugin of Jekyll's puts into the head, and our layouts have there already."""

    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Nothing."""
        tag, _ = _argument(stream)
        return JekyllNode(tag, lambda context, buffer: None)


class SeoTag(NothingTag):
    """jekyll-seo-tag."""

    name = "seo"


class FeedMetaTag(NothingTag):
    """jekyll-feed."""

    name = "feed_meta"


JEKYLL_TAGS: tuple[type[Tag], ...] = (
    FeedMetaTag,
    GistTag,
    HighlightTag,
    IncludeCachedTag,
    IncludeRelativeTag,
    IncludeTag,
    LinkTag,
    PostUrlTag,
    SeoTag,
)
