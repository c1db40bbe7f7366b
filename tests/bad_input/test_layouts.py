"""Layouts and includes: errors at their line, nothing that runs for ever, and no way out of the sandbox."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import pytest

from tests.bad_input.trial import Case, Content, build, pass_with, refuse, write

LAYOUT = "_layouts/post.html"

BROKEN = (
    ("open-print", "a\n{{ page.title", 2, "{{ that is not closed"),
    ("open-tag", "a\n{% if x", 2, "{% that is not closed"),
    ("open-if", "<p>\n{% if page.x %}\n</p>\n", 2, "{% if %} that is not closed by {% endif %}"),
    ("open-for", "{% if 1 %}\n{% for x in [] %}\n{% endif %}", 2, "{% for %} that is not closed by {% endfor %}"),
    ("open-comment", "a\n{# foo", 2, "end of comment"),
    ("open-quote", "a\n{{ 'foo }}", 2, "a quote that is not closed"),
    ("closed-twice", "{% if 1 %}\n{% endif %}\n{% endif %}", 3, "{% endif %} closes what is not open"),
    ("unknown-tag", "a\n{% inclde x %}", 2, 'no tag "inclde" | did you mean "include"?'),
    ("assign", "{% assign x = 1 %}", 1, 'no tag "assign" | {% set x'),
    ("unless", "{% unless x %}{% endunless %}", 1, 'no tag "unless" | {% if not'),
    ("capture", "{% capture x %}{% endcapture %}", 1, "{% endset %}"),
    ("colon", "{{ page.date | date: '%Y' }}", 1, "a colon | date('%Y')"),
    ("unknown-filter", "a\n{{ page.title | uper }}", 2, 'no filter "uper" | did you mean "upper"?'),
    ("liquid-filter", "a\n{{ page.title | upcase }}", 2, 'no filter "upcase" | `upper`'),
    ("unknown-test", "a\n{% if page.title is foo %}{% endif %}", 2, "No test named 'foo'"),
    ("empty-if", "a\n{% if %}{% endif %}", 2, "Expected an expression"),
    ("two-blocks", "{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, "defined twice"),
    ("undefined", "a\n{{ nope }}", 2, 'there is no "nope" here | {% if page.x %} | in the page of _posts/'),
    ("undefined-near", "a\n{{ pgae.title }}", 2, 'did you mean "page"?'),
    ("undefined-of-post", "a\n{{ page.titel }}", 2, 'no "titel" in a post | did you mean "title"?'),
    ("undefined-inside", "a\n{{ page.nope.name }}", 2, 'no "nope" in a post'),
    ("undefined-of-none", "a\n{{ page.updated.year }}", 2, "of something that is empty"),
    ("undefined-of-site", "a\n{{ site.titel }}", 2, 'no "titel" in `site` | did you mean "title"?'),
    ("undefined-of-data", "a\n{{ site.data.nope }}", 2, 'no "nope" in `site.data`'),
    ("undefined-by-key", "a\n{{ page['nope'] }}", 2, 'no "nope" in a post'),
    ("undefined-called", "a\n{{ nope() }}", 2, 'no "nope" here'),
    ("undefined-looped", "a\n{% for x in page.nope %}{% endfor %}", 2, 'no "nope" in a post'),
    ("undefined-added", "a\n{{ page.nope + 1 }}", 2, 'no "nope" in a post'),
    ("undefined-compared", "a\n{{ page.nope > 1 }}", 2, 'no "nope" in a post'),
    ("beyond-the-list", "a\n{{ site.posts[99].title }}", 2, "has no entry 99"),
    (
        "include-missing",
        "a\n{% include 'heda.html' %}",
        2,
        'no layout or include "heda.html" | did you mean "head.html"?',
    ),
    ("include-bare", "a\n{% include head.html %}", 2, "in quotes: {% include 'head.html' %}"),
    ("include-undefined", "a\n{% include page.x %}", 2, 'no "x" in a post'),
    ("include-computed", "a\n{% include page.title %}", 2, 'no layout or include "Good"'),
    ("include-nothing", "a\n{% include none %}", 2, "names no layout or include"),
    ("include-outside", "a\n{% include '../../etc/passwd' %}", 2, "no layout or include"),
    ("include-absolute", "a\n{% include '/etc/passwd' %}", 2, "no layout or include"),
    ("import-missing", "a\n{% from 'lists.html' import nope %}{{ nope(1) }}", 2, "nope"),
    ("extends-missing", "{% extends 'nope.html' %}", 1, 'no layout or include "nope.html"'),
    ("extends-itself", "{% extends 'post.html' %}", 1, "without end"),
    ("includes-itself", "a\n{% include 'post.html' %}", 2, "without end"),
    ("macro-itself", "{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}", 1, "without end"),
    ("circle", "---\nlayout: post\n---\n{{ content }}", 2, "in a circle: post → post"),
    ("parent-missing", "---\ntitle: x\nlayout: defalt\n---\n{{ content }}", 3, 'no layout "defalt" | "default"'),
    ("front-matter", "---\nlayout: a: b\n---\n{{ content }}", 2, "a colon inside"),
    ("below-front-matter", "---\nlayout: default\n---\nx\n{{ nope }}", 5, 'no "nope" here'),
    ("latin-1", "a\ncaf\udce9", 2, "not UTF-8"),
    ("nul", "a\nb\0c", 2, "a NUL character"),
    ("divided", "a\n{{ 1 / 0 }}", 2, "division by zero"),
    ("added", "a\n{{ 'a' + 1 }}", 2, "can only concatenate"),
    ("no-date", "a\n{{ 'never' | date('%Y') }}", 2, '"never" is not a date'),
    ("sorted", "a\n{{ [1, 'a'] | sort }}", 2, "not supported"),
    ("function", "a\n{{ page.title.upper }}", 2, "is `()`"),
)


@pytest.mark.parametrize(("name", "text", "line", "words"), BROKEN, ids=[row[0] for row in BROKEN])
def test_it_is_refused(site: Path, name: str, text: str, line: int, words: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    refuse(site, Case(name, {LAYOUT: data}, (f"{LAYOUT}:{line}: | {words}",)))


ESCAPES = (
    "{{ ''.__class__.__mro__ }}",
    "{{ page._document.origin }}",
    "{{ page['_document'] }}",
    "{{ site._lens.site.config.source }}",
    "{{ self.__init__.__globals__ }}",
    "{{ page.title.format.__globals__ }}",
    "{{ '{0.__class__}'.format(page) }}",
    "{{ '{0._lens}' | format(page) }}{{ ''.__class__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ page | attr('__class__') }}",
    "{{ [].append(1) }}",
    "{% set x = {} %}{{ x.update({1: 2}) }}",
    "{{ site.posts.append(1) }}",
    "{{ range.__init__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ page.date.tzinfo.__class__ }}",
    "{% import 'os' as os %}",
    "{{ lipsum.__globals__ }}",
    "{{ site.posts | map(attribute='__class__') | list }}{{ ''.__class__ }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ request }}",
    "{{ config }}",
)


@pytest.mark.parametrize("text", ESCAPES)
def test_there_is_no_way_out_of_the_sandbox(site: Path, text: str) -> None:
    refuse(site, Case("escape", {LAYOUT: f"a\n{text}"}, (f"{LAYOUT}:2: ",)))


WITHOUT_END = (
    "{% for i in range(100000000) %}x{% endfor %}",
    "{% for i in range(10 ** 12) %}{% endfor %}",
    "{{ range(10 ** 18) | list }}",
    "{% set r = range(3000) %}{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}{% endfor %}{% endfor %}",
    "{% set s = 'x' * 3000 %}{% for a in s %}{% for b in s %}{% for c in s %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ 'x' * 1000000000 }}",
    "{{ [0] * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 10 ** -10000000000 }}",
    "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x='xx') %}{% for i in range(99) %}{% set n.x = n.x.replace('x', 'xxxx') %}{% endfor %}",
    "{% set n = namespace(x='xx') %}{% for i in range(99) %}{% set n.x = n.x | replace('x', 'xxxx') %}{% endfor %}",
    "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ 'x'.zfill(1000000000) }}",
    "{{ 'x' | center(1000000000) }}",
    "{{ 'a\nb' | indent(1000000000) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d' | format(1) }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ [1] | batch(1000000000, 'x') | list }}",
    "{{ [] | slice(1000000000) | list }}",
    "{% macro f(n) %}{% if n and f(n - 1) and f(n - 1) or n and f(n - 1) %}{% endif %}{% endmacro %}{{ f(40) }}",
    "{% set x = 'x' * 900000 %}{% for i in range(99) %}{{ x }}{% endfor %}",
)


@pytest.mark.parametrize("text", WITHOUT_END, ids=[text[:50] for text in WITHOUT_END])
def test_what_does_not_end_is_ended(site: Path, text: str) -> None:
    started = perf_counter()
    refuse(site, Case("end", {LAYOUT: f"a\n{text}"}, (f"{LAYOUT}:",)))
    assert perf_counter() - started < 10


def test_includes_that_double_end(site: Path) -> None:
    twice = {f"_includes/{n}.html": f"{{% include '{n + 1}.html' %}}{{% include '{n + 1}.html' %}}" for n in range(40)}
    refuse(site, Case("double", {LAYOUT: "{% include '0.html' %}", "_includes/40.html": "", **twice}, ("_",)))


def test_an_endless_layout_is_tried_once(site: Path) -> None:
    posts = {f"_posts/2024-02-{day:02}-x.md": "x\n" for day in range(1, 29)}
    started = perf_counter()
    refuse(site, Case("once", {LAYOUT: "{% for i in range(10 ** 9) %}x{% endfor %}", **posts}, (f"{LAYOUT}:1: ",)))
    assert perf_counter() - started < 10


DEEP = (
    ("if", "{% if 1 %}" * 600 + "{% endif %}" * 600),
    ("for", "{% for i in [1] %}" * 30 + "x" + "{% endfor %}" * 30),
    ("brackets", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"),
    ("lists", "{{ " + "[" * 500 + "]" * 500 + " }}"),
    ("sums", "{{ " + "+".join(["1"] * 5000) + " }}"),
)


@pytest.mark.parametrize(("name", "text"), DEEP, ids=[row[0] for row in DEEP])
def test_what_is_nested_too_deeply_is_told(site: Path, name: str, text: str) -> None:
    refuse(site, Case(name, {LAYOUT: text}, (f"{LAYOUT}: | nested too deeply",)))


MORE: tuple[tuple[str, Mapping[str, Content], str], ...] = (
    (
        "three-deep",
        {
            LAYOUT: "x\n{% include 'a.html' %}",
            "_includes/a.html": "\n\n{% include 'b.html' %}",
            "_includes/b.html": "{% include 'c.html' %}",
            "_includes/c.html": "ok\nok\n{{ nope }}",
        },
        "_includes/c.html:3: | nope | _includes/b.html:1 ← _includes/a.html:3 ← _layouts/post.html:2",
    ),
    (
        "syntax-in-include",
        {LAYOUT: "x\n{% include 'a.html' %}", "_includes/a.html": "\n{% if %}"},
        "_includes/a.html:2: | Expected an expression",
    ),
    ("unused", {"_layouts/other.html": "\n\n{% if %}"}, "_layouts/other.html:3: "),
    ("unused-include", {"_includes/other.html": "\n\n{% nope %}"}, "_includes/other.html:3: "),
    (
        "circle-of-two",
        {LAYOUT: "---\nlayout: a\n---\n", "_layouts/a.html": "---\ntitle: x\nlayout: post\n---\n"},
        "_layouts/a.html:3: | a → post → a",
    ),
    (
        "extends-in-a-circle",
        {LAYOUT: "{% extends 'a.html' %}", "_layouts/a.html": "\n{% extends 'post.html' %}"},
        "_layouts/ | without end",
    ),
    ("of-index", {"_layouts/home.html": "\n{{ paginator.pgae }}"}, '_layouts/home.html:2: | did you mean "page"?'),
    ("of-data", {"_data/x.yml": "a: 1", LAYOUT: "{{ site.data.x.b }}"}, f'{LAYOUT}:1: | no "b" in this mapping'),
    ("file-for-folder", {"_layouts": "x"}, "_layouts: this should be a folder"),
    ("file-for-includes", {"_includes": "x"}, "_includes: this should be a folder"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "files", "says"), MORE, ids=[row[0] for row in MORE])
def test_more_than_one_file(site: Path, name: str, files: Mapping[str, Content], says: str) -> None:
    refuse(site, Case(name, files, (says,)))


def test_one_mistake_is_told_once(site: Path) -> None:
    posts = {f"_posts/2024-02-{day:02}-x.md": "x\n" for day in range(1, 9)}
    write(site, {LAYOUT: "{{ page.titel }}{% include 'nope.html' %}", "_includes/a.html": "{% if %}", **posts})
    done = build(site)
    assert done.err.count("titel") == 2  # the message, and the line
    assert done.err.count("_includes/a.html:1") == 1


def test_a_layout_that_cannot_be_read_is_not_told_to_be_missing(site: Path) -> None:
    write(site, {"_layouts/mine.html": b"caf\xe9", "_posts/2024-02-02-x.md": "---\nlayout: mine\n---\nx\n"})
    done = build(site)
    assert "not UTF-8" in done.err
    assert "no layout" not in done.err


@pytest.mark.parametrize(
    "text", ["", "  \n", "---\n---\n", "\ufeff{{ content }}", "a\r\nb\rc", "{% if page.x %}{% endif %}"]
)
def test_harmless(site: Path, text: str) -> None:
    pass_with(site, Case("harmless", {LAYOUT: text}))


def test_data_that_no_page_can_show_becomes_a_question_mark(site: Path) -> None:
    pass_with(site, Case("surrogate", {"_data/x.json": '"\\ud800"', LAYOUT: "a{{ site.data.x }}b"}))
    assert (site / "output/2024/01/01/good/index.html").read_text(encoding="utf-8") == "a?b"
