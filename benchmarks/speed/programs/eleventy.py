"""The site for Eleventy."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed.programs import Program, page

_LIST = (
    "<ul>{% for one in POSTS %}\n"
    '<li><a href="{{ one.url }}">{{ one.data.title }}</a> <time>{{ one.date | day }}</time></li>{% endfor %}</ul>'
)
_SETTINGS = """module.exports = async function (eleventy) {
  const plugin = await import("@11ty/eleventy-plugin-syntaxhighlight");
  eleventy.addPlugin(plugin.default);
  eleventy.addFilter("day", date => date.toISOString().slice(0, 10));
  eleventy.addFilter("moment", date => date.toISOString());
  eleventy.addCollection("entries", api => {
    const found = api.getFilteredByGlob("posts/*.md");
    found.forEach((one, at) => { one.data.older = found[at - 1]; one.data.newer = found[at + 1]; });
    return found;
  });
  eleventy.addCollection("newest", api => api.getFilteredByGlob("posts/*.md").reverse().slice(0, 20));
  return { dir: { input: ".", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
};
"""
_POSTS = """const day = date => date.toISOString().slice(0, 10).replaceAll("-", "/");
module.exports = { layout: "post.njk", permalink: data => `/${day(data.page.date)}/${data.page.fileSlug}/` };
"""
_POST = """<article>
<h1>{{ title }}</h1>
<p><time>{{ page.date | day }}</time>
{% for tag in tags %} <a href="/tags/{{ tag }}/">{{ tag }}</a>{% endfor %}</p>
{{ content | safe }}
</article>
<p>{% if older %}<a href="{{ older.url }}">{{ older.data.title }}</a>{% endif %}
{% if newer %}<a href="{{ newer.url }}">{{ newer.data.title }}</a>{% endif %}</p>"""
_HOME = (
    """---
layout: frame.njk
title: Measured
pagination: {data: collections.entries, size: 10, reverse: true, alias: shown}
permalink: "{% if pagination.pageNumber > 0 %}/page{{ pagination.pageNumber + 1 }}{% endif %}/index.html"
---
"""
    + _LIST.replace("POSTS", "shown")
    + """
<p>{% if pagination.href.previous %}<a href="{{ pagination.href.previous }}">Newer</a>{% endif %}
{% if pagination.href.next %}<a href="{{ pagination.href.next }}">Older</a>{% endif %}</p>
"""
)
_TAGS = (
    """---
layout: frame.njk
pagination: {data: collections, size: 1, alias: tag, filter: [all, entries, newest]}
permalink: "/tags/{{ tag }}/"
eleventyComputed: {title: "{{ tag }}"}
---
<h1>{{ tag }}</h1>"""
    + _LIST.replace("POSTS", "collections[tag] | reverse")
    + "\n"
)
_FEED = """---
permalink: /feed.xml
eleventyExcludeFromCollections: true
---
<feed xmlns="http://www.w3.org/2005/Atom"><title>Measured</title><id>https://measured.example/</id>
<updated>{{ collections.newest[0].date | moment }}</updated>
{% for one in collections.newest %}<entry>
<title>{{ one.data.title }}</title><id>https://measured.example{{ one.url }}</id>
<link href="https://measured.example{{ one.url }}"/><updated>{{ one.date | moment }}</updated>
<content type="html">{{ one.content }}</content>
</entry>
{% endfor %}</feed>
"""
_SITEMAP = """---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for one in collections.entries %}<url><loc>https://measured.example{{ one.url }}</loc>
<lastmod>{{ one.date | moment }}</lastmod></url>
{% endfor %}</urlset>
"""


def eleventy(modules: Path) -> Program:
    """Eleventy, with the plugin that highlights code; its modules are linked into the site's folder."""
    files = {
        "eleventy.config.js": _SETTINGS,
        "package.json": '{"name": "measured", "private": true}\n',
        "posts/posts.11tydata.js": _POSTS,
        "_includes/frame.njk": page("{{ title }}", "{{ description }}", "{{ content | safe }}"),
        "_includes/post.njk": f"---\nlayout: frame.njk\n---\n{_POST}\n",
        "index.njk": _HOME,
        "tags.njk": _TAGS,
        "feed.njk": _FEED,
        "sitemap.njk": _SITEMAP,
    }
    command = ("node", str(modules / "@11ty/eleventy/cmd.cjs"), "--quiet")
    return Program("Eleventy", command, "posts", ("_site",), files, links=(("node_modules", str(modules)),))
