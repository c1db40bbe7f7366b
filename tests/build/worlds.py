"""A small site made by chance, edited by chance: the same seed gives the same site and the same edits."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sitegen.errors import Problem
from sitegen.pictures.beside import FOLDERS
from sitegen.settings.names import USUAL_OUTPUTS
from tests.pictures.files import png

WORDS = ["plain", "river", "stone", "garden", "window", "letter", "circle", "winter", "paper", "light", "engine"]
TAGS = ["C", "C++", "C#", "python", "Python", "R & D", "ünï", 1.10, "two words"]
CATEGORIES = ["News", "Notes", "deep/er", "Notes "]
NEEDED = (  # what a layout may look at; each stands alone on any page
    "{% for p in site.posts %}{{ p.title }}|{{ p.date | date }}|{{ p.url }}|{{ p.id }}|{{ p.slug }}\n{% endfor %}",
    "{{ site.posts | length }} posts, {{ site.pages | length }} pages",
    "{% for f in site.static_files %}{{ f.path }}{{ f.basename }}{{ f.modified_time | date }}{% endfor %}",
    "{% for p in site.posts[:3] %}{{ p.excerpt }}{{ p.words }}{{ p.toc }}{{ p.reading_time }}{% endfor %}",
    "{% if site.posts %}{{ site.posts[-1].content | length }}{{ site.posts[0] }}{{ page }}{% endif %}",
    "{% for p in site.posts %}{{ p.layout }}{{ p.lang }}{{ p.draft }}{{ p.author }}{{ p.updated | date }}{% endfor %}",
    "{% for p in site.posts %}{{ p.description }}{{ p.tags | join }}{{ p.categories | join }}{% endfor %}",
    "{% for p in site.posts %}{{ p.mood | default('-') }}{% endfor %}",
    "{% for p in site.posts %}{% if p.call %}{{ p.call.open }}{{ p.call.form.submit }}{% endif %}{% endfor %}",
    "{% for p in site.pages %}{{ p.title }}{{ p.url }}{{ p.description }}{{ p.mood | default('-') }}{% endfor %}",
    "{% for name, posts in site.tags.items() %}{{ name }}:{{ posts | length }}:{{ posts[0].title }} {% endfor %}",
    "{% for name in site.categories %}{{ name }}{{ site.categories[name] | length }}{% endfor %}",
    "{% if page.tags %}{% for p in site.tags.get(page.tags[0], []) %}{{ p.title }}{% endfor %}{% endif %}",
    "{% for p in site.posts[:4] %}{% for a in p.authors %}{{ a.key }}{{ a }}{{ a.bio }}{% endfor %}{% endfor %}",
    "{% for a in page.authors | default([]) %}{{ a.name }}{{ a.url }}{{ a.social | join }}{{ a.picture }}{% endfor %}",
    "{% for a in site.profiles %}{{ a.key }}{{ a.posts | length }}{{ a.posts[0].title if a.posts }}{% endfor %}",
    "{{ site.data.people | default('nobody') }}",
    "{% for name, value in site.data.items() %}{{ name }}={{ value }};{% endfor %}",
    "{{ 'people' in site.data }}{{ site.data | length }}{{ site.data.deep.x | default('') if site.data.deep }}",
    "{% if page.previous %}{{ page.previous.title }}{{ page.previous.date | date }}{% endif %}",
    "{% if page.previous and page.previous.previous %}{{ page.previous.previous.excerpt }}{% endif %}",
    "{% if page.series %}{{ page.series }}{{ page.series.part }}/{{ page.series.total }}{% endif %}",
    "{% for p in page.series.posts or [] %}{{ p.url }}{{ p.title }}{% endfor %}",
    "{% if page.series.next %}{{ page.series.next.words }}{{ page.series.url }}{% endif %}",
    "{% for p in site.posts %}{{ p.series }}{% if p.series %}{{ p.series.part }}{% endif %}{% endfor %}",
    "{% if page.kind == 'post' %}{% for p in page.related %}{{ p.title }}{{ p.words }}{% endfor %}{% endif %}",
    "{% for p in site.posts[:2] %}{{ p.related | map(attribute='url') | join }}{% endfor %}",
    "{% if page.next %}{{ page.next.url }}{{ page.next.tags | join(',') }}{{ page.next.words }}{% endif %}",
    "{% for c in site.calls %}{{ c.id }}{{ c.open }}{{ c.capacity }}{{ c.closes | date }}{{ c.title }}{% endfor %}",
    "{% for c in site.calls %}{{ c.form.action }}{{ c.form.intro }}{{ c.form.thanks }}{{ c.url }}{% endfor %}",
    "{% for c in site.calls %}{{ c.form.fields | map(attribute='label') | join }}{{ c.form.privacy }}{% endfor %}",
    "{% for c in site.calls %}{{ c.taken }}{{ c.form.places }}{{ c.members | join }}{% endfor %}",
    "{{ site.calls | length }}",
    "{{ '/assets/style.css' | asset_url }}{{ '/assets/style.css' | asset_integrity }}",
    "{{ '/assets/join.js' | asset_url }}{{ '/assets/favicon.svg' | asset_url }}{{ '/assets/feed.css' | asset_url }}",
    "{% for p in page.translations | default([]) %}{{ p.lang }}{{ p.url }}{{ p.title }}{% endfor %}",
    "{% for p in (site.posts | first).translations or [] %}{{ p.url }}{{ p.words | default('') }}{% endfor %}",
    "{% for p in page | alternates %}{{ p.lang }}{{ p.url }}{% endfor %}",
    "{% for p in page | languages %}{{ p.name }}{{ p.url }}{{ p.current }}{% endfor %}",
    "{% for t in page.translations | default([]) %}{{ t.previous.title | default('') }}{{ t.series }}{% endfor %}",
    "{% for one in site.languages %}{{ one.name }}{{ one.title }}{{ one.url }}{% endfor %}{{ site.home }}",
    "{{ site.time | date_to_xmlschema }}",
    "{% if paginator %}{{ paginator.page }}/{{ paginator.total_pages }}{{ paginator.next_page_path }}{% endif %}",
    "{% if paginator %}{% for p in paginator.posts %}{{ p.title }}{{ p.words }}{% endfor %}{% endif %}",
    "{{ site.title }}{{ site.description }}{{ site.url }}{{ site.baseurl }}{{ site.author }}{{ site.lang }}",
    "{{ site.paginate }}{{ site.permalink }}{{ site.extra }}{{ site.outputs }}{{ site.timezone }}",
    "{% include (site.extra.which | default('a')) ~ '.html' ignore missing %}",
    "{% include (page.mood | default('a') | string) ~ '.html' ignore missing %}",
    "{% include 'a.html' ignore missing %}",
    "{% include ['b.html', 'a.html'] ignore missing %}",
    "{% import 'counter.html' as counter %}{{ counter.up() }}",
    "{% for item in site.menu %}{{ item.title }}{{ item.url }}{% endfor %}",
    "{{ layout.colour | default('') }}{{ page.layout }}{{ page.url }}{{ page.kind }}{{ page.lang }}",
    "{{ page.title }}{{ page.mood | default('') }}{{ page.author | default('') }}{{ page.updated | default('') }}",
    "{% if page.years %}{% for group in page.years %}{{ group.year }}{{ group.posts | length }}{% endfor %}{% endif %}",
    "{% for m in page.months or [] %}{{ m.title }}{{ m.url }}{{ m.posts | length }}{% endfor %}",
    "{% if page.overview %}{{ page.overview.title }}{{ page.overview.url }}{{ page.feed | default('') }}{% endif %}",
    "{% if page.older %}{{ page.older.title }}{% endif %}{% if page.year %}{{ page.year.url }}{% endif %}",
    "{% for p in site.posts %}{{ p.pinned }}{{ p.expires | date }}{% endfor %}",
    "{{ t('posts.draft') }}{{ spoken('lists.tags') }}{{ t('lists.count', count=1200) }}{{ 1200 | number }}",
    "{% if page.date %}{{ page.date | date_words }}{{ page.date | date_words('month') }}{% endif %}",
    "{% if page.posts %}{% for p in page.posts %}{{ p.title }}{% endfor %}{% endif %}",
    "{% for p in site.posts[:3] %}{{ p.card.path if p.card }}{% endfor %}",
    "{% if page.calls %}{% for c in page.calls %}{{ c.open }}{{ c.title }}{% endfor %}{% endif %}",
)
BLOCKS = (
    "> [!TIP]\n> paper",
    "!!! note\n    stone",
    "$$x^2$$",
    "```py {1}\nx\n```",
)  # what settings of Markdown decide about
FRAME = "<!doctype html><title>{{ page.title }}</title>{% block main %}{{ content }}{% endblock %}\n"
LAYOUTS = (
    "default",
    "post",
    "page",
    "home",
    "term",
    "terms",
    "author",
    "authors",
    "archive",
    "period",
    "join",
    "call",
    "404",
    "fancy",
)
INCLUDES = ("a", "b", "header", "footer", "post_foot")
PICTURES = ("one.png", "two.png", "sub/three.png")
SHORTCODES = {"say": "<b>{{ words }}</b>", "box": '<div class="box">{{ inner }}</div>'}
COUNTER = "{% set n = namespace(v=0) %}{% macro up() %}{% set n.v = n.v + 1 %}{{ n.v }}{% endmacro %}"
START = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class World:
    """One site on disk, the moment that builds believe in, and what was put into its output by strangers.

    `looks` are what its layouts are made of: few in some worlds, for who looks at much is stale for many reasons.
    """

    root: Path
    random: Random
    now: datetime = START
    settings: dict[str, Any] = field(default_factory=dict)
    strangers: dict[str, bytes] = field(default_factory=dict)
    number: int = 0
    looks: Sequence[str] = ()

    @property
    def output(self) -> Path:
        return self.root / "output"

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.age(file)

    def age(self, file: Path) -> None:
        """Some moment of the last 30 days: undated posts take it."""
        then = self.now.timestamp() - self.random.randint(1, 30 * 86400)
        os.utime(file, (then, then))

    def files(self, *folders: str) -> list[Path]:
        found = (file for folder in folders for file in (self.root / folder).rglob("*"))
        return sorted(file for file in found if file.is_file() and not file.is_symlink())

    def some(self, *folders: str) -> Path | None:
        files = self.files(*folders)
        return self.random.choice(files) if files else None

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def next(self) -> int:
        self.number += 1
        return self.number

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    # What is in the files

    def moment(self) -> str:
        day = START + timedelta(days=self.random.randint(-400, 40), minutes=self.random.randint(0, 1439))
        return day.strftime(self.random.choice(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S +0200"]))

    def form(self) -> Any:
        if self.maybe(0.3):
            return True
        if self.settings.get("forms") and self.maybe(0.5):
            return self.random.choice(sorted(self.settings["forms"]))
        return self.form_table()

    def form_table(self) -> dict[str, Any]:
        form: dict[str, Any] = {"submit": self.words(1, 2), "intro": f"*{self.words(1, 4)}*"}
        if self.maybe(0.6):
            form["closes"] = (START + timedelta(days=self.random.randint(-20, 40))).strftime("%Y-%m-%d")
        if self.maybe(0.5):
            form["capacity"] = self.random.randint(1, 20)
        if self.maybe(0.3):
            form["show_places"] = self.maybe(0.5)
        if self.maybe(0.5):
            form["members"] = True
            form["fields"] = {"name": {}}
        elif self.maybe(0.4):
            form["fields"] = {
                "email": {"required": True},
                "role": {"type": "select", "options": ["A", self.words(1, 1)]},
            }
        return form

    def front(self, kind: str) -> dict[str, Any]:
        number = self.next()
        chances: list[tuple[float, str, Callable[[], Any]]] = [
            (0.8, "title", lambda: self.words(1, 4).title()),
            (0.3, "layout", lambda: self.random.choice(["post", "page", "fancy", "bare", None])),
            (0.3, "description", lambda: self.words(2, 5)),
            (0.3, "mood", lambda: self.random.choice(["a", "b", 1.5, {"x": [1], "y": 2}, {"y": 2, "x": [1]}])),
            (
                0.1,
                "permalink",
                lambda: self.random.choice([f"/at/{number}/", f"/at/{number}.html", f"/at{number}/x/y"]),
            ),
            (0.2, "lang", lambda: self.random.choice(["de", "en", "fr", "de-AT", "la"])),
            (0.1, "engine", lambda: self.random.choice(["markdown", "commonmark"])),
            (0.1, "translation_of", self.related_name),
            (0.1, "sitemap", lambda: False),
            (0.1, "search", lambda: False),
            (0.15, "redirect_from", lambda: self.random.choice([f"/was/{number}/", ["/was/shared", "/archive/"]])),
            (0.05, "redirect_to", lambda: self.random.choice(["/archive/", "https://example.com/elsewhere"])),
        ]
        if kind != "page":
            chances += [
                (0.5, "date", self.moment),
                (0.6, "tags", lambda: self.random.sample(TAGS, self.random.randint(1, 3))),
                (0.3, "categories", lambda: self.random.sample(CATEGORIES, 1)),
                (0.3, "series", self.series),
                (0.1, "related", self.related),
                (0.3, "author", lambda: self.random.choice(["Ada", "Bob", 1.10, ["Ada", "Bob"], [{"name": "Guest"}]])),
                (0.1, "authors", lambda: self.random.choice(["Ada", ["Bob", {"name": "Guest", "url": "/x/"}]])),
                (0.2, "updated", self.moment),
                (0.2, "slug", lambda: f"slug-{number}"),
                (0.1, "excerpt", lambda: self.words(2, 5)),
                (0.1, "hidden", lambda: True),
                (0.15, "pinned", lambda: self.maybe(0.8)),
                (0.15, "expires", lambda: f"{START + timedelta(days=self.random.randint(41, 70)):%Y-%m-%d}"),
                (0.1, "draft", lambda: True),
                (0.25, "form", self.form),
            ]
        return {key: make() for chance, key, make in chances if self.maybe(chance)}

    def series(self) -> Any:
        name = self.random.choice(["Tea", "tea", "Walks & talks"])
        return {"name": name, "part": self.next()} if self.maybe(0.2) else name

    def related_name(self) -> Any:
        """A post that is there, as long as it is, in whatever language."""
        file = self.some("_posts")
        return "" if file is None else str(file.relative_to(self.root))

    def related(self) -> Any:
        """None, or a post that is there, as long as it is."""
        posts = [file for file in self.files("_posts") if file.suffix != ".png"]
        file = self.random.choice(posts) if posts else None
        return False if file is None or self.maybe(0.6) else [str(file.relative_to(self.root))]

    def body(self) -> str:
        parts = [f"## {self.words(1, 3)}\n\n" if self.maybe(0.4) else "" for _ in range(self.random.randint(1, 3))]
        text = "\n\n".join(part + f"{self.words(5, 20)} [a link]({self.address()})" for part in parts)
        text += f"\n\n{self.random.choice(BLOCKS)}" if self.maybe(0.3) else ""
        if self.maybe(0.4):
            said = f'::say{{words="{self.words(1, 2)}"}}'
            text += self.random.choice(
                [f"\n\n{said}", f"\n\n:::box\n{self.words(1, 3)}\n\n{said}\n:::", "\n\n::figure{src=/x alt}"]
            )
        if self.maybe(0.2):
            title = self.random.choice(["", ' "Words"'])
            text += f"\n\n![a picture]({self.random.choice(PICTURES)}{title})"
        return text + ("\n\n<!--more-->\n\n" + self.words(2, 6) if self.maybe(0.3) else "") + "\n"

    def address(self) -> str:
        part = self.random.choice(["", "", f"#{self.random.choice(WORDS)}", "#main"])
        return f"/at/{self.random.randint(1, 9)}/{part}"

    def document(self, front: Mapping[str, Any], body: str) -> str:
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
        return f"---\n{''.join(lines)}---\n{body}"

    def layout(self, name: str) -> str:
        looks = "\n".join(self.random.sample(self.looks, self.random.randint(1, min(4, len(self.looks)))))
        front = self.random.choice(["", "", "---\ncolour: red\n---\n", "---\ncolour: blue\nlayout: default\n---\n"])
        if front.endswith("default\n---\n") and name != "default":
            return f"{front}<div>{looks}{{{{ content }}}}</div>\n"
        return f"{front.replace('layout: default', '')}{FRAME}{looks}\n"

    # Edits: each changes something and says what

    def add_post(self) -> str:
        number, word = self.next(), self.random.choice(WORDS)
        day = START + timedelta(days=self.random.randint(-400, 40))
        stamp = day.strftime("%Y-%m-%d-") if self.maybe(0.8) else ""
        folder = self.random.choice(["_posts", "_posts", "_posts", "_posts/sub", "_drafts", "_posts/de", "_posts/fr"])
        self.write(path := f"{folder}/{stamp}{word}-{number}.md", self.document(self.front("post"), self.body()))
        return f"post {path} added"

    def add_page(self) -> str:
        folder = self.random.choice(["", "_pages/", "_pages/more/", "_pages/de/"])
        name = "index" if self.maybe(0.2) and not folder else f"page-{self.next()}"
        self.write(path := f"{folder}{name}.md", self.document(self.front("page"), self.body()))
        return f"page {path} added"

    def document_file(self) -> Path | None:
        below = (file for file in self.files("_posts", "_drafts", "_pages") if file.suffix != ".png")
        files = [*below, *sorted(self.root.glob("*.md"))]
        return self.random.choice(files) if files else None

    def edit_body(self) -> str:
        file = self.document_file()
        if file is not None:
            self.write(str(file.relative_to(self.root)), file.read_text() + "\n" + self.body())
        return f"body of {file} edited"

    def edit_front(self) -> str:
        file = self.document_file()
        if file is None:
            return "nothing"
        _, head, body = file.read_text().split("---\n", 2)
        front = {key: json.loads(value) for key, value in (line.split(": ", 1) for line in head.splitlines())}
        fresh = self.front("page" if "page" in file.name else "post")
        key = self.random.choice(sorted({*front, *fresh}) or ["title"])
        if key in fresh:
            front[key] = fresh[key]
        else:
            front.pop(key, None)
        if self.maybe(0.2):
            front = dict(reversed(front.items()))
        self.write(str(file.relative_to(self.root)), self.document(front, body))
        return f"{key} of {file.name} edited: {front.get(key)}"

    def translate(self) -> str:
        """A file of the same name in the folder of another language, or with that behind its name."""
        file = self.some("_posts", "_pages")
        if file is None:
            return "nothing"
        folder, *rest = file.relative_to(self.root).parts
        plain = "/".join(part for part in rest if part not in ("de", "fr", "en"))
        lang = self.random.choice(["de", "fr", "en"])
        path = f"{folder}/{lang}/{plain}" if self.maybe(0.7) else f"{folder}/{plain.removesuffix('.md')}.{lang}.md"
        self.write(path, self.document(self.front("page" if folder == "_pages" else "post"), self.body()))
        return f"{file} translated: {path}"

    def move_to_language(self) -> str:
        """From one folder of a language to another one, or out of it."""
        file = self.some("_posts")
        if file is None:
            return "nothing"
        to = self.root / "_posts" / self.random.choice(["de", "fr", "."]) / file.name
        to.parent.mkdir(parents=True, exist_ok=True)
        file.rename(to)
        return f"{file} moved to {to}"

    def delete_document(self) -> str:
        file = self.document_file()
        if file is not None:
            file.unlink()
        return f"{file} deleted"

    def rename_document(self) -> str:
        file = self.document_file()
        if file is not None:
            stem, _, ending = file.name.partition(".")
            file.rename(file.with_name(f"{stem}-{self.next()}.{ending}"))
        return f"{file} renamed"

    def put_layout(self) -> str:
        name = self.random.choice(LAYOUTS)
        self.write(f"_layouts/{name}.html", self.layout(name))
        return f"layout {name} written"

    def put_include(self) -> str:
        name = self.random.choice(INCLUDES)
        looks = [look for look in self.looks if "include" not in look]  # no circles
        self.write(f"_includes/{name}.html", "\n".join(self.random.sample(looks, min(2, len(looks)))))
        return f"include {name} written"

    def put_shortcode(self) -> str:
        name, looks = self.random.choice(list(SHORTCODES)), [look for look in self.looks if ".content" not in look]
        template = SHORTCODES[name] + "\n".join(self.random.sample(looks, min(self.random.randint(0, 2), len(looks))))
        self.write(f"_includes/shortcodes/{name}.html", template)
        return f"shortcode {name} written"

    def delete_layout(self) -> str:
        file = self.some("_layouts", "_includes")
        if file is not None and file.stem not in ("fancy", "bare", "counter", *SHORTCODES):
            file.unlink()
        return f"{file} deleted"

    def put_data(self) -> str:
        name = self.random.choice(["people", "places", "deep/x"])
        value = self.random.choice(["- one\n- two\n", "a: 1\nb: 2\n", "b: 2\na: 1\n", "", f"- {self.words(1, 3)}\n"])
        self.write(f"_data/{name}.yml", value)
        return f"data {name} written: {value!r}"

    def put_words(self) -> str:
        """Words of the site's own, in languages that it speaks or does not."""
        words = {
            "posts": {"draft": self.words(1, 1), "older": self.words(1, 2)},
            "lists": {"archive": self.words(1, 1)},
        }
        words |= {"alerts": {"tip": self.words(1, 1)}, "own": {"x": self.words(1, 2)}, "fields": {"name": "N"}}
        lang = self.random.choice(["en", "de", "ar", "it"])
        told = {group: entries for group, entries in words.items() if self.maybe(0.7)}
        self.write(f"_data/i18n/{lang}.yml", json.dumps(told))
        return f"words of {lang} written: {told}"

    def put_calls(self) -> str:
        """What is published of the calls: of those that are there, of others, and what says nothing."""
        slugs = [file.stem.split("-", 3)[-1] for file in self.files("_posts")]
        numbers = [f"slug-{number}" for number in range(1, self.number + 1)]
        told = {key: self.published() for key in (*slugs, *numbers, *self.settings.get("forms", {})) if self.maybe(0.8)}
        self.write("_data/calls.json", json.dumps(told if self.maybe(0.9) else [1]))
        return f"calls published: {told}"

    def published(self) -> Any:
        members = [{"name": self.words(1, 2), "about": "x"} for _ in range(self.random.randint(0, 3))]
        return self.random.choice([{"taken": self.random.randint(0, 20), "waitlist": 1, "members": members}, None, {}])

    def put_authors(self) -> str:
        keys = self.random.sample(["Ada", "Bob", "1.1", "1.10", "Eve"], 5)
        profiles = {key: self.profile(key) for key in keys if self.maybe(0.95)}
        self.write("_data/authors.json", json.dumps(profiles))
        return f"authors written: {profiles}"

    def profile(self, key: str) -> dict[str, Any]:
        chances: list[tuple[float, str, Callable[[], Any]]] = [
            (0.5, "bio", lambda: f"*{self.words(1, 4)}*"),
            (0.4, "picture", lambda: self.random.choice(["/a.png", "https://example.org/b.png"])),
            (0.4, "uri", lambda: self.random.choice(["/about/", "https://a.example"])),
            (0.3, "social", lambda: [f"https://{self.words(1, 1)}.example/@a"]),
            (0.2, "role", lambda: self.words(1, 1)),
        ]
        name = self.random.choice([key, self.words(1, 2).title()])
        return {"name": name} | {field: make() for chance, field, make in chances if self.maybe(chance)}

    def delete_data(self) -> str:
        file = self.some("_data")
        if file is not None:
            file.unlink()
        return f"{file} deleted"

    def put_static(self) -> str:
        names = [
            "a.css",
            "CNAME",
            ".nojekyll",
            ".well-known/x",
            "with blank.txt",
            "100%.txt",
            "sub/b.html",
            "robots.txt",
        ]
        name = self.random.choice([*names, "assets/style.css", "assets/join.js", "feed.xml", "404.html"])
        self.write(f"static/{name}", self.words(0, 4))
        return f"static {name} written"

    def put_picture(self) -> str:
        """Beside posts and pages: what links to it shows it, and what shows it knows how large it is."""
        size = self.random.choice([(3, 2), (2, 3)])
        for name in PICTURES if self.maybe(0.7) else self.random.sample(PICTURES, 1):
            for folder in ("_posts", "_posts/sub", "_drafts", "_pages", "_pages/more", "."):
                self.write(f"{folder}/{name}", png(*size, self.random.choice([0, 255])))
        return f"pictures of {size}"

    def delete_picture(self) -> str:
        files = [file for file in self.files("_posts", "_pages") if file.suffix == ".png"]
        if files:
            self.random.choice(files).unlink()
        return "a picture deleted"

    def mend(self, problems: Iterable[Problem]) -> str:
        """Bring the files that are missing, and take away the others that have errors; of settings, all."""
        mended = []
        for one in (one for one in problems if one.severity == "error"):
            file, missing = self.root / one.path, re.fullmatch("the file (.+) is not there", one.message)
            mended.append(f"{one.path}: {one.message}")
            if missing is not None and missing[1].endswith(".png") and one.path.startswith(FOLDERS):
                self.write(f"{Path(one.path).parent}/{missing[1]}", png(2, 2, 0))
            elif one.path == "sitegen.toml":
                self.settings = {}
                self.save_settings()
            elif file.is_file():
                file.unlink()
        return f"mended {mended}"

    def delete_static(self) -> str:
        file = self.some("static")
        if file is not None:
            file.unlink()
        return f"{file} deleted"

    def change_shape(self) -> str:
        """What was a file becomes a folder, and back."""
        place = self.root / "static" / "shape"
        if place.is_dir():
            shutil.rmtree(place)
            self.write("static/shape", "a file")
        elif place.exists():
            place.unlink()
            self.write("static/shape/one/two", "in a folder")
        else:
            self.write("static/shape", "a file")
        return "static/shape changed"

    def configure(self) -> str:
        values: dict[str, Callable[[], Any]] = {
            "title": lambda: self.words(1, 2),
            "description": lambda: self.words(1, 3),
            "url": lambda: self.random.choice(["", "https://example.org"]),
            "baseurl": lambda: self.random.choice(["", "/blog"]),
            "author": lambda: self.random.choice(["", "Eve"]),
            "lang": lambda: self.random.choice(["en", "fr"]),
            "languages": self.languages,
            "timezone": lambda: self.random.choice(["UTC", "Asia/Tokyo"]),
            "paginate": lambda: self.random.choice([0, 1, 2, 3, 10]),
            "paginate_path": lambda: self.random.choice(["/page:num/", "/older/:num"]),
            "permalink": lambda: self.random.choice(
                ["/:year/:title/", "/:categories/:title/", "/:title.html", "/:path"]
            ),
            "drafts": lambda: self.maybe(0.5),
            "future": lambda: self.maybe(0.5),
            "expired": lambda: self.maybe(0.5),
            "exclude": lambda: self.random.choice([[], ["_posts/sub"], ["static/a.css"]]),
            "related": lambda: self.random.choice([0, 1, 3]),
            "search": lambda: self.maybe(0.5),
            "menu": lambda: self.random.choice([[], [{"title": self.words(1, 1), "url": "/"}]]),
            "assets": lambda: {
                "fingerprint": self.maybe(0.8),
                "minify": self.maybe(0.5),
                "integrity": self.maybe(0.5),
                "compress": self.random.sample(["gz", "br", "zst"], self.random.randint(0, 2)),
            },
            "budget": lambda: {"page": self.random.choice([2000, "20 kB"]), "requests": self.random.randint(1, 6)},
            "outputs": lambda: sorted(self.random.sample(USUAL_OUTPUTS, len(USUAL_OUTPUTS) - 2)),
            "images": lambda: {"sizes": self.maybe(0.7), "captions": self.maybe(0.5)},
            "excerpt_separator": lambda: self.random.choice(["<!--more-->", "\n\n"]),
            "feed": lambda: {"lists": self.maybe(0.5), "posts": self.random.choice([0, 2, 10])},
            "extra": lambda: {"which": self.random.choice(["a", "b", "c"])},
            "receive": lambda: {"url": self.random.choice(["https://receive.example.org", "https://r.example.org"])},
            "markdown": lambda: {"extended": self.maybe(0.5), "anchors": self.maybe(0.5), "maths": self.maybe(0.5)},
            "forms": lambda: {"group": self.form_table(), "other": self.form_table()},
            "defaults": lambda: [{"scope": {"path": "_posts/sub"}, "values": self.defaults()}],
        }
        key = self.random.choice(sorted(values))
        if key in self.settings and key != "forms" and self.maybe(0.3):
            del self.settings[key]
        else:
            self.settings[key] = values[key]()
        self.save_settings()
        return f"setting {key}: {self.settings.get(key)}"

    def languages(self) -> dict[str, Any]:
        """Some languages, and what the site says of itself in them."""
        chances = {"title": self.words(1, 2), "name": self.words(1, 1), "menu": [{"title": "x", "url": "/"}]}
        tags = self.random.sample(["de", "fr", "en"], self.random.randint(1, 3))
        return {tag: {key: value for key, value in chances.items() if self.maybe(0.4)} for tag in tags}

    def defaults(self) -> dict[str, Any]:
        values = self.front("page")
        values.pop("permalink", None)
        return {key: value for key, value in values.items() if value is not None}

    def save_settings(self) -> None:
        self.write("sitegen.toml", "".join(f"{key} = {toml(value)}\n" for key, value in self.settings.items()))

    def comment_settings(self) -> str:
        self.write("sitegen.toml", (self.root / "sitegen.toml").read_text() + f"# {self.words(1, 3)}\n")
        return "a comment in the configuration"

    def let_time_pass(self) -> str:
        self.now += timedelta(days=self.random.choice([0, 1, 5, 20, 45]), seconds=self.random.randint(1, 9999))
        return f"it is {self.now}"

    def touch(self) -> str:
        file = self.document_file() or self.some("_layouts")
        if file is not None:
            self.age(file)
        return f"{file} touched"

    def change_unseen(self) -> str:
        """Other bytes of the same number in the same file with the same time: only the system's own time tells."""
        file = self.random.choice([self.document_file(), self.some("static")])
        if file is not None:
            found, data = file.stat(), file.read_bytes()
            word, other = (word.encode() for word in self.random.sample([one for one in WORDS if len(one) == 6], 2))
            file.write_bytes(data.replace(word, b"\0").replace(other, word).replace(b"\0", other))
            os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
        return f"words of {file} swapped"

    def touch_output(self) -> str:
        file = self.some("output")
        if file is not None:
            os.utime(file)
        return f"{file} touched"

    def damage(self) -> str:
        places = [path for path in self.files("output") if str(path.relative_to(self.output)) not in self.strangers]
        if not places:
            return "nothing"
        file, kind = self.random.choice(places), self.random.choice(["cut", "delete", "folder", "link", "garbage"])
        if kind in ("delete", "folder", "link"):
            file.unlink()
        if kind == "folder":
            (file / "empty").mkdir(parents=True)
        elif kind == "link":
            file.symlink_to("/etc/hostname")
        elif kind in ("cut", "garbage"):
            file.write_bytes(b"" if kind == "cut" else b"\xff garbage \x00")
        return f"{file}: {kind}"

    def lose_output(self) -> str:
        if not self.strangers:
            shutil.rmtree(self.output, ignore_errors=True)
        return "output deleted"

    def put_stranger(self) -> str:
        name = self.random.choice(["CNAME.txt", ".git/HEAD", "tags/note.txt", "join/x/y/mine", "mine/a", "assets/z"])
        place = self.output / name
        if not any(parent.is_file() for parent in place.parents) and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.strangers.setdefault(name, b"not ours"))
        return f"stranger {name}"

    def begin(self) -> None:
        """The first state."""
        if self.looks:
            self.write("index.md", self.document({"title": "Start"}, "The start."))
            for name in LAYOUTS:
                self.write(f"_layouts/{name}.html", self.layout(name))
        self.looks = self.looks or self.random.sample(NEEDED, self.random.randint(2, len(NEEDED)))
        self.write("_includes/counter.html", COUNTER)
        for name, template in SHORTCODES.items():
            self.write(f"_includes/shortcodes/{name}.html", template)
        self.write("_layouts/bare.html", "{{ content }}")
        self.write("_layouts/fancy.html", "---\nlayout: default\n---\n{{ content }}")
        self.save_settings()
        self.put_picture()
        for _ in range(8):
            self.add_post()
        for _ in range(self.random.randint(0, 4)):
            self.random.choice([self.add_page, self.put_static, self.put_data, self.put_include])()
        for _ in range(self.random.randint(1, 5)):
            self.random.choice([self.put_layout, self.configure])()

    def edit(self) -> str:
        """One edit."""
        name = self.random.choices(list(EDITS), weights=list(EDITS.values()))[0]
        return str(getattr(self, name)())


EDITS: Mapping[str, int] = {
    "add_post": 3,
    "add_page": 2,
    "edit_body": 3,
    "edit_front": 8,
    "translate": 3,
    "move_to_language": 2,
    "delete_document": 2,
    "rename_document": 2,
    "put_layout": 4,
    "put_include": 3,
    "put_shortcode": 2,
    "delete_layout": 2,
    "put_data": 3,
    "put_words": 3,
    "put_authors": 2,
    "put_calls": 2,
    "delete_data": 1,
    "put_static": 2,
    "delete_static": 1,
    "put_picture": 3,
    "delete_picture": 1,
    "change_shape": 1,
    "configure": 6,
    "comment_settings": 1,
    "let_time_pass": 2,
    "touch": 1,
    "change_unseen": 2,
    "touch_output": 1,
    "damage": 2,
    "lose_output": 1,
    "put_stranger": 1,
}


def toml(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
