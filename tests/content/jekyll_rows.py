"""Posts for the oracle: one for each thing that Jekyll has a rule for. `CONFIG` is their `_config.yml`."""

from __future__ import annotations

import json
from collections.abc import Mapping

CONFIG = """timezone: America/New_York
defaults:
- {scope: {path: _posts/def}, values: {categories: [one, two], kind: wide, deep: {a: 1, b: 2}}}
- {scope: {path: _posts/def/in}, values: {categories: three, permalink: /in/:categories/:title}}
- {scope: {path: _posts/def, type: posts}, values: {permalink: "/d/:categories/:title.html"}}
- {scope: {path: _posts/defi}, values: {permalink: "/prefix/:title/"}}
- {scope: {path: "", type: posts}, values: {layout: nothing}}
- {scope: {path: _posts/q/deep}, values: {kind: deep}}
- {scope: {path: _posts/q}, values: {kind: all, more: {x: 1, y: 2}}}
- {scope: {path: _posts/q/de, type: posts}, values: {kind: begins, more: {y: 3}}}
- {scope: {path: _posts/q/de}, values: {kind: untyped}}
"""


def matter(text: str, body: str = "Text.\n") -> str:
    """A post with that front matter."""
    return f"---\n{text}\n---\n{body}"


PLACEHOLDERS = (
    "year", "short_year", "month", "i_month", "short_month", "long_month", "day", "i_day", "y_day", "w_year", "week",
    "w_day", "short_day", "long_day", "hour", "minute", "second", "title", "slug", "categories",
    "slugified_categories", "collection", "path", "name", "output_ext",
)  # fmt: skip
SLUGS = (
    "Upper-Case", "v1.0.0", "under_score", "trail-", "with blank", "q?mark", "h#ash", "per%cent", "pct%20x",
    "a&b", "plus+", "at@", "comma,", "semi;", "(round)", "[square]", "end.", "end...", "wait...what", "a..b", "ünï",
    "日本語", "วิธีทำ", "हिन्दी", "emoji-🎉-x", "it's", "tilde~", "star*", "what!", "dollar$", "eq=", "½", "sup²",
    "x-Ⅷ", "zero\u200bwidth", "hard\u00a0blank", "dash–dash", 'say"so"', "page.html", "ŁÓDŹ",
)  # fmt: skip
PERMALINKS = (
    "/a/:month_:day/u", "/a/:year-:month-:title.htm", "/a/b", "/a/c/", "a/d", "/a//e/", ":title", "./:title",
    "/a/:title.php", "/a/x.txt", "/v1.0", "/a b/c", "/ü/x", "/a/:title:output_ext", "/%41/x", "/a/:title/index.html",
    "/A/B/index.html", "/a/f.", "/a/../g", "/a/./h",
)  # fmt: skip
CATEGORIES = (
    "categories: [a, b]", "categories: a b", "categories: 'a, b'", "categories:", "categories: []", "categories: ''",
    "category: a b", "category: [a, b]", "category: A B\ncategories: [c, d]", "category: c\ncategories: c d",
    "categories: [A, a]", "categories: [Two Words, x]", "categories: [a/b, c]", "categories: ['C#', 'C++']",
    "categories: ['50%', 'q?x', 'h#x', 'a&b']", "categories: [ünï, 日本]", "category: 2020", "categories: [two, 2.5]",
    "category:", "categories: ['Über uns']", "categories:\n- a\n- b", "categories: ['it''s']", "categories: [İ, ß]",
)  # fmt: skip
TAGS = (
    "tags: [a, b c]", "tags: a b", "tags: 'a, b'", "tags:", "tag: a b", "tag: one\ntags: two three", "tags: [ü, 日本]",
    "tag: [a, b]", "tags: []", "tags: [v1, 'x: y', \"q'q\"]",
)  # fmt: skip
DATES = (
    "2020-03-03", "2020-3-3", "2020/03/03", "2020-03-03 23:30", "2020-03-03 23:30:00", "2020-03-03 23:30:00 -0800",
    "2020-03-03 23:30:00 +09:00", "2020-03-03T23:30:00Z", "2020-03-03T02:30:00.123Z", "'2020-03-03 23:30:00'",
    "'2020-03-03'", "2020-03-03 01:30 +0200", "2020-03-03 23:30 UTC", "2020-03-03 23:30:00 EDT", "2020-03-03 9:30",
    "March 3, 2020", "3 Mar 2020 23:30", "Sat Sep  4 11:22:33 EDT 2010", "11-9-2017", "2011-02-29", "3/12/2020",
    "2020-03-03 (perhaps)", "2020-03-03 10:15::30", "2020-03-03 10:00:00 +100", "2020-03-08 02:30:00 -0500",
    "2019-07-04 00:30:00.000000000 +01:00",
)  # fmt: skip
TITLES = (
    "title: Plain", "title: 'a: b'", "title: a # b", "title: a#b", "title: multi\n  line", "title: '<b>x</b> & y'",
    "title: 'It''s'", 'title: "q \\"x\\""', "title: ünï 日本", "layout: x", "title: 2020-01-02", "title: 12",
    "title: '{{ x }}'", "title: a\u00a0b",
)  # fmt: skip
SHAPES = {
    "dots": "---\ntitle: A\n...\nText\n",
    "blanks": "--- \ntitle: A\n---\t \nText\n",
    "bom": "\ufeff---\ntitle: A\n---\nText\n",
    "crlf": "---\r\ntitle: A\r\ntags: x\r\n---\r\nText\r\n",
    "above": "\n---\ntitle: A\n---\nText\n",
    "none": "Text\n",
    "empty": "---\n---\nText\n",
    "blank": "---\n\n---\nText\n",
    "comment": "---\n# title: A\n---\nText\n",
    "nothing": "",
    "bodiless": "---\ntitle: X\n---",
    "unclosed": "---\ntitle: X\nText\n",
    "four": "----\ntitle: X\n----\nText\n",
    "gaps": "---\n\n\ntitle: X\n\n\n---\n\n\n\n  Text\n\n\n",
    "rule": "---\ntitle: X\n---\n---\nText\n",
    "twice": "---\ntitle: A\ntitle: B\n---\nText\n",
    "tab-after": "---\ntitle:\tA\ntags: [a,\tb]\n---\nText\n",
    "number": "---\n1: x\ntitle: y\n---\nText\n",
    "merge": "---\na: &x {b: c}\n<<: *x\ntitle: T\n---\nText\n",
    "anchor": "---\ntitle: &x y\n---\nText\n",
    "type": "---\ntitle: !x y\n---\nText\n",
    "string": "---\ntitle: !!str 12\n---\nText\n",
    "continued": "---\ntitle: x\ntags: a\n b\n---\nText\n",
    "remarks": "---\ntitle: x # c\ntags: [a] # c\n---\nText\n",
    "documents": "---\ntitle: X\n--- # c\nText\n---\nmore\n",
    "separator": "---\ntitle: X\n---\nA\u2028B\u2029C\x0cD\n",
    "hidden": "---\npublished: false\n---\n",
    "shown": "---\npublished: 'false'\n---\nText\n",
    "unsaid": "---\npublished:\n---\nText\n",
    "a-draft": "---\ndraft: true\n---\nText\n",
}
NAMES = (
    "2020-01-05-one.md", "2020-1-5-two.md", "20-1-6-three.md", "99-1-6-four.md", "2020-01-05.md", "2020-01-05-none",
    "no-date.md", "2020-02-30-feb.md", "2020-01-05 blank.md", "2020-01-05_x.md", "2020-01-05-x.y.md",
    ".2020-01-05-hidden.md", "_2020-01-05-under.md", "#2020-01-05-h.md", "2020-01-05-back.md~", "2020-01-05-up.MD",
    "2020-01-05-a.markdown", "2020-01-05-b.mkd", "2020-01-05-c.mkdn", "2020-01-05-d.mkdown", "x-2020-01-05-y.md",
    "2020-01-05-2020-01-06-z.md", "12020-01-05-long.md", "2020-01-05-e.text", "2020-01-05-f.Rmd", "2020-01-05-g.htm",
)  # fmt: skip
FOLDERS = (
    "_posts/a.b", "_posts/2019", "_posts/2020-01-01-d", "_posts/.hidden", "_posts/_under", "a/b c/_posts",
    "a/_posts/x/_posts", "_x/_posts", "Blog/_posts", "ü/_posts", "vendor/_posts", "_drafts", "a/_drafts",
)  # fmt: skip
EXCERPTS = {
    "first": ("", "One *a*.\n\nTwo.\n"),
    "more": ("excerpt_separator: <!--more-->", "One.\n\nTwo.\n\n<!--more-->\n\nThree.\n"),
    "inline": ("excerpt_separator: '<!-- more -->'", "One. <!-- more --> Two.\n\nThree.\n"),
    "references": ("", "See [x][1] and [y].\n\nMore.\n\n[1]: http://e.org \"T\"\n[y]: /y\n[z]: /z\n"),
    "below": ("excerpt_separator: <!--more-->", "One [x].\n\nTwo.\n<!--more-->\nThree.\n\n[x]: /x\n"),
    "output": ("title: T", "{{ page.title }} x\n\nmore\n"),
    "raw": ("", "a {% raw %}{{ x }}{% endraw %} b\n\nmore\n"),
    "open": ("title: T", "{% if page.title %}\nA\n\nB\n{% endif %}\nC\n"),
    "lists": ("", "- a\n- b\n\nText\n"),
    "signs": ("", "a -- b \"q\" ... ünï\n\nmore\n"),
}  # fmt: skip


class _Posts(dict[str, str]):
    """Files by path, each with a name of its own."""

    def put(self, folder: str, text: str, name: str = "") -> None:
        """An HTML post, so that Markdown has no say."""
        at = len(self)
        self[f"{folder}/2020-01-{at % 28 + 1:02}-{name or f'x{at}'}.html"] = text


def every_post() -> Mapping[str, str]:
    """A post for each row."""
    posts = _Posts()
    for add in (_addresses, _terms, _front_matter, _places):
        add(posts)
    for name, (front, text) in EXCERPTS.items():
        posts[f"_posts/excerpt/2020-01-05-{name}.md"] = matter(front, text)
    return posts


def _addresses(posts: _Posts) -> None:
    for name in PLACEHOLDERS:
        front = f"categories: [Extra Cat, C++, ünï, extra cat]\ndate: 2024-12-30 05:06:07 +0000\npermalink: /1/:{name}/"
        posts.put("_posts", matter(front), f"Hello-World.v1.0-{name}")
        posts.put("some/Where/_posts/deep er", matter(f"category: X Y\npermalink: /2/:{name}/{name}"), f"it's-{name}")
    for slug in SLUGS:
        for at, pattern in enumerate(("/s/:slug/", "/n/:name/", "/p/:path", "/t/:title")):
            posts.put(f"_posts/{at}", matter(f"title: T\npermalink: {pattern}"), slug)
        posts.put("_posts/fm", matter(f"title: T\nslug: {json.dumps(slug, ensure_ascii=False)}"))
        posts.put("_posts/title", "No front matter.\n", slug)
    for at, pattern in enumerate(PERMALINKS):
        posts.put("_posts", matter(f"title: T\npermalink: {pattern!r}"), f"n{at}.x")


def _terms(posts: _Posts) -> None:
    for text in CATEGORIES:
        for folder in ("_posts/cat", "Above/_posts", "_posts/def/x", "_posts/def/in"):
            posts.put(folder, matter(text))
        posts.put("_posts/slugified", matter(f"{text}\npermalink: /:slugified_categories/:title"))
    for text in TAGS:
        posts.put("_posts/tag", matter(text))


def _front_matter(posts: _Posts) -> None:
    for text in DATES:
        posts.put("_posts/date", matter(f"date: {text}"))
    for text in TITLES:
        posts.put("_posts/titled", matter(text, "{{ page.title }}\n"))
    for name, text in SHAPES.items():
        posts.put("_posts/shape", text, name)
    posts.put("_posts/def", matter("kind: null\ndeep: {b: 3}", "{{ page.kind }} {{ page.deep.a }} {{ page.deep.b }}"))
    posts.put("_posts/defined", matter("title: prefix"))
    for folder in ("_posts/q", "_posts/q/deep", "_posts/q/dead"):
        for text in ("title: T", "kind: own", "kind:", "more: {y: 4}"):
            posts.put(folder, matter(text, "{{ page.kind }} {{ page.more.x }} {{ page.more.y }}"))


def _places(posts: _Posts) -> None:
    for name in NAMES:
        posts[f"_posts/named{len(posts)}/{name}"] = matter("title: N")
    for folder in FOLDERS:
        posts[f"{folder}/2020-01-05-f{len(posts)}.md"] = matter("title: F")
