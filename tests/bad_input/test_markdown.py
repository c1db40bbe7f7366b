"""Bodies: whatever stands in a post, the build ends in time, and the post is named where it is too much."""

from pathlib import Path
from time import process_time

import pytest

from tests.bad_input.trial import POST, Case, build, check_words, write

BODIES = (
    ("brackets", "[" * 50_000),
    ("images", "![" * 20_000),
    ("brackets-closed", "[" * 5_000 + "]" * 5_000),
    ("links", "[a](" * 5_000),
    ("quotes", ">" * 5_000 + " x"),
    ("quotes-apart", "> " * 2_000 + "x"),
    ("lists", "\n".join("  " * depth + "- x" for depth in range(400))),
    ("stars", "*" * 50_000),
    ("stars-apart", "*a " * 10_000),
    ("underscores", "_a_" * 10_000),
    ("backticks", "`" * 30_000),
    ("backticks-growing", " ".join("`" * n for n in range(1, 400))),
    ("tags", "<div>" * 3_000),
    ("tag-open", "<" * 30_000),
    ("comment-open", "<!--" * 5_000),
    ("entities", "&" * 30_000),
    ("rules", "---\n" * 5_000),
    ("headings", "# x\n" * 3_000),
    ("hashes", "#" * 30_000),
    ("tables", "|" * 20_000 + "\n" + "|-" * 10_000),
    ("footnotes", "".join(f"[^{n}]: x\n" for n in range(1_000))),
    ("references", "".join(f"[{n}]: /x\n" for n in range(3_000))),
    ("reference-itself", "[a]: [a]\n\n[a]"),
    ("fence-open", "```python\nx = 1\n"),
    ("fence-unknown", "```nonsense-language\nx\n```\n"),
    ("fence-large", "```python\n" + "x = 1\n" * 5_000 + "```\n"),
    ("fences", "```\n~~~\n" * 3_000),
    ("one-line", "word " * 100_000),
    ("one-word", "x" * 500_000),
    ("backslashes", "\\" * 30_000),
    ("braces", "{: .x}" * 5_000),
    ("toc", "[TOC]\n\n" * 500),
    ("maths", "$" * 20_000),
    ("liquid", "{% nope %} {{ x }} {% raw %}"),
    ("jinja", "{{ 1 / 0 }}{% for x in range(10**9) %}{% endfor %}"),
    ("script", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ("html-open", "<p><b><i>\n\nx\n\n</div></div>"),
    ("nul-made", "\x02\x03klzzwxh:0000\x03"),
    ("emoji", "😀👨‍👩‍👧 " * 2_000),
    ("combining", "a" + "\u0301" * 20_000),
    ("right-to-left", "\u202e" * 1_000 + "x"),
    ("separators", "a\u2028b\u2029c\x85d\x0ce\x1cf"),
    ("tabs", "\t" * 5_000 + "x"),
    ("blanks", " " * 50_000 + "x"),
    ("line-ends", "\n" * 50_000 + "x"),
)


SLOW = {"brackets-closed"}


@pytest.mark.parametrize(
    ("name", "body"),
    [pytest.param(*body, id=body[0], marks=[pytest.mark.slow] if body[0] in SLOW else []) for body in BODIES],
)
def test_a_body_builds_or_is_named(site: Path, name: str, body: str) -> None:
    write(site, {POST: f"---\ntitle: x\n---\n{body}\n"})
    started = process_time()  # not the clock: others are at work on the same machine
    done = build(site)
    assert process_time() - started < 20
    check_words(done, () if done.code == 0 else (POST,))
    assert done.code == 0 or (site / "output/2024/01/01/good/index.html").is_file()


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_the_line_counts_the_front_matter(site: Path, engine: str) -> None:
    body = "---\ntitle: x\n---\n\nfine\n\n" + "[" * 50_000 + "\n"
    write(site, {POST: body, "sitegen.toml": f'markdown.engine = "{engine}"\n'})
    done = build(site)
    check_words(done, () if done.code == 0 else Case("line", {}, (f"{POST}:7: ",)).says)
