"""Jekyll blogs of many shapes, written for the purpose."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, str | bytes]


def document(body: str, *keys: str) -> str:
    """A file with front matter."""
    return "\n".join(("---", *keys, "---", body, ""))


PLUGIN = """\
module Jekyll
  class Picture < Liquid::Tag
    def initialize(name, text, tokens)
      super
      @text = text.strip
    end

    def render(context)
      "<img src='#{@text}' alt=''>"
    end
  end
end
Liquid::Template.register_tag("picture", Jekyll::Picture)
"""
CONFIG = """\
title: Field Notes
description: "What a walk brings home: plants, mostly"
url: https://notes.example
timezone: America/New_York
permalink: /:categories/:year/:month/:title:output_ext
author:
  name: Ann Onymous
  email: ann@notes.example
plugins:
  - jekyll-feed
  - jekyll-seo-tag
markdown: kramdown
kramdown:
  syntax_highlighter: rouge
exclude: [notes/private, Makefile]
include: [.htaccess, .well-known]
forge: fieldnotes
links:
  - {name: Home, url: /}
  - {name: All, url: /all/}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, mood: calm}
  - scope: {path: "walks"}
    values: {season: spring}
collections:
  plants:
    output: true
    permalink: /plants/:name/
  sketches: {}
"""
POSTS: Files = {
    "_posts/2019-05-06-first-walk.md": """\
---
title: "First walk: the river"
tags: [river, early morning]
---
The *river* was high -- and "quiet".

## What's there?

- reeds
- a heron
  1. grey
  2. patient

### 2. Größe & more

Some `code` and a note.[^1]

[^1]: From the [guide](https://guide.example/).
""",
    "_posts/2019-05-07-late-evening.md": """\
---
title: Late evening
date: 2019-05-07 23:30:00
categories: Night Walks
---
Time without a zone is UTC there, and the day before here. See [the first]({% post_url 2019-05-06-first-walk %}).
""",
    "_posts/2019-05-08-offset.md": document(
        "The next day in the east.", "title: Offset", "date: 2019-05-08 22:15:00 -0800"
    ),
    "_posts/2011-02-29-leap.md": "---\ntitle: Leap\n---\nThere was no such day.\n",
    "_posts/2019-06-01-Upper_Case.v1.2-name.md": "---\ntitle: Upper\n---\nA name of many signs.\n",
    "_posts/2019-06-02-tab.md": "---\ntitle:\tTab\n---\nA tab in front matter.\n",
    "_posts/2019-06-03-twice.md": "---\ntitle: Once\nlayout: post\ntitle: Twice\n---\nTwo titles.\n",
    "_posts/2019-06-04-dots.md": "---\ntitle: Dots\n...\nClosed by dots.\n",
    "_posts/2019-06-05-bare.md": "No front matter at all.\n\n# A heading\n",
    "_posts/2019-06-06-windows.md": b"---\r\ntitle: Windows\r\ncategory: Night Walks\r\n---\r\nLines end twice.\r\n",
    "_posts/2019-06-07-own-address.md": "---\ntitle: Own address\npermalink: /caf\u00e9/own/\n---\nIts own address.\n",
    "_posts/2019-06-08-no-layout.md": "---\ntitle: Bare\nlayout: nothing-such\n---\nA layout that is not there.\n",
    "_posts/2019-06-09-code.md": """\
---
title: Code
---
{% highlight ruby %}
def walk
  "far"
end
{% endhighlight %}

```liquid
{% raw %}{{ page.title }}{% endraw %}
```

Braces of {{ site.forge }}, and {% include note.html text="a note" %}

[A page]({% link about.md %}), [a deeper one]({% link walks/map.md %}),
[a post]({% link walks/_posts/2019-07-01-hill.md %}) and [a file]({% link images/heron.svg %}).
""",
    "_posts/2019-06-10-foreign.md": "---\ntitle: Foreign\n---\nA picture: {% picture /images/heron.svg %}\n",
    "_posts/2019-06-11-hidden.md": "---\ntitle: Hidden\npublished: false\n---\nNot for all.\n",
    "_posts/2099-01-01-future.md": "---\ntitle: Future\n---\nNot yet.\n",
    "_posts/undated.md": "---\ntitle: Undated\n---\nJekyll passes it over.\n",
    "_posts/heron.svg": "<svg/>",
    "_posts/2019-06-12-moved.md": "---\ntitle: Moved\nredirect_from: /old/place/\n---\nIt was elsewhere.\n",
    "_posts/2019-06-13-html.html": "---\ntitle: HTML\n---\n<h2>Raw</h2>\n<p>{{ page.mood }} as it is</p>\n",
    "walks/_posts/2019-07-01-hill.md": "---\ntitle: Hill\ncategories: [steep]\n---\nUp and {{ page.season }}.\n",
    "walks/_posts/north/2019-07-02-dune.md": "---\ntitle: Dune\n---\nSand.\n",
    "_drafts/someday.md": "---\ntitle: Someday\n---\nA draft.\n",
    "walks/_drafts/soon.md": "---\ntitle: Soon\n---\nAnother draft.\n",
}
PAGES: Files = {
    "about.md": "---\ntitle: About\nlayout: page\n---\nWho walks, and where.\n",
    "index.html": document(
        "<ul>{% for post in site.posts %}<li>{{ post.title }}</li>{% endfor %}</ul>", "layout: default"
    ),
    "all/index.md": "---\ntitle: All\nlayout: page\n---\nAll walks.\n",
    "walks/map.md": "---\ntitle: Map\nlayout: page\n---\n# The map\n\nIn {{ page.season }}.\n",
    "walks/plain.html": "<!doctype html><title>Plain</title><p>No front matter.</p>\n",
    "404.html": "---\npermalink: /404.html\n---\n<p>Lost.</p>\n",
    "words.json": '---\nlayout: null\n---\n[{% for post in site.posts %}"{{ post.url }}",{% endfor %} null]\n',
    "css/print.css": "---\n---\nbody { color: black }\n",
    "css/main.scss": "---\n---\n$ink: black;\nbody { color: $ink }\n",
    "_plants/reed.md": "---\ntitle: Reed\n---\nTall grass.\n",
    "_sketches/one.md": "---\ntitle: One\n---\nNobody sees it.\n",
}
OTHERS: Files = {
    "images/heron.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "CNAME": "notes.example\n",
    ".htaccess": "Options -Indexes\n",
    ".well-known/contact.txt": "ann\n",
    ".gitignore": "_site\n",
    "Gemfile": 'source "https://gems.example"\n',
    "Makefile": "all:\n",
    "notes/private/a.md": "---\ntitle: Private\n---\nExcluded.\n",
    "notes/plan.txt": "Walk more.\n",
    "static/old.txt": "In a folder of that name.\n",
    "_data/birds.yml": "heron: grey\n",
    "_sass/base.scss": "$a: 1px;\n",
    "_plugins/picture.rb": PLUGIN,
}
LAYOUTS: Files = {
    "_layouts/default.html": """\
<!doctype html>
<html lang="{{ page.lang | default: site.lang | default: "en" }}">
{% include head.html %}
<body>
<nav>{% for link in site.links %}<a href="{{ link.url | relative_url }}">{{ link.name }}</a> {% endfor %}</nav>
<div class="frame">{{ content }}</div>
<footer>{% if site.forge %}At {{ site.forge }}{% endif %}</footer>
</body>
</html>
""",
    "_layouts/post.html": """\
---
layout: default
---
<article>
<h1>{{ page.title | escape }}</h1>
<p>{{ page.date | date: "%-d %B %Y" }}{% if page.tags.size > 0 %} on {{ page.tags | join: ", " }}{% endif %}</p>
<div class="text e-content">{{ content }}</div>
{% unless page.next %}<p>The newest walk.</p>{% endunless %}
</article>
""",
    "_layouts/page.html": "---\nlayout: default\n---\n<h1>{{ page.title }}</h1>\n<main>{{ content }}</main>\n",
    "_includes/head.html": "<head><title>{{ page.title | default: site.title }}</title></head>\n",
    "_includes/note.html": '<span class="note">{{ include.text }}</span>',
}

ODD_CONFIG = """\
title: 2020
permalink: pretty
baseurl: /notes
url: https://odd.example
include: [_pages]
markdown_ext: md,mkdown
excerpt_separator: <!--more-->
menu: {main: [Home, About]}
social: {name: Ann, links: [https://social.example/ann]}
defaults:
  - scope: {path: "", type: recipes}
    values: {layout: dish, serves: 2}
  - scope: {path: "shop/*"}
    values: {open: true}
  - scope: {path: "", type: pages}
    values: {kind: page}
  - scope: {path: "_posts/old"}
    values: {old: true, tags: [past]}
collections:
  recipes: {output: true}
  posts: {permalink: "/blog/:year/:title/"}
"""
ODD: Files = {
    "_config.yml": ODD_CONFIG,
    "_posts/2020-01-01-one.md": document(
        "One {% include both.html name=page.title %}.", "title: 1.10", "layout: dish", "tags: [1.10, yes]"
    ),
    "_posts/2020-01-02-one.md": document(
        "The second takes it.", "title: The same address", "permalink: /blog/2020/one/"
    ),
    "_posts/old/2020-01-03-old.mkdown": document("In {{ page.old }} days.<!--more-->\n\nMore.", "title: Old"),
    "_posts/2020-01-04-signs & more!.md": document("Of all kinds.", "title: Signs"),
    "_posts/2020-01-05-published.md": "---\ntitle: Wrong kinds\ntags: {a: b}\n---\nA mapping for tags.\n",
    "_posts/2020-01-06-plain.text": "---\ntitle: Text\n---\nNo Markdown: *stars*.\n",
    "_posts/2020-01-07-unclosed.md": "---\ntitle: Never closed\n\nAll of it is text.\n",
    "_pages/imprint.md": "---\ntitle: Imprint\npermalink: /imprint/\n---\nAnn.\n",
    "_pages/deep/er.md": "---\ntitle: Deeper\n---\nIn {{ page.kind }}.\n",
    "shop/index.md": "---\ntitle: Shop\n---\nOpen: {{ page.open }}.\n",
    "shop/list.mkdown": "---\ntitle: List\n---\n- a\n- b\n",
    "feed.atom": "---\n---\n{% for p in site.posts limit:1 %}{{ p.title }}{% endfor %}\n",
    "_recipes/soup.md": "---\ntitle: Soup\n---\nFor {{ page.serves }}, see [shop]({% link shop/index.md %}).\n",
    "_recipes/sub/stew.md": "---\ntitle: Stew\nlayout: null\n---\nThick.\n",
    "_data/twice.yml": "a: 1\nb: 2\na: 3\n",
    "_layouts/dish.html": "<!doctype html>{% include both.html name='x' %}<div id='c'>{{ content }}</div>\n",
    "_includes/both.html": "<b>{{ include.name }} of {{ site.data.twice.a }}</b>",
    "_includes/unused.html": "{% nothing %}",
}
OWN: Files = {"_config.yml": CONFIG, **POSTS, **PAGES, **OTHERS, **LAYOUTS}
MINIMA: Files = {
    "_config.yml": "title: Small\nurl: https://small.example\nbaseurl: /blog\ntheme: minima\nplugins: [jekyll-feed]\n",
    "index.md": "---\nlayout: home\n---\n",
    "about.md": "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nA small blog.\n",
    "_posts/2020-03-01-welcome.md": document(
        "# Hello\n\nYou see.", "layout: post", "title: Welcome", "categories: jekyll update"
    ),
    "_posts/2020-03-02-again.md": "---\nlayout: post\ntitle: Again\n---\nA [link](/blog/about/).\n",
}


def write(folder: Path, files: Files) -> Path:
    """The files in the folder."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def jekyll(folder: Path) -> Path:
    """What Jekyll makes of the folder, in `_site`."""
    own = {"TZ": "UTC", "JEKYLL_ENV": "production", "LC_ALL": "C.UTF-8", "JEKYLL_NO_BUNDLER_REQUIRE": "1"}
    command = ["jekyll", "build", "-q", "-s", str(folder), "-d", str(folder / "_site"), "--disable-disk-cache"]
    subprocess.run(command, env={**os.environ, **own}, check=True, timeout=300, capture_output=True, cwd=folder)
    return folder / "_site"
