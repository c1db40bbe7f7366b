"""HTML that would change the page around it: what is open at its end, or closes what is not its own."""

from __future__ import annotations

from sitegen.markup.tokens import FOREIGN, IMPLIED, VOID, Token, tokens


def fault(html: str) -> str:
    """What would reach beyond the HTML, in words; "" for nothing.

    >>> fault("<p>well</p>"), fault("<p><b>bold</p>"), fault('<a href="x>y</a>')
    ('', '<b> is not closed', 'a tag that does not end: <a href="x>y</a>')
    """
    elements = _Elements()
    at = 0
    for token in tokens(html):
        if wrong := _unended(token, html, at) or elements.take(token):
            return wrong
        at += len(token.source)
    return elements.left()


def _unended(token: Token, html: str, at: int) -> str:
    """What is wrong with a tag or comment that nothing ends, or that ends far behind a quote that nothing closes."""
    if token.end:
        return "a comment that does not end"
    if token.is_cut:
        return f"a tag that does not end: {html[at : at + 40]}"
    return "<plaintext> never ends" if token.name == "plaintext" else ""


class _Elements:
    """The elements that are open, each with whether it is foreign: part of a drawing or a formula."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []

    def take(self, token: Token) -> str:
        """Open or close one; what is wrong with that."""
        if token.name in VOID or token.kind not in ("open", "close"):
            return ""
        return self._close(token.name) if token.kind == "close" else self._opened(token)

    def _opened(self, token: Token) -> str:
        foreign = token.name in FOREIGN or (bool(self._open) and self._open[-1][1])
        if not (foreign and token.source.endswith("/>")):
            self._open.append((token.name, foreign))
        return ""

    def _close(self, name: str) -> str:
        while self._open and self._open[-1][0] in IMPLIED and self._open[-1][0] != name:
            self._open.pop()
        if self._open and self._open[-1][0] == name:
            self._open.pop()
        elif name not in IMPLIED:
            return f"<{self._open[-1][0]}> is not closed" if self._open else f"</{name}> closes what is not open"
        return ""

    def left(self) -> str:
        """What is wrong at the end."""
        return next((f"<{name}> is not closed" for name, _ in reversed(self._open) if name not in IMPLIED), "")
