"""The site for Jekyll."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.speed.programs import Program, page

_ITEM = '<li><a href="{{ one.url }}">{{ one.title }}</a> <time>{{ one.date | date: "%Y-%m-%d" }}</time></li>'
_POST = """<article>
<h1>{{ page.title }}</h1>
<p><time>{{ page.date | date: "%Y-%m-%d" }}</time>
{% for tag in page.tags %} <a href="/tags/{{ tag }}/">{{ tag }}</a>{% endfor %}</p>
{{ content }}
</article>
<p>{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}</p>"""
_HOME = (
    "<ul>{% for one in paginator.posts %}\n" + _ITEM + "{% endfor %}</ul>\n"
    '<p>{% if paginator.previous_page %}<a href="{{ paginator.previous_page_path }}">Newer</a>{% endif %}\n'
    '{% if paginator.next_page %}<a href="{{ paginator.next_page_path }}">Older</a>{% endif %}</p>\n'
)
_SETTINGS = """title: Measured
url: https://measured.example
permalink: /:year/:month/:day/:title/
paginate: 10
plugins: [jekyll-feed, jekyll-paginate, jekyll-sitemap]
feed: {posts_limit: 20}
defaults: [{scope: {type: posts}, values: {layout: post}}]
"""


def jekyll(binary: str, tags: Iterable[str]) -> Program:
    """Jekyll, with the cache that it has by itself. It has no pages of tags: one file for each makes them."""
    term = "<h1>{{ page.title }}</h1><ul>{% for one in site.tags[page.title] %}\n" + _ITEM + "{% endfor %}</ul>\n"
    files = {
        "_config.yml": _SETTINGS,
        "_layouts/frame.html": page("{{ page.title }}", "{{ page.description }}", "{{ content }}"),
        "_layouts/post.html": f"---\nlayout: frame\n---\n{_POST}\n",
        "_layouts/term.html": f"---\nlayout: frame\n---\n{term}",
        "index.html": f"---\nlayout: frame\n---\n{_HOME}",
    }
    files |= {f"tags/{tag}/index.html": f"---\nlayout: term\ntitle: {tag}\n---\n" for tag in tags}
    return Program("Jekyll", (binary, "build", "--quiet"), "_posts", ("_site", ".jekyll-cache"), files)
