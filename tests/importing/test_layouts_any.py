"""Whatever stands in a layout: it compiles, it keeps its lines; and what is right Liquid shows what it showed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.importing.layouts import convert_all
from sitegen.templates.renderer import Renderer
from tests.importing.layout_trial import Trial, trial

SCRAPS = (
    "{%", "%}", "{{", "}}", "{#", "#}", "-", "|", ":", ",", ".", "..", "[", "]", "(", ")", "=", "==", '"', "'", "\n",
    "a", "page", "site", "forloop", "x.y", "a-b", "in", "not", "ns", "contains", "and", "or", "nil", "empty", "1",
    "{% if ", "{% elsif a %}", "{% else %}", "{% endif %}", "{% for x in ", "{% endfor %}", "reversed", "limit",
    "{% unless a %}", "{% endunless %}", "{% case a %}", "{% when 1 %}", "{% endcase %}", "{% capture b %}",
    "{% endcapture %}", "{% assign a = ", "{% increment ", "{% cycle ", "{% include x.html a=", "{% raw %}",
    "{% endraw %}", "{% comment %}", "{% endcomment %}", "{% highlight ruby %}\n", "{% endhighlight %}",
    "{% tablerow x in y %}", "{% endtablerow %}", "{% break %}", "{% link ", "{% seo %}", "{% avatar ", "{{- a | ",
    "{%- ", " -%}", "date", "sort", "where_exp", "join", "{", "}", "%", "#", "\\", "é", "\r\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return trial(tmp_path_factory.mktemp("reeds"))


@pytest.fixture(scope="module")
def compiled(site: Trial) -> Callable[[str], object]:
    return Renderer(site.site, site.bodies).environment.compile


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # Python's, of `1[0]`
@settings(max_examples=150)
@given(st.lists(st.sampled_from(SCRAPS), max_size=30), st.sampled_from(["", " "]))
def test_anything_compiles(compiled: Callable[[str], object], scraps: list[str], between: str) -> None:
    text = between.join(scraps)
    for path in ("_includes/x.html", "_layouts/default.html"):
        found = convert_all({path: text})[path]
        compiled(found.text)
        assert found.text.count("\n") - text.count("\n") in (0, 1)


NAMES = ("a", "b", "c")
PATHS = (
    *NAMES, "page.title", "page.mood", "page.missing", "page.nothing", "site.email", "site.tagline", "site.nested.deep",
    "site.none.deep",
)  # fmt: skip
TEXTS = ('"x"', '"yy"', '"<b>"', "'q w'")
FILTERS = (
    "upcase", "append: b", 'prepend: "<i>"', 'default: "dd"', 'replace: "x", "z"', 'remove: "y"', "strip",
    "truncate: 4", 'split: "#" | join: "-"', 'split: "" | first', "downcase", "capitalize", "append: site.email",
)  # fmt: skip
CONDITIONS = (
    "page.tags contains 'wet'", "page.title contains 'R'", "page.rank > 2", "site.columns < 2", "page.missing > 2",
)  # fmt: skip
LISTS = {
    "(1..3)": "{0}", "page.tags": "{0}", "site.colours": "{0}", "page.missing": "{0}", "site.posts": "{0}.title",
    "site.data.birds": "{0}.name",
}  # fmt: skip


class Writer:
    """Writes some Liquid by chance. What is empty is asked for nowhere: there the two differ, and are meant to."""

    def __init__(self, chance: Random, deepest: int) -> None:
        self.chance, self.deepest = chance, deepest

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def tag(self, code: str) -> str:
        left, right = ("-" if self.chance.random() < 0.12 else "" for _ in "lr")
        return f"{{%{left} {code} {right}%}}"

    def chain(self) -> str:
        found = self.one(*TEXTS, *PATHS)
        while self.chance.random() < 0.35:
            found += f" | {self.one(*FILTERS)}"
        return found

    def condition(self) -> str:
        path, text = self.one(*PATHS), self.one(*TEXTS, "true", "false")
        found = self.one(
            self.one(*TEXTS, *PATHS[len(NAMES) :]), *CONDITIONS, f"{path} == {text}", f"{path} != {text}",
            f"{path} == nil", f"{path} != nil",
        )  # fmt: skip
        return f"{found} {self.one('and', 'or')} {self.condition()}" if self.chance.random() < 0.3 else found

    def body(self, depth: int) -> str:
        found = ""
        for _ in range(self.chance.randint(1, 3)):
            found += self.one("", "", " ", "\n", "\n", "\n  ", "  \n") + self.statement(depth)
        return found + self.one("", " ", "\n")

    def statement(self, depth: int) -> str:
        plain = (self.text, self.output, self.output, self.assign)
        blocks = (self.choice, self.loop, self.loop, self.capture, self.case)
        return self.chance.choice(plain if depth >= self.deepest else (*plain, *blocks))(depth + 1)

    def text(self, _: int) -> str:
        return self.one("w", "<p>k</p>", "z z", "<i>", "{% comment %} {{ a }} {% endcomment %}")

    def output(self, _: int) -> str:
        return f"{{{{{self.one('', '', '-')} {self.chain()} {self.one('', '', '-')}}}}}"

    def assign(self, _: int) -> str:
        return self.tag(f"assign {self.one(*NAMES)} = {self.chain()}")

    def choice(self, depth: int) -> str:
        word = self.one("if", "unless")
        found = self.tag(f"{word} {self.condition()}") + self.body(depth)
        if self.chance.random() < 0.3:
            found += self.tag(f"elsif {self.condition()}") + self.body(depth)
        if self.chance.random() < 0.4:
            found += self.tag("else") + self.body(depth)
        return found + self.tag(f"end{word}")

    def loop(self, depth: int) -> str:
        items, variable = self.one(*LISTS), self.one("i", "j")
        found = self.tag(f"for {variable} in {items} {self.one('', '', 'limit:2', 'offset:1', 'reversed')}")
        found += self.body(depth) + f"{{{{ {LISTS[items].format(variable)} }}}}"
        if self.chance.random() < 0.3:
            leave = self.one("break", "continue")
            found += self.tag(f"if {self.condition()}") + self.tag(leave) + self.tag("endif")
        found += self.body(depth)
        if self.chance.random() < 0.3:
            found += self.tag("else") + self.body(depth)
        return found + self.tag("endfor")

    def capture(self, depth: int) -> str:
        return self.tag(f"capture {self.one(*NAMES)}") + "K" + self.body(depth) + self.tag("endcapture")

    def case(self, depth: int) -> str:
        found = self.tag(f"case {self.one(*PATHS)}") + self.one("", "\n", "\n  ")
        found += self.tag('when "fine", "x" or "q w"')
        return found + self.body(depth) + self.tag("else") + self.body(depth) + self.tag("endcase")


@settings(max_examples=15)
@given(st.integers(min_value=0))
def test_right_liquid_shows_the_same(site: Trial, seed: int) -> None:
    shows_the_same(site, Writer(Random(seed), 2).body(0))


@pytest.mark.slow
@settings(max_examples=300)
@given(st.integers(min_value=0))
def test_much_right_liquid_shows_the_same(site: Trial, seed: int) -> None:
    shows_the_same(site, Writer(Random(seed), 3).body(0))


def shows_the_same(site: Trial, text: str) -> None:
    files = {"_includes/x.html": text}
    theirs, ours = site.liquid(files, "x.html"), site.jinja(files, "x.html")
    assert "".join(ours.split()) == "".join(theirs.split())
    if "break" not in text and "continue" not in text:
        assert gaps(theirs) <= gaps(ours)


def gaps(text: str) -> set[int]:
    """Behind which signs blanks stand: words that were apart are."""
    found, at = set(), 0
    for word in text.split():
        at += len(word)
        found.add(at)
    return found
