"""Jekyll's filters, and those of Liquid's that are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.liquid.filters import CORE, FILTERS, SITE_FILTERS
from tests.liquid.sites import JEKYLL, body

FILES = {
    **JEKYLL,
    "_data/people.yml": "- {name: Bob, age: 31, langs: [c, d]}\n- {name: Al, age: 9}\n- {name: Cy, age: 31}\n",
}
ROWS = {
    "'/a b/ü' | relative_url": "/blog/a%20b/%C3%BC",
    "'x' | relative_url": "/blog/x",
    "'' | relative_url": "/blog",
    "'https://q.org/x' | relative_url": "https://q.org/x",
    "'/x' | absolute_url": "https://example.org/blog/x",
    "'/x/index.html' | strip_index": "/x/",
    "'Hello, World! x' | slugify": "hello-world-x",
    "'Hello, World! it_x' | slugify: 'pretty'": "hello,-world!-it_x",
    "'Hëllo' | slugify: 'ascii'": "h-llo",
    "'Hëllo_x' | slugify: 'latin'": "hello-x",
    "'A B' | slugify: 'none'": "a b",
    "'  a  b ' | normalize_whitespace": "a b",
    "'a b c' | number_of_words": "3",
    "'こ ab' | number_of_words: 'cjk'": "2",
    "'#x' | relative_url": "/blog/#x",
    "'/a/../b/./c?d=/.#e' | relative_url": "/blog/b/c?d=/.#e",
    "'/a/..' | relative_url": "/blog/",
    "'//x' | absolute_url": "https://example.org/blog//x",
    "'' | absolute_url": "https://example.org/blog",
    "nil | absolute_url": "",
    "page | relative_url": "/blog/2021/03/04/all.html",
    "'a < b' | xml_escape": "a &lt; b",
    '"a\'b" | xml_escape': "a&apos;b",
    '"a\'b <" | escape': "a&#39;b &lt;",
    "'&lt; <' | escape_once": "&lt; &lt;",
    "'x & y' | h": "x &amp; y",
    "'1,2' | split: ',' | join": "1 2",
    "',a,,' | split: ',' | size": "2",
    "'abc' | split: '' | join: '-'": "a-b-c",
    "site.data.people | map: 'langs' | compact | join: '+'": "c+d",
    "site.data.people | compact: 'langs' | size": "1",
    "2.5 | round": "3",
    "-2.5 | round": "-3",
    "3.14159 | round: 2": "3.14",
    "'x' | round": "0",
    "'one' | truncate: 3": "one",
    "'one two' | truncate: 6": "one...",
    "'one two' | truncate: 3, ''": "one",
    "'one two three' | truncatewords: 2, '--'": "one two--",
    "'one two' | truncatewords": "one two",
    "nil | append: 'x' | prepend: nil": "x",
    "true | append: page.tags": 'true["a", "b c"]',
    "site.data.people[0]": '{"name"=>"Bob", "age"=>31, "langs"=>["c", "d"]}',
    "0.00001 | times: 1": "1.0e-05",
    "'foo bar;baz?é' | cgi_escape": "foo+bar%3Bbaz%3F%C3%A9",
    "'http://foo.com/?q=foo, é' | uri_escape": "http://foo.com/?q=foo,%20%C3%A9",
    "page.date | date_to_xmlschema": "2021-03-04T00:00:00+01:00",
    "page.date | date_to_rfc822": "Thu, 04 Mar 2021 00:00:00 +0100",
    "page.date | date_to_string": "04 Mar 2021",
    "page.date | date_to_string: 'ordinal', 'US'": "Mar 4th, 2021",
    "page.date | date_to_long_string: 'ordinal'": "4th March 2021",
    "page.date | date: '%-d %e %^b %y %j %P %s %%'": "4  4 MAR 21 063 am 1614812400 %",
    "'2019-07-08' | date: '%d/%m/%Y'": "08/07/2019",
    "'nope' | date: '%Y'": "nope",
    "nil | date: '%Y'": "",
    "'now' | date: '%Y'": "2021",
    "'3.7' | to_integer": "3",
    "true | to_integer": "1",
    "'x,y' | split: ',' | push: 'z' | jsonify": '["x","y","z"]',
    "'x,y' | split: ',' | pop | unshift: 'w' | inspect": "[&quot;w&quot;, &quot;x&quot;]",
    "'x,y' | split: ',' | shift | array_to_sentence_string": "y",
    "'x,y,z' | split: ',' | array_to_sentence_string: 'or'": "x, y, or z",
    "'x,x' | split: ',' | sample": "x",
    "'a -- b' | smartify": "a – b",
    '"the \'80s" | smartify': "the ’80s",
    "page.date | date: '%05d|%3N|%+|%-y|%10a'": "00004|000|%+|21|       Thu",
    "'2020-02-03 04:05 +0700' | date: '%H:%M %z'": "04:05 +0700",
    "'2020-02-03 04:05 +0700' | date_to_xmlschema": "2020-02-02T22:05:00+01:00",
    "'posted 3 Mar 2020' | date: '%F'": "2020-03-03",
    "'*hi*' | markdownify": "<p><em>hi</em></p>",
    "site.data.people | where: 'age', 31 | map: 'name' | join: '+'": "Bob+Cy",
    "site.data.people | where: 'langs', 'd' | map: 'name'": "Bob",
    "site.data.people | where_exp: 'p', 'p.age > 10' | size": "2",
    "site.data.people | find: 'age', 9 | map: 'name'": "Al",
    "site.data.people | find_exp: 'p', 'p.age < 10' | jsonify": '{"name":"Al","age":9}',
    "site.data.people | sort: 'age' | map: 'name' | join": "Al Bob Cy",
    "site.data.people | group_by: 'age' | map: 'name' | inspect": "[&quot;31&quot;, &quot;9&quot;]",
    "site.data.people | group_by_exp: 'p', 'p.age | plus: 1' | map: 'name' | inspect": "[32, 10]",
    "5 | divided_by: 2": "2",
    "nil | default: 'x' | upcase": "X",
}


@pytest.mark.parametrize("expression", ROWS)
def test_filters(tmp_path: Path, expression: str) -> None:
    assert body(tmp_path, f"{{{{ {expression} }}}}", FILES).strip() == ROWS[expression]


def test_each_is_tried() -> None:
    tried = " ".join(ROWS)
    assert [name for name in (*CORE, *FILTERS, *SITE_FILTERS) if name not in tried] == []
