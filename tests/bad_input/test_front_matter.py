"""Front matter: what is wrong in it, where, and what to write instead."""

from pathlib import Path

import pytest

from tests.bad_input.trial import POST, Case, build, pass_with, refuse

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]" for before, name in zip("abcdef", "bcdefg", strict=True)
)


def yaml(name: str, text: str, line: int, *words: str) -> Case:
    """A post with this front matter; `line` is the file's."""
    return Case(name, {POST: f"---\n{text}\n---\nBody\n"}, (" | ".join((f"{POST}:{line}: ", *words)),))


def whole(name: str, text: str | bytes, line: int, *words: str) -> Case:
    """A post that is this text."""
    return Case(name, {POST: text}, (" | ".join((f"{POST}:{line}: ", *words)),))


BROKEN = (
    yaml("colon", "title: a: b", 2, "a colon inside", 'title: "a: b"'),
    yaml("colon-end", "title: Part one:", 2, "a colon inside", 'title: "Part one:"'),
    yaml("colon-item", "tags:\n  - a: b: c", 3, "a colon inside"),
    yaml("tab", "form:\n\tsubmit: x", 3, "a tab", "spaces"),
    yaml("tab-deep", "form:\n  fields:\n  \tname: x", 4, "a tab"),
    yaml("open-quote", 'layout: post\ntitle: "abc', 3, "never closed"),
    yaml("open-apostrophe", "title: 'abc\nlayout: post", 2, "never closed"),
    yaml("apostrophe", "title: 'It's fine'", 2, "after the closing quote", 'title: "It\'s fine"'),
    yaml("open-bracket", "tags: [a, b\nlayout: post", 2, "[", "not closed"),
    yaml("open-brace", "form: {fields: {a: b}\nlayout: post", 2, "{", "not closed"),
    yaml("bracket", "title: [Draft] My post", 2, "begin with [", 'title: "[Draft] My post"'),
    yaml("at", "title: @me", 2, "begin with @", 'title: "@me"'),
    yaml("percent", "title: %1", 2, "begin with %", 'title: "%1"'),
    yaml("backtick", "title: `x`", 2, "begin with `"),
    yaml("star", "title: *bold*", 2, "begin with *", 'title: "*bold*"'),
    yaml("undefined-alias", "tags: *nope", 2, "begin with *"),
    yaml("ampersand", "title: &c and so on", 2, "begin with &"),
    yaml("greater", "title: > x", 2, "begin with >"),
    yaml("pipe", "title: | x", 2, "begin with |"),
    yaml("liquid", "title: {{ site.title }}", 2, "quote", '"{{ site.title }}"'),
    yaml("jinja", "title: {% x %}", 2, "begin with {"),
    yaml("tag", "title: !foo bar", 2, "a YAML tag: !foo"),
    yaml("python", "title: !!python/object/apply:os.system ['id']", 2, "a YAML tag: !!python/object"),
    yaml("python-name", "title: !!python/name:os.system", 2, "a YAML tag"),
    yaml("binary", "title: !!binary aGVsbG8=", 2, "a YAML tag: !!binary"),
    yaml("ruby", "title: !ruby/object:Gem {}", 2, "a YAML tag"),
    yaml("no-blank", "title:Hello", 2, "write a blank after the colon: title: Hello"),
    yaml("no-colon", "title Hello", 2, "not `key: value`"),
    yaml("no-colon-later", "title: x\nlayout post\ntags: a", 4, "a line without `key: value`"),
    yaml("indented", "title: x\n  layout: post", 3, "indented below a line"),
    yaml("dedent", "form:\n    a: 1\n  b: 2", 4, "does not fit in"),
    yaml("twice", "title: a\ntitle: b", 3, "`title` is given twice"),
    yaml("twice-inside", "form:\n  submit: a\n  submit: b", 4, "`form.submit` is given twice"),
    yaml("list", "- a\n- b", 2, "a list"),
    yaml("text", "just text", 2, "a text"),
    yaml("number", "42", 2, "a text"),
    yaml("bomb", BOMB, 2, "aliases unfold"),
    yaml("alias-in-itself", "a: &a [*a]", 2, "an alias inside of what it stands for"),
    yaml("alias-in-its-map", "a: &a\n  b: *a", 2, "an alias inside"),
    yaml("deep", "a: " + "[" * 100 + "]" * 100, 2, "deep"),
    yaml("deeper", "a: " + "[" * 50_000, 2, "deep"),
    yaml("deep-items", "a:\n" + "- " * 50_000 + "x", 3, "deep"),
    yaml("deep-keys", "? " * 50_000 + "x", 2, "deep"),
    yaml("deep-block", "\n".join(" " * depth + "a:" for depth in range(600)), 66, "deep"),
    yaml("merge", "b:\n  <<: 3", 3, "`<<` wants a mapping"),
    yaml("list-key", "? [a, b]\n: c", 2, "a key that is a list"),
    yaml("control", "title: a\x08b", 2, "U+0008"),
    yaml("escape", "title: a\x1b[31mb", 2, "U+001B"),
    yaml("delete", "title: a\x7fb", 2, "U+007F"),
    yaml("control-escaped", 'title: "a\\x08b"', 2, "U+0008"),
    yaml("nul-escaped", 'title: "a\\0b"', 2, "U+0000"),
    yaml("surrogate-escaped", 'title: "a\\ud800b"', 2, "double quotes"),
    yaml("backslash", 'title: "C:\\path"', 2, "double quotes", "single quotes"),
    whole("nul", "---\ntitle: a\0b\n---\n", 2, "a NUL character"),
    whole("nul-body", "---\ntitle: x\n---\n\na\0b\n", 5, "a NUL character"),
    whole("not-closed", "---\ntitle: x\n\nBody\n", 1, "never closed", "write a line of ---"),
    whole("closed-by-four", "---\ntitle: x\n----\nBody\n", 1, "never closed", "line 3 is `----`"),
    whole("closed-by-two", "---\ntitle: x\n--\nBody\n", 1, "never closed", "line 3 is `--`"),
    whole("closed-indented", "---\ntitle: x\n ---\nBody\n", 1, "never closed", "line 3"),
    whole("closed-by-dash", "---\ntitle: x\n—\nBody\n", 1, "never closed", "line 3"),
    whole("only-opened", "---", 1, "never closed"),
    whole("opened-late", "\n\n---\ntitle: x\n---\nBody\n", 3, "not read as front matter", "first line"),
    whole("opened-indented", " ---\ntitle: x\n---\nBody\n", 1, "not read as front matter"),
    whole("opened-by-four", "----\ntitle: x\n---\nBody\n", 1, "not read as front matter"),
    whole("opened-with-text", "--- yaml\ntitle: x\n---\nBody\n", 1, "not read as front matter"),
    whole("toml", "+++\ntitle = 'x'\n+++\nBody\n", 1, "not read as front matter", "YAML"),
    whole("latin-1", "---\nx: y\ntitle: caf\xe9\n---\n".encode("latin-1"), 3, "not UTF-8", 'that byte is "é"'),
    whole("latin-1-body", "---\ntitle: x\n---\n\ncaf\xe9\n".encode("latin-1"), 5, "not UTF-8"),
    whole("windows", "---\ntitle: \x93x\x94\n---\n".encode("latin-1"), 2, "not UTF-8", "“"),
    whole("latin-1-cr", "---\rtitle: caf\xe9\r---\r".encode("latin-1"), 2, "not UTF-8"),
    whole("truncated", b"---\ntitle: x\n---\n" + b"\xe2\x82", 4, "not UTF-8"),
    whole("utf-16", "---\ntitle: x\n---\n".encode("utf-16"), 1, "UTF-16", "save it as UTF-8"),
    whole("utf-16-bare", "---\ntitle: x\n---\n".encode("utf-16-le"), 1, "UTF-16"),
    whole("utf-32", "---\ntitle: x\n---\n".encode("utf-32"), 1, "UTF-16"),
    whole("surrogate", b"---\ntitle: a\xed\xa0\x80\n---\n", 2, "not UTF-8"),
    whole("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, "not UTF-8"),
    whole("crlf", "---\r\ntitle: x\r\nlayout: a: b\r\n---\r\n", 3, "a colon inside"),
    whole("cr", "---\rtitle: x\rlayout: a: b\r---\r", 3, "a colon inside"),
    yaml("title-list", "title: [a]", 2, "`title`: is a list"),
    yaml("title-mapping", "title: {a: b}", 2, "`title`: is a mapping"),
    yaml("layout-unknown", "title: x\nlayout: psot", 3, 'no layout "psot"', 'did you mean "post"'),
    yaml("layout-case", "layout: Post", 2, 'no layout "Post"', 'did you mean "post"'),
    yaml("layout-ending", "layout: post.html", 2, 'no layout "post.html"', 'did you mean "post"'),
    yaml("layout-path", "layout: ../../x", 2, "no layout"),
    yaml("layout-list", "layout: [post]", 2, "`layout`: is a list"),
    yaml("layout-true", "layout: yes", 2, 'no layout "yes"'),
    yaml("tags-mapping", "tags: {a: b}", 2, "`tags`: is not a list of words", "[one, two]"),
    yaml("tags-nested", "tags: [[a]]", 2, "`tags`: is not a list of words"),
    yaml("tag-long", f"tags: [ok, {'a' * 300}]", 2, "too long for the address"),
    yaml("category-long", f"category: {'ж' * 130}", 2, "too long for the address"),
    yaml("categories-mapping", "categories:\n  a: b", 2, "`categories`: is not a list"),
    yaml("series-list", "series: [a]", 2, "`series`: is a list, not the name of one"),
    yaml("series-nameless", "series: {part: 2}", 2, "`series`: has no `name`"),
    yaml("series-deep", "series:\n  name: [a]", 2, "`series`: has no `name`"),
    yaml("series-key", "series:\n  name: a\n  prat: 2", 4, "there is no `prat` in it", 'did you mean "part"'),
    yaml("series-zero", "series:\n  name: a\n  part: 0", 4, "`series.part`: is not a whole number from 1"),
    yaml("series-half", "series: {name: a, part: 1.5}", 2, "not a whole number"),
    yaml("series-yes", "series: {name: a, part: yes}", 2, "not a whole number"),
    yaml("series-word", "series: {name: a, part: two}", 2, "not a whole number"),
    yaml("series-long", f"series: {'a' * 300}", 2, "too long for the address"),
    yaml("related-mapping", "related: {a: b}", 2, "`related`: is neither false nor a list of posts"),
    yaml("related-null", "related: [good, null]", 2, "`related`: is neither false nor a list of posts"),
    yaml("related-unknown", "related:\n  - good\n  - godo", 4, 'no post "godo"', 'did you mean "good"'),
    yaml("slug-list", "slug: [a]", 2, "`slug`: is a list"),
    yaml("published", "published: maybe", 2, "`published`: is neither true nor false"),
    yaml("published-quoted", "published: 'false'", 2, "without quotes"),
    yaml("pinned", "pinned: top", 2, "`pinned`: is neither true nor false"),
    yaml("draft", "draft: 3", 2, "`draft`: is neither true nor false"),
    yaml("description", "description: [a]", 2, "`description`: is a list"),
    yaml("lang", "lang: [de]", 2, "`lang`: is a list"),
    yaml("lang-name", "lang: english", 2, '`lang`: "english" is no language | write en'),
    yaml("lang-words", "title: x\nlang: not a language", 3, "write a code such as en or pt-BR"),
    yaml("lang-true", "lang: true", 2, '"true" is no language'),
    yaml("separator", "excerpt_separator: [x]", 2, "`excerpt_separator`: is a list"),
    yaml("engine", "engine: redcarpet", 2, "`engine`: "),
    yaml("updated", "updated: never", 2, '`updated`: "never" is not a date'),
    yaml("modified", "last_modified_at: 2024-02-31", 2, "that month has 29 days"),
)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_it_is_refused(site: Path, case: Case) -> None:
    refuse(site, case)


HARMLESS = (
    ("bom", "\ufeff---\ntitle: Seen\n---\nBody\n"),
    ("two-boms", "\ufeff\ufeff---\ntitle: Seen\n---\nBody\n"),
    ("crlf", "---\r\ntitle: Seen\r\n---\r\nBody\r\n"),
    ("cr", "---\rtitle: Seen\r---\rBody\r"),
    ("dots", "---\ntitle: Seen\n...\nBody\n"),
    ("blanks-after", "---  \ntitle: Seen\n--- \nBody\n"),
    ("no-line-end", "---\ntitle: Seen\n---"),
    ("tab-after-colon", "---\ntitle:\tSeen\n---\nBody\n"),
    ("hard-blank", "---\ntitle:\u00a0Seen\n---\nBody\n"),
    ("hard-blanks", "---\n\u00a0\u00a0title: Seen\n---\nBody\n"),
    ("invisible-key", "---\n\u200btitle: Seen\n---\nBody\n"),
    ("line-separator", "---\ntitle: Seen\u2028here\n---\nBody\u2028\n"),
    ("next-line", "---\ntitle: Seen\x85here\n---\nBody\n"),
    ("emoji", "---\ntitle: Seen 😀👨‍👩‍👧\ntags: ['🎉']\n---\n😀\n"),
    ("right-to-left", "---\ntitle: Seen שלום\u202e\n---\nمرحبا\n"),
    ("long-title", f"---\ntitle: Seen {'x' * 100_000}\n---\nBody\n"),
    ("many-keys", "---\ntitle: Seen\n" + "".join(f"k{n}: {n}\n" for n in range(3000)) + "---\nBody\n"),
    ("merge", "---\na: &a {x: 1}\nb:\n  <<: *a\ntitle: Seen\n---\nBody\n"),
    ("folded", "---\ntitle: >\n  Seen\n  here\n---\nBody\n"),
    ("empty-values", "---\ntitle: Seen\ntags:\ndate:\npermalink:\ndescription: ''\n---\nBody\n"),
    ("control-body", "---\ntitle: Seen\n---\na\x08\x0c\x1bb\n"),
    ("odd-series", "---\ntitle: Seen\nseries: {name: '<b> / ..', part: 99999}\n---\nBody\n"),
    ("number-series", "---\ntitle: Seen\nseries: 1.10\nrelated: good\n---\nBody\n"),
    ("empty-series", "---\ntitle: Seen\nseries: ''\nrelated:\n---\nBody\n"),
    ("odd-tags", "---\ntitle: Seen\ntags: [null, '', '/', '..', '+++', 1.10, yes, '<b>']\n---\nBody\n"),
    ("ruler", "---\ntitle: Seen\n---\nBody\n\n---\n\nmore: text\n\n---\n"),
)


@pytest.mark.parametrize(("name", "text"), HARMLESS, ids=[name for name, _ in HARMLESS])
def test_it_builds(site: Path, name: str, text: str) -> None:
    pass_with(site, Case(name, {POST: text}))
    assert "Seen" in (site / "output/2024/02/02/bad/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\n---", "Only words.\n", "  \n\n", "\ufeff", "a: b\n"])
def test_little_is_enough(site: Path, text: str) -> None:
    pass_with(site, Case("little", {POST: text}))
    assert "<title>Bad" in (site / "output/2024/02/02/bad/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["yes", "1.10", "2024-01-01", "0123", "1e3", "12:30:45", "~x", "0x1F", "No"])
def test_a_title_stays_as_it_is_written(site: Path, word: str) -> None:
    pass_with(site, Case("word", {POST: f"---\ntitle: {word}\ntags: [{word}]\n---\nBody\n"}))
    assert f"<title>{word}" in (site / "output/2024/02/02/bad/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "known"), [("Title", "title"), ("tilte", "title"), ("permlink", "permalink")])
def test_a_key_that_is_nearly_known_is_noticed(site: Path, key: str, known: str) -> None:
    pass_with(site, Case("key", {POST: f"---\n{key}: /x/\n---\nBody\n"}, (f"{POST}:2: notice: | is it `{known}`?",)))


def test_a_body_with_control_signs_leaves_the_feed_readable(site: Path) -> None:
    from xml.etree import ElementTree

    pass_with(site, Case("control", {POST: "---\ntitle: x\n---\na\x08\x0c\x1b\ufffe<b>\n"}))
    ElementTree.parse(site / "output/feed.xml")


def test_a_second_build_of_a_broken_site_says_the_same(site: Path) -> None:
    refuse(site, BROKEN[0])
    assert build(site).err == build(site).err


@pytest.mark.parametrize(
    ("lang", "meant"), [("de_DE", "de-DE"), ("en_US.UTF-8", "en-US"), ("zh_Hant_TW", "zh-Hant-TW")]
)
def test_a_language_with_underscores_is_read_as_it_is_meant(site: Path, lang: str, meant: str) -> None:
    text = f"---\ntitle: x\nlang: {lang}\n---\nBody\n"
    words = f'{POST}:3: warning: | `lang`: "{lang}" is no language | write {meant}'
    pass_with(site, Case("lang", {POST: text}, (words,)))
    assert f'<html lang="{meant}"' in (site / "output/2024/02/02/bad/index.html").read_text(encoding="utf-8")
    refuse(site, Case("lang", {}, (f"{POST}:3: | {meant}",), ("--strict",)))


@pytest.mark.parametrize("lang", ["no", "pt-BR", "x-klingon", "''", ""])
def test_a_language_that_is_one(site: Path, lang: str) -> None:
    assert "`lang`" not in pass_with(site, Case("lang", {POST: f"---\nlang: {lang}\n---\nBody\n"})).err


def test_a_language_on_a_jekyll_site(site: Path) -> None:
    files = {"sitegen.toml": None, "_config.yml": "title: x\nlang: en_GB\n", POST: "---\nlang: english\n---\nBody\n"}
    says = ("_config.yml:2: warning: | write en-GB", f"{POST}:2: warning: | write en")
    pass_with(site, Case("lang", files, says))
    assert '<html lang="en-GB"' in (site / "output/2024/02/02/bad.html").read_text(encoding="utf-8")
