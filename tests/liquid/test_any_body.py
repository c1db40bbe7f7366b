"""Whatever a body holds: no traceback, no endless loop, and no word outside of Liquid is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.liquid.sites import JEKYLL, told

PIECES = st.sampled_from(
    (
        "{% if page.title %}",
        "{% else %}",
        "{% endif %}",
        "{% for x in site.posts %}",
        "{% endfor %}",
        "{{ x.title }}",
        "{{ site.posts | where: 'a' }}",
        "{{ page.title | date: page | slice: 'x' }}",
        "{% assign y = x | sort: 1 %}",
        "{% include a.html x=y %}",
        "{% include",
        "{% raw %}",
        "{% endraw %}",
        "{% comment %}",
        "{% endcomment %}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{%- case x -%}",
        "{% when 1 %}",
        "{% endcase %}",
        "`",
        "```\n",
        "\n\n    ",
        "<pre>",
        "{{ y | jsonify }}",
        "{% highlight c %}",
        "{% endhighlight %}",
        "{% capture y %}",
        "{% endcapture %}",
        "{% cycle %}",
        "{{ 'a' | nope }}",
        "{% tablerow i in (1..3) cols:0 %}",
        "{% endtablerow %}",
        "{% break %}",
        "{% post_url %}",
        "{% infobox %}",
        "{% gist %}",
        "{{ site }}",
        "{{ page | inspect }}",
        "{% for i in (1..page.title) %}",
        "{{ 1 | divided_by: 0 }}",
        "{% increment y %}",
        "\u2028",
        "{{ page.title | append, 'x' | }}",
        "{% assign /x = y == 1 %}",
        "{% for x of site.posts, limit: 2 %}",
        "{% if page.title = 1 && y %}",
        "{% endfor x %}",
        "{% endraw x %}",
        "{{ (1..99999999999) | where: 'a', 'b' }}",
        "{{ y | split: '' | join: y | split: y }}",
        "{{ site.posts | map: 'content' | sort }}",
        "{{ page.date | date: '%999999Y' }}",
        "{{ '1e999' | round: -9 }}",
        "{% capture y %}{% include a.html x=y %}{% endcapture %}",
    )
)
BODIES = st.lists(st.one_of(PIECES, st.text(max_size=8), st.just("word\n")), max_size=14).map("".join)


@given(BODIES)
@settings(max_examples=150)
def test_any_body(body: str) -> None:
    text = body.replace("\x00", "").replace("\r", "").encode("utf-8", "ignore").decode()
    with tempfile.TemporaryDirectory() as folder:
        after, _ = told(Path(folder), text, {**JEKYLL, "_includes/a.html": "a{{ include.x }}{% include a.html %}"})
    if "{" not in text:
        assert after == text


WHOLE = st.sampled_from(  # none of them hides what stands behind it
    (
        "{{ page.title }}",
        "{{ user.name }}",
        "{{ page.title! | date, 'x' }}",
        "{{}}",
        "{% assign x = 1 %}",
        "{% include a.html %}",
        "{% include none.html %}",
        "{% include {{ page.title }}.html %}",
        "{% link none.md %}",
        "{% post_url 2020-01-01-none %}",
        "{% infobox 1 %}",
        "{% raw %}",
        "{% for x in site.posts %}",
        "{% capture x %}",
        "{% highlight c %}",
        "{% endif %}",
        "{% else %}",
        "{% endunless %}",
        "{% endcomment %}",
        "{% if true %}{% endif %}",
        "{% unless %}",
        "{%- assign y = 'z' -%}",
        "{%%}",
        "`{{`",
        "```\n",
        "\n\n    ",
        "<pre>",
        "- ",
    )
)


@given(st.lists(WHOLE, max_size=12))
def test_no_word_is_lost(pieces: list[str]) -> None:
    words = [f"word{at}word" for at in range(len(pieces) + 1)]
    text = words[0] + "".join(f"{piece}{word}\n" for piece, word in zip(pieces, words[1:], strict=True))
    with tempfile.TemporaryDirectory() as folder:
        after, _ = told(Path(folder), text, {**JEKYLL, "_includes/a.html": "{{ include.x"})
    assert [word for word in words if word not in after] == []
