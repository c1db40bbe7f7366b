"""What layouts from Jekyll want of Jinja: attributes of what is not there, loops that are left, Jekyll's filters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.templates.test_layouts import rendered

DATA = {
    "_data/birds.yml": """\
- {name: Heron, colour: grey, rank: 2}
- {name: rail}
- {name: Coot, colour: black, rank: 1}
""",
    "_posts/2026-01-02-x.md": "---\ntitle: X\ntags: [wet, tall]\nwhere: {name: here}\ntoc: true\n---\n",
    "_posts/2025-01-02-y.md": "---\ntitle: Y\ntags: [wet]\nhidden: true\ntoc: true\n---\n",
}


PRINTED = """
{% if page.a.b.c %}x{% endif %}{{ page.a['b'].c | default('d') }}{{ site.data.nope.x[0].y or 'e' }}
de
{% for i in range(9) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}
02
{{ page.front.toc }}{{ page in site.posts }}{{ 'x' ~ page.front.toc }}
truetruextrue
{{ '<' ~ '&' }}{% autoescape false %}{{ '<' ~ '&' }}{{ page.content ~ '<' }}{% endautoescape %}
&lt;&amp;<&<
{{ '<b>x</b> &lt;y' | strip_html }}{% autoescape false %}{{ '&lt;y' | strip_html }}{% endautoescape %}
x &lt;y&lt;y
{{ site.data.birds | where('colour', 'grey') | map(attribute='name') | join }}
Heron
{{ site.data.birds | where('rank', '1') | length }}{{ site.data.birds | where('colour') | length }}
11
{{ (site.posts | where('tags', 'tall'))[0].title }}{{ site.posts | where('hidden', true) | length }}
X1
{% for g in site.posts | group_by('date', '%Y') %}{{ g.name }}:{{ g.size }}{{ g['items'][0].title }} {% endfor %}!
2026:1X 2025:1Y !
{% for g in site.data.birds | group_by('colour') %}{{ g.name }};{% endfor %}
grey;;black;
{{ site.data.birds | sort(attribute='rank') | map(attribute='name') | join(',') }}
rail,Coot,Heron
{{ site.data.birds | sort(attribute='name') | map(attribute='name') | join(',') }}
Coot,Heron,rail
{{ site.data.birds | sort(true, true, 'name') | map(attribute='name') | join(',') }}
rail,Heron,Coot
{{ 'a,b,,' | split(',') | length }}{{ ' a  b ' | split | join('.') }}{{ 'abc' | split('') | join('-') }}
2a.ba-b-c
{{ 'one two three' | truncatewords(2) }}|{{ 'one two' | truncatewords(2) }}|{{ 'a b' | truncatewords(1, '') }}
one two...|one two|a
{{ 'a b/c' | cgi_escape }} {{ 'a b/c' | uri_escape }}
a+b%2Fc a%20b/c
{{ 'It is 1.0' | slugify }} {{ 'It is 1.0' | slugify('pretty') }}
it-is-1-0 it-is-1.0
{{ page.date | date_to_string('ordinal') }}; {{ page.date | date_to_long_string('ordinal', 'US') }}
2nd Jan 2026; January 2nd, 2026
{{ '' | date('%Y') }}{{ none | date_to_xmlschema }}{{ none | relative_url }}{{ none | absolute_url }}!
!
{{ page.front.where.name | default('-') }}{{ page.front.nope | default('-') }}
here-
{{ site.environment }}
production
""".strip().split("\n")


@pytest.mark.parametrize(("layout", "text"), list(zip(PRINTED[::2], PRINTED[1::2], strict=True)))
def test_what_is_printed(tmp_path: Path, layout: str, text: str) -> None:
    assert rendered(tmp_path, layout, **DATA) == text


def test_what_search_engines_read_stands_alone(tmp_path: Path) -> None:
    include = {"_includes/social.html": "the theme's own"}
    page = rendered(tmp_path, '{% include "theme/seo.html" %}', **DATA, **include, **{"sitegen.toml": 'title = "T"\n'})
    assert "<title>X | T</title>" in page and 'property="og:title"' in page and "the theme's own" not in page
