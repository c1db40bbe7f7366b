"""Jekyll sites of all shapes: what is in them, by the name of the shape. `CONFIG` is their `_config.yml`."""

from __future__ import annotations

from collections.abc import Mapping

CONFIG = "_config.yml"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe"


def doc(body: str = "Text.", **front: str) -> str:
    """A document with front matter."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{body}\n"


VALUES = """
{% for f in site.static_files -%}
{%- if f.path contains "recipes" or f.path contains "people" or f.published == false %}{% continue %}{% endif %}
{{ f.path }} {{ f.name }} {{ f.basename }} {{ f.extname }} {{ f.modified_time | date: "%Y" }}{% endfor %}
{% assign pages = site.html_pages | sort: "url" %}{% for p in pages %}
{{ p.url }} {{ p.path }} {{ p.name }} {{ p.dir }} {{ p.title }}{% endfor %}
{% for d in site.recipes %}
{{ d.title }} {{ d.slug }} {{ d.url }} {{ d.collection }} {{ d.path }} {{ d.id }} {{ d.ext }}
{{ d.next.url }} {{ d.previous.url }}
{% if d.title == "Cake" %}{{ d.date | date: "%Y" }}{% endif %}{% endfor %}
{% for d in site.people %}{{ d.title }} {{ d.url }}{% endfor %}
{% for c in site.collections %}{{ c.label }} {{ c.output }} {{ c.docs | size }} {% endfor %}
"""
EVERYTHING: Mapping[str, str | bytes] = {
    "index.html": doc("<h1>Start</h1>"),
    "about.md": doc(title="About"),
    "plain.md": "# No front matter\n",
    "plain.html": "<p>None here, either.</p>",
    "contact.html": doc("<p>Write</p>"),
    "old.htm": doc("<p>Old</p>"),
    "strict.xhtml": doc("<p>Strict</p>"),
    "empty.md": "---\n---\n",
    "README.md": "Read me.\n",
    "LICENSE": "Free.\n",
    "CNAME": "example.org\n",
    "Gemfile": "source\n",
    "Gemfile.lock": "lock\n",
    "Rakefile": "task\n",
    "feed.xml": doc("<x>{{ site.title }}</x>"),
    "robots.txt": doc("Sitemap: {{ '/sitemap.xml' | absolute_url }}"),
    "humans.txt": "Us.\n",
    "search.json": doc(
        '[{% for p in site.posts %}"{{ p.title }}"{% unless forloop.last %},{% endunless %}{% endfor %}]'
    ),
    "manifest.webmanifest": doc("{}"),
    "values.txt": doc(VALUES),
    "script.js": doc("var title = '{{ site.title }}';"),
    "css/main.css": doc("a { color: {{ site.colour }} }"),
    "css/print.css": "a { color: black }\n",
    "Makefile": doc("all:"),
    "404.md": doc(permalink="/404.html"),
    "named.md": doc(permalink="/elsewhere/"),
    "named-file.md": doc(permalink="/deep/er/page.html"),
    "named-text.md": doc(permalink="/deep/text.txt"),
    "named-bare.md": doc(permalink="/deep/bare"),
    "named-parts.md": doc(permalink="/parts/:basename:output_ext"),
    "named-feed.xml": doc("<y/>", permalink="/rss/"),
    "named-json.json": doc("{}", permalink="/api/all"),
    "hidden.md": doc(published="false"),
    "two.dots.md": doc(),
    "trailing...md": doc(),
    "with blank.md": doc(),
    "ünï.md": doc(),
    "100%.md": doc(),
    "100%.txt": "per cent\n",
    "UPPER.MD": doc(),
    "pages/one.md": doc(),
    "pages/index.md": doc(),
    "pages/deep/two.html": doc("<p>Two</p>"),
    "pages/deep/index.html": doc("<p>Index</p>"),
    "pages/deep/named.md": doc(permalink="/:path/other/:basename/"),
    "assets/picture.png": PICTURE,
    "assets/data.json": '{"a": 1}\n',
    "assets/.secret": "x",
    "assets/backup.css~": "x",
    "assets/#draft.css": "x",
    "assets/_partial.css": "x",
    "_private/page.md": doc(),
    "_paged/far.html": doc("<p>Far</p>", permalink="/far/"),
    "_paged/near.md": doc(),
    "_site/index.html": "built\n",
    "_sass/_base.scss": "a {}\n",
    "_data/people.yml": "- Al\n",
    "_includes/_note.html": "note",
    ".hidden/page.md": doc(),
    ".htaccess": "Deny\n",
    ".gitignore": "x\n",
    "node_modules/x/index.js": "x",
    "vendor/bundle/gem/page.md": doc(),
    "vendor/lib.js": "x",
    "drafty/_drafts/2020-04-01-idea.md": doc(),
    "_drafts/later.md": doc(date="2020-04-02"),
    "_drafts/sketch.png": PICTURE,
    "_posts/2020-01-02-first.md": doc(title="First"),
    "_posts/2020-01-03-bare.md": "No front matter.\n",
    "_posts/2020-01-04-page.html": doc("<p>HTML</p>"),
    "_posts/2020-01-05-old.htm": doc("<p>HTML</p>"),
    "_posts/2020-01-06-plain.text": doc("*not* Markdown"),
    "_posts/2020-01-07-report.Rmd": doc("# R"),
    "_posts/2020-01-08-values.json": doc("{}"),
    "_posts/2020-01-09-values.yml": "a: 1\n",
    "_posts/2020-01-10-photo.png": PICTURE,
    "_posts/2020-01-11-nothing": doc(),
    "_posts/2020-01-12-version-1.2.md": doc(),
    "_posts/2020-01-13-named.md": doc(permalink="/posts/named.txt"),
    "_posts/2020-01-14-bare-name.md": doc(permalink="/posts/bare"),
    "_posts/2020-01-15-folder.text": doc("x", permalink="/posts/folder/"),
    "_posts/2020-01-16-down.mkdown": doc(),
    "_posts/2020-01-17-Upper.MARKDOWN": doc(),
    "_posts/undated.md": doc(),
    "_posts/LICENSE": "Free.\n",
    "_posts/picture.png": PICTURE,
    "_posts/2099-01-01-future.md": doc(),
    "_posts/2020-01-18-unpublished.md": doc(published="false"),
    "_posts/deep/2020-01-19-deep.md": doc(),
    "_posts/_special/2020-01-20-special.md": doc(),
    "_posts/deep/_special/2020-01-21-special.md": doc(),
    "_posts/_2020-01-22-special.md": doc(),
    "_posts/.2020-01-23-dotted.md": doc(),
    "_posts/2020-01-24-backup.md~": doc(),
    "blog/_posts/2020-02-01-there.md": doc(),
    "blog/en/_posts/2020-02-02-deeper.md": doc(),
    "blog/picture.png": PICTURE,
    "_private/_posts/2020-02-03-lost.md": doc(),
    "static/tool.js": "x",
    "_recipes/soup.md": doc(title="Soup"),
    "_recipes/deep/2020-03-01-cake.md": doc(),
    "_recipes/notes.txt": "plain\n",
    "_recipes/deep/pie.png": PICTURE,
    "_recipes/list.json": doc("[]"),
    "_recipes/own.md": doc(permalink="/own/:name/"),
    "_recipes/_secret.md": doc(),
    "_people/al.md": doc(),
    "_people/al.png": PICTURE,
}

SHAPES: Mapping[str, str] = {
    "as it comes": "",
    "pretty": "permalink: pretty\n",
    "ordinal": "permalink: ordinal\n",
    "weekdate": "permalink: weekdate\n",
    "none": "permalink: none\n",
    "own, with a slash": "permalink: /archive/:year/:title/\n",
    "own, with an ending": "permalink: /archive/:title:output_ext\n",
    "own, with .html": "permalink: /archive/:title.html\n",
    "own, without": "permalink: /archive/:title\n",
    "permalink of the posts": "permalink: pretty\ncollections:\n  posts:\n    permalink: /p/:year/:slug:output_ext\n",
    "excluded": "exclude: [pages/deep, README.md, assets/*.json, 'named*', css/, LIC]\n",
    "included": "include: [_private, .hidden, assets/_partial.css, .gitignore, Gemfile, vendor/bundle/gem/page.md]\n",
    "include and exclude": "include: [pages/deep/two.html, '_priv*']\nexclude: [pages, css, _private]\n",
    "drafts, future and unpublished": "show_drafts: true\nfuture: true\nunpublished: true\n",
    "few": "limit_posts: 4\n",
    "Markdown's endings": "markdown_ext: text,md\n",
    "collections": "collections:\n  recipes:\n    output: true\n  people:\n    output: false\n",
    "collections in order": "collections: {recipes: {output: true, order: [own.md, soup.md]}, people: {sort_by: x}}\n",
    "collections in a list": "collections: [recipes, people]\n",
    "collections, pretty": "permalink: pretty\ncollections: {recipes: {output: true}}\n",
    "collections by permalink": "collections: {recipes: {output: true, permalink: '/eat/:collection/:title/'}}\n",
    "collections of private pages": "collections: {private: {output: true, permalink: '/:path/'}}\n",
    "included pages": "include: [_paged]\n",
    "pages by defaults": "defaults: [{scope: {path: pages, type: pages}, values: {permalink: '/moved/:basename/'}}]\n",
    "a folder for collections": "collections_dir: blog\ncollections: {recipes: {output: true}}\n",
    "kept back by defaults": "defaults: [{scope: {path: assets}, values: {published: false}}]\n",
}
