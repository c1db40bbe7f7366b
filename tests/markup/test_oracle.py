"""The default engine against kramdown itself, where Debian's ruby-kramdown-parser-gfm is installed."""

import json
import random
import shutil
import subprocess
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import MarkupSettings, render
from sitegen.markup.dialect import Dialect, changed
from sitegen.markup.tokens import attributes, tokens
from tests.markup.test_dialect import CHOICES, ROWS

SITE = MarkupSettings()
PROGRAM = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
options = {input: "GFM", hard_wrap: false, syntax_highlighter: nil}
$stdin.each_line do |line|
  text, more = JSON.parse(line)
  puts JSON.generate(Kramdown::Document.new(text, options.merge(more.transform_keys(&:to_sym))).to_html)
end
"""
NOT_COPIED = (
    "a | b",  # a table
    "In\n1986. A year",  # a list
    "<div>\n- a",  # of the same blanks
    "`a|b` c",
    "# A {: .c}",
)
WORDS = [
    "a", "b_c", "*d*", "**e**", "*", "**", "_", "__f__", "`g`", "`", "``h`i``", "[j](/k)", "[ref]", "[l][ref]", "[",
    "]", "![m](/n)", "<o>", "<b>p</b>", "</b>", "<", ">", "&amp;", "&", "\\*", "\\", '"', "'", '"q"', "r's", "--",
    "...", "<<", "~~s~~", "~~", "$$t$$", "{u}", "(", ")", "日本", "é", "5*6", "***v***", "<http://w.x>", "!", ".",
    "  \n", "\n",
]  # fmt: skip
LINES = [
    "",
    "",
    "- ",
    "  - ",
    "1. ",
    "   ",
    "    ",
    "> ",
    "# ",
    "---",
    "```",
    "<div>",
    "</div>",
    "| a | b |",
    "^",
    "{: .c}",
]
OURS = ("div", "span", "input")  # stand elsewhere or look different by intent


def kramdown(texts, options=None):
    """The HTML that kramdown makes of each text, with its options."""
    if not shutil.which("ruby"):
        pytest.skip("no Ruby")
    lines = "".join(json.dumps([text, options or {}]) + "\n" for text in texts)
    run = subprocess.run(["ruby", "-W0", "-e", PROGRAM], input=lines, capture_output=True, text=True)
    if run.returncode:
        pytest.skip("no kramdown")
    return [json.loads(line) for line in run.stdout.rstrip("\n").split("\n")]


def read(html):
    """What a reader and a link see of the HTML: words, tags, ids of headings, addresses."""
    found: list[object] = []
    for token in tokens(html):
        if token.kind == "text":
            found += unescape(token.source).split()
        elif token.kind == "open" and token.name not in OURS:
            given = attributes(token.source)
            keys = ["id"] if token.name[0] == "h" else ["href", "src", "alt", "title"] if token.name in "a img" else []
            found.append((token.name, *(given[key] for key in keys if key in given and "footnote" not in given[key])))
    return "".join(word if isinstance(word, str) else repr(word) for word in found)


def differences(texts):
    texts = [text for text in texts if not text.startswith(NOT_COPIED)]
    return [
        (text, theirs)
        for text, theirs in zip(texts, kramdown(texts), strict=True)
        if read(theirs) != read(render(text, SITE).html)
    ]


def test_each_row_is_as_kramdown_has_it():
    assert differences(markdown for markdown, _ in ROWS) == []


@pytest.mark.parametrize(("options", "markdown"), [row[:2] for row in CHOICES])
def test_each_choice_is_as_kramdown_has_it(options, markdown):
    [theirs] = kramdown([markdown], options)
    assert read(theirs) == read(render(markdown, MarkupSettings(dialect=changed(Dialect(), options))).html)


@pytest.mark.parametrize("seed", range(3))
def test_random_marks_are_as_kramdown_has_them(seed):
    rng = random.Random(seed)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(2, 12))) + "\n\n[ref]: /r\n" for _ in range(300)]
    assert differences(f"x {text.strip(' ')}" for text in texts) == []


WORD = st.text(st.sampled_from("xyzé日"), min_size=1, max_size=6)
MARKED = st.sampled_from(
    ["{}", "*{}*", "**{}", "`{}`", "<b>{}", "</b>{}", "[{}](/u)", "[{}]", "- {}", "  1. {}", "> {}", "# {}", "| {} |",
     "    {}", "~~{}~~", "{}\n---", "```\n{}", "<div>{}", "</div>{}", ": {}", '"{}\'', "$${}$$", "{}\\", "[^{}]",
     "{{: {}", "&{};", "<!-- -->{}", "<p markdown='1'>{}", "<script>{}</script>", "<{} ", "^\n{}", "{}[^1]\n\n[^1]: {}",
     "* * *\n{}", "## {} ##", "<nick> {}", "\u3000{}", "    \u00a0{}", "{}\\\\", "- {}\n  <y>", "{}\n: <q>", "10. {}",
     " \t{}", "&#151;{}", "a | {}", "[{}][r] [r]: /s"]
)  # fmt: skip


@given(st.lists(st.tuples(MARKED, st.sampled_from(["\n", "\n\n", " "])), max_size=10))
def test_no_word_is_lost(pieces):
    body = ""
    for n, (mark, gap) in enumerate(pieces):
        body += mark.replace("{{", "{").replace("{}", f"word{n}") + gap
    html = render(body, SITE).html
    assert [n for n in range(len(pieces)) if f"word{n}" not in html] == []


@pytest.mark.parametrize("seed", range(3))
def test_random_blocks_are_as_kramdown_has_them(seed):
    rng = random.Random(seed)
    words = [word for word in WORDS if "\n" not in word and word != "\\"]
    lines = [line for line in LINES if line not in ("| a | b |", "<div>", "</div>")]

    def line():
        start = rng.choice(lines)
        return start + " ".join(rng.choices(words, k=0 if start == "```" else rng.randint(0, 3)))

    texts = ["\n".join(line() for _ in range(rng.randint(1, 8))) + "\n\n[ref]: /r\n" for _ in range(300)]
    assert differences(texts) == []
