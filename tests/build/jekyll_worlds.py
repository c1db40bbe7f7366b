"""A site from Jekyll made by chance: a `_config.yml`, Liquid in its posts, and what that Liquid looks at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.build.worlds import NEEDED, World

LIQUID = (  # each stands alone in any body
    "{{ page.title }} {{ page.url }} {{ page.date | date: '%F %T' }} {{ page.mood | inspect }}",
    "{% for p in site.posts limit: 3 %}{{ p.title }} {{ p.url }} {{ p.excerpt | strip_html }}{% endfor %}",
    "{{ site.posts.last.content | strip_html }} {{ site.posts | size }}",
    "{{ site.data.people | jsonify }}{% for x in site.data.deep.x %}{{ x }}{% endfor %}",
    "{% assign found = site.posts | where: 'mood', 'a' %}{{ found | map: 'title' | join: ', ' }}",
    "{% assign groups = site.posts | group_by_exp: 'p', 'p.tags | size' %}{{ groups | map: 'name' | join }}",
    "{% include note.html text=page.title %}",
    "{% include deep.html %}{{ given }}",
    "{% include missing.html %}",
    "{% include_relative beside.txt %}",
    "{{ page.previous.title }} {{ page.next.url }}",
    "{% for t in site.tags %}{{ t[0] }}: {{ t[1] | map: 'title' | join }};{% endfor %}",
    "{{ site.categories | size }} {{ site.related_posts | map: 'title' | join }}",
    "{{ site.title }} {{ site.baseurl }} {{ site.which }} {{ '/x' | absolute_url }}",
    "{{ site.pages | map: 'url' | join }} {{ site.static_files | map: 'path' | join }}",
    "{% link index.md %} {% link static/CNAME %}",
    "{% raw %}{{ x }}{% endraw %} {{ other.language }} {% unknown %}",
    "{% capture a %}{{ page.tags | join }}{% endcapture %}{{ a }} {{ page.title! }}",
    "{% if page.hidden %}hidden{% elsif page.next %}older{% else %}newest{% endif %}",
    "{{ site.time | date: '%F' }}",
    "{% highlight ruby %}\nputs '{{ page.title }}'\n{% endhighlight %}",
)
NOTES = (
    "<b>{{ include.text }}</b>",
    "{{ site.data.places | size }}{{ include.text | upcase }}",
    "{% include deep.html %}{{ page.url }}",
    "plain",
)
DEEP = ("{% assign given = page.title %}", "{{ site.posts.first.title }}", "deep", "{{ page.title! }}")
OPTIONS: Mapping[str, Callable[[World], Any]] = {
    "title": lambda world: world.words(1, 2),
    "url": lambda world: world.random.choice(["", "https://example.org", "https://example.org/"]),
    "baseurl": lambda world: world.random.choice(["", "/", "/blog"]),
    "timezone": lambda world: world.random.choice(["UTC", "Asia/Tokyo", "America/New_York"]),
    "permalink": lambda world: world.random.choice(["date", "pretty", "none", "/:categories/:title/", "/:title"]),
    "future": lambda world: world.maybe(0.5),
    "show_drafts": lambda world: world.maybe(0.5),
    "unpublished": lambda world: world.maybe(0.5),
    "limit_posts": lambda world: world.random.choice([0, 3, 5]),
    "paginate": lambda world: world.random.choice([2, 10]),
    "excerpt_separator": lambda world: world.random.choice(["<!--more-->", "\n\n"]),
    "which": lambda world: world.random.choice(["a", "b", {"x": [1]}]),
    "exclude": lambda world: world.random.choice([[], ["_posts/sub"], ["static/a.css"]]),
    "kramdown": lambda world: world.random.choice([{"input": "GFM"}, {"hard_wrap": True}]),
    "plugins": lambda world: world.random.choice([[], ["jekyll-feed", "jekyll-nothing"]]),
}


class JekyllWorld(World):
    """One site with a `_config.yml`. `texts` are what its bodies are made of."""

    texts: Sequence[str] = LIQUID

    def begin(self) -> None:
        """The first state. Its layouts are Jinja, and include nothing: `_includes` is for Liquid here."""
        some = [look for look in NEEDED if "include" not in look and "counter" not in look]
        self.looks = self.looks or self.random.sample(some, self.random.randint(2, len(some)))
        self.write("index.md", self.document({"title": "Start"}, "The start. {{ site.posts | map: 'title' | join }}\n"))
        self.write("_layouts/bare.html", "{{ content }}")
        self.write("_layouts/fancy.html", "---\nlayout: default\n---\n{{ content }}")
        self.save_settings()
        for make in (*[self.add_post] * 8, self.put_data, self.put_include, self.put_include, self.put_beside):
            make()
        for _ in range(self.random.randint(1, 4)):
            self.random.choice([self.put_layout, self.configure, self.add_page, self.put_static])()

    def save_settings(self) -> None:
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.settings.items())
        self.write("_config.yml", "".join(lines))

    def comment_settings(self) -> str:
        self.write("_config.yml", (self.root / "_config.yml").read_text() + f"# {self.words(1, 3)}\n")
        return "a comment in the configuration"

    def configure(self) -> str:
        key = self.random.choice([*OPTIONS, "defaults"])
        if key in self.settings and self.maybe(0.3):
            del self.settings[key]
        elif key == "defaults":
            path = self.random.choice(["", "_posts", "_posts/su"])
            self.settings[key] = [{"scope": {"path": path, "type": "posts"}, "values": self.defaults()}]
        else:
            self.settings[key] = OPTIONS[key](self)
        self.save_settings()
        return f"setting {key}: {self.settings.get(key)}"

    def front(self, kind: str) -> dict[str, Any]:
        front = {key: value for key, value in super().front(kind).items() if key != "form"}
        more: dict[str, tuple[float, Callable[[], Any]]] = {
            "redirect_from": (0.2, lambda: [f"/old/{self.next()}/", f"/old/{self.next()}.html"]),
            "render_with_liquid": (0.1, lambda: False),
            "published": (0.05, lambda: False),
        }
        return front | {key: make() for key, (chance, make) in more.items() if self.maybe(chance)}

    def body(self) -> str:
        texts = self.random.sample(self.texts, self.random.randint(0, min(3, len(self.texts))))
        posts = self.files("_posts")
        if posts and self.maybe(0.4):
            texts.append(f"{{% post_url {self.random.choice(posts).stem} %}}")
        return "\n\n".join([super().body().strip("\n"), *texts]) + "\n"

    def files(self, *folders: str) -> list[Path]:
        return [file for file in super().files(*folders) if file.name != "beside.txt"]

    def put_include(self) -> str:
        name, texts = self.random.choice([("note", NOTES), ("deep", DEEP)])
        self.write(f"_includes/{name}.html", text := self.random.choice(texts))
        return f"include {name}: {text}"

    def put_beside(self) -> str:
        self.write("_posts/beside.txt", f"beside {self.words(1, 2)} {{{{ page.title }}}}\n")
        return "_posts/beside.txt written"

    def put_static(self) -> str:
        return self.put_beside() if self.maybe(0.3) else super().put_static()
