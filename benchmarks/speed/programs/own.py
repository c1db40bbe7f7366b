"""The site for sitegen itself."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.speed.programs import Program, page

_ITEM = '<li><a href="{{ one.url }}">{{ one.title }}</a> <time>{{ one.date.strftime("%Y-%m-%d") }}</time></li>'
_LIST = "<ul>{% for one in POSTS %}\n" + _ITEM + "{% endfor %}</ul>"
_POST = """<article>
<h1>{{ page.title }}</h1>
<p><time>{{ page.date.strftime("%Y-%m-%d") }}</time>
{% for tag in page.tags %} <a href="/tags/{{ tag }}/">{{ tag }}</a>{% endfor %}</p>
{{ content }}
</article>
<p>{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}</p>"""
_PAGER = """
<p>{% if paginator.previous_page_path %}<a href="{{ paginator.previous_page_path }}">Newer</a>{% endif %}
{% if paginator.next_page_path %}<a href="{{ paginator.next_page_path }}">Older</a>{% endif %}</p>"""
_TERMS = '<ul>{% for term in page.terms %}<li><a href="{{ term.url }}">{{ term.name }}</a></li>{% endfor %}</ul>'


def _inherited(inner: str) -> str:
    return '{% extends "frame.html" %}{% block main %}' + inner + "{% endblock %}\n"


def sitegen(engine: str, *, theme: bool = False) -> Program:
    """sitegen with one of its engines: bare layouts and the outputs that all have, or its theme and all its outputs."""
    settings = f'title = "Measured"\nurl = "https://measured.example"\nmarkdown.engine = "{engine}"\nfeed.posts = 20\n'
    files = {"sitegen.toml": settings}
    if not theme:
        layouts = {
            "frame": page("{{ page.title }}", "{{ page.description }}", "{% block main %}{% endblock %}"),
            "post": _inherited(_POST),
            "home": _inherited(_LIST.replace("POSTS", "paginator.posts") + _PAGER),
            "term": _inherited("<h1>{{ page.title }}</h1>" + _LIST.replace("POSTS", "page.posts")),
            "terms": _inherited(_TERMS),
        }
        files = {f"_layouts/{name}.html": text for name, text in layouts.items()}
        outputs = 'outputs = ["posts", "home", "tags", "atom", "sitemap"]\nfeed.lists = false\n'
        files["sitegen.toml"] = f"{outputs}{settings}markdown.anchors = false\nmarkdown.extended = false\n"
    name = f"sitegen, {'its theme and all outputs' if theme else engine}"
    program = str(Path(sys.executable).with_name("sitegen"))
    return Program(name, (program, "build"), "_posts", ("output", ".sitegen"), files)
