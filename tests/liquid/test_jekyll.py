"""The oracle: Jekyll itself renders the same bodies (as HTML posts, so that Markdown has no say)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.liquid import test_filters, test_tags
from tests.liquid.oracle_outputs import OUTPUTS
from tests.liquid.oracle_rows import FILES, FRONT, TAGS
from tests.liquid.sites import run, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll (Debian: apt-get install jekyll)"),
]

# What Debian's Jekyll has not, what chance decides there, what needs its plugins or Markdown, and what we do better.
NEWER = ("find: ", "find_exp", "sample")
OURS = (
    "user.name", "unknown", "include_cached", "seo", "static", "x.png", "'now'", "page.url", "jekyll.",
    "in-sub", "page.id", "related_posts", "markdownify", "tablerow", "gist", "posts.size", "inspect", "{% if %}",
)  # fmt: skip
MORE = (
    "{% highlight ruby linenos %}\nx\n\ny < 1\n{% endhighlight %}",
    "{% highlight text %}\n\n  a\n{% endhighlight %}",
    "{% for p in site.posts %}{{ p.title }},{{ p.date | date: '%Y' }};{% endfor %}",
    "{% assign s = site.posts | sort: 'title' %}{{ s[0].title }}{{ s | map: 'title' | join: '-' }}",
    "{% for t in site.tags %}{{ t[0] }}={{ t[1].size }} {% endfor %}",
    "{% for i in (1..3) %}{{ i }}{% unless forloop.last %}, {% endunless %}{% endfor %}",
    "{% if page.tags contains 'a' %}yes{% endif %}{% if page.nothing == nil %}nil{% endif %}",
    "{{ 'a,b' | split: ',' | first }}{{ 'abc' | slice: 1 }}{{ 'x' | times: 2 }}{{ 7 | modulo: 3 }}{{ 1.5 | plus: 1 }}",
    "{{ page.mood | capitalize | append: '!' | prepend: '<' | escape }}{{ 'a b c' | truncatewords: 2 }}",
    "{{ '<b>x</b> y' | strip_html }}|{{ ' x ' | strip }}|{{ 'x y' | url_encode }}|{{ 3.7 | round }}{{ 3.2 | ceil }}",
    "{% assign a = '1,2,1' | split: ',' | uniq %}{{ a | join }}{{ a.size }}{{ a.last }}{{ a | reverse | join: '' }}",
    "{% include outer.html text=page.mood %}",
    "{% include note.html text=site.data.people.first.name %}",
    "a\n  {%- if true -%}  b  {%- endif -%}\nc",
    "{% if false %} {% endif %}{% capture x %}  y {% endcapture %}[{{ x }}]",
    "{{ page.categories | size }}{{ page.collection }}{{ page.ext }}{{ page.relative_path }}{{ page.draft }}",
)


def _texts() -> list[str]:
    tags = [text for text in test_tags.ROWS if not any(word in text for word in OURS)]
    filters = [f"{{{{ {text} }}}}" for text in test_filters.ROWS if not any(word in text for word in (*OURS, *NEWER))]
    return [*tags, *filters, *MORE]


def _parts(body: str) -> list[str]:
    """Each text's outcome, without the colours of code."""
    bare = re.sub(r"</?span[^>]*>", "", body)
    return [part.strip() for part in re.split(r"<!-- \d+ -->", bare)]


def _check(root: Path, files: Mapping[str, str], texts: Sequence[str], front: str) -> None:
    """Each text in a post of its own: a counter and the variables are one body's."""
    paths = [f"_posts/2021-03-{at % 28 + 1:02}-t{at}.html" for at in range(len(texts))]
    posts = {path: front + text for path, text in zip(paths, texts, strict=True)}
    write(root, {**files, **{path: text.replace("All", f"All {path[-9:]}") for path, text in posts.items()}})
    done = subprocess.run(
        ["jekyll", "build", "-q", "-d", str(root / "_site")], capture_output=True, text=True, timeout=300,
        cwd=root, env={**os.environ, "TZ": "UTC", "LANG": "C.UTF-8", "JEKYLL_ENV": "production"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    site, _ = run(root, {})
    differing = []
    for path, text in zip(posts, texts, strict=True):
        post = site.documents[path]
        theirs = (root / "_site" / post.url.lstrip("/")).read_text(encoding="utf-8")
        if _parts(theirs) != _parts(post.body):
            differing.append((text, _parts(theirs), _parts(post.body)))
    assert differing == []


def test_the_same_as_jekyll(tmp_path: Path) -> None:
    _check(tmp_path, test_tags.FILES, _texts(), "---\ntitle: All\ntags: [a, b c]\nmood: fine\n---\n")


def test_each_row(tmp_path: Path) -> None:
    _check(tmp_path, FILES, (*TAGS, *OUTPUTS), FRONT)
