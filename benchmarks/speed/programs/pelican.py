"""The site for Pelican."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed.corpora import Entry
from benchmarks.speed.programs import Program, page

_SETTINGS = r"""SITENAME = "Measured"
SITEURL = ""
FEED_DOMAIN = "https://measured.example"
PATH = "content"
THEME = "theme"
TIMEZONE = "UTC"
STATIC_PATHS = []
FILENAME_METADATA = r"\d{4}-\d{2}-\d{2}-(?P<slug>.*)"
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {"index": 10}
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
"""
_LIST = (
    "<ul>{% for one in POSTS %}\n"
    '<li><a href="/{{ one.url }}">{{ one.title }}</a> <time>{{ one.date.strftime("%Y-%m-%d") }}</time></li>'
    "{% endfor %}</ul>"
)
_POST = """<article>
<h1>{{ article.title }}</h1>
<p><time>{{ article.date.strftime("%Y-%m-%d") }}</time>
{% for tag in article.tags %} <a href="/{{ tag.url }}">{{ tag }}</a>{% endfor %}</p>
{{ article.content }}
</article>"""
_PAGER = """
<p>{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">Newer</a>{% endif %}
{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">Older</a>{% endif %}</p>"""
_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for one in articles %}<url><loc>https://measured.example/{{ one.url }}</loc>
<lastmod>{{ one.date.isoformat() }}</lastmod></url>
{% endfor %}</urlset>
"""


def _pelican_text(entry: Entry) -> str:
    return (
        f"Title: {entry.title}\nDate: {entry.day} 06:00\nTags: {', '.join(entry.tags)}\n"
        f"Summary: {entry.description}\n\n{entry.body}"
    )


def pelican(binary: Path) -> Program:
    """Pelican, as it comes: without its cache of contents."""
    templates = {
        "base": page(*(f"{{% block {name} %}}{{% endblock %}}" for name in ("title", "about", "main"))),
        "article": '{% extends "base.html" %}{% block title %}{{ article.title }}{% endblock %}'
        "{% block about %}{{ article.summary|striptags }}{% endblock %}{% block main %}" + _POST + "{% endblock %}\n",
        "index": '{% extends "base.html" %}{% block main %}'
        + _LIST.replace("POSTS", "articles_page.object_list") + _PAGER + "{% endblock %}\n",
        "tag": '{% extends "base.html" %}{% block title %}{{ tag }}{% endblock %}{% block main %}<h1>{{ tag }}</h1>'
        + _LIST.replace("POSTS", "articles") + "{% endblock %}\n",
        "sitemap": _SITEMAP,
    }  # fmt: skip
    files = {f"theme/templates/{name}.html": text for name, text in templates.items()}
    files |= {"pelicanconf.py": _SETTINGS, "theme/static/.keep": ""}
    command = (str(binary), "-q", "-s", "pelicanconf.py", "content", "-o", "output")
    return Program("Pelican", command, "content", ("output", "__pycache__"), files, text=_pelican_text)
