"""Liquid's and Jekyll's tags: what a body becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.liquid.sites import JEKYLL, POST, body, run

FILES = {
    **JEKYLL,
    "_posts/2020-01-02-first.md": "---\ntitle: First\ntags: [a]\n---\nOne.\n",
    "_posts/sub/2020-01-03-in-sub.md": "---\ntitle: Sub\nslug: other\n---\nTwo.\n",
    "about.md": "---\ntitle: About\n---\n",
    "static/x.png": "",
    "_data/people.yml": "- {name: Bob, age: 31}\n- {name: Al, age: 9}\n- {name: Cy, age: 31}\n",
    "_includes/note.html": '<b class="{{ include.kind }}">{{ include.text }}</b>{% assign noted = "yes" %}{{ none }}',
    "_includes/outer.html": '({% include note.html kind="k" text=include.text %})',
    "_posts/part.txt": "{{ include.a }} of {{ page.title }}",
}
ROWS = {
    # values
    "{{ site.url }}{{ site.baseurl }}|{{ page.mood }}|{{ page.nothing }}|": "https://example.org/blog|fine||",
    "{{ page.title }} {{ page.tags }} {{ page.slug }} {{ page.path }}": "All ab c all _posts/2021-03-04-all.md",
    "{{ page.date }} {{ page.url }}": "2021-03-04 00:00:00 +0100 /2021/03/04/all.html",
    "{{ page.id }} {{ page.previous.title }} {{ page.next.title }}": "/2021/03/04/all Sub ",
    "{{ site.posts.size }} {{ site.posts.first.title }} {{ site.tags.a.size }}": "3 All 2",
    "{{ site.data.people[1].name }} {{ site.pages[0].title }} {{ site.related_posts[0].title }}": "Al About Sub",
    # addresses
    "{% post_url 2020-01-02-first %}": "/blog/2020/01/02/first.html",
    "{% post_url sub/2020-01-03-in-sub %}": "/blog/2020/01/03/other.html",
    "{% post_url 2020-01-03-in-sub %} {% post_url 2020-1-3-other %}": "/blog/2020/01/03/other.html " * 2,
    "{% link about.md %} {% link static/x.png %}": "/blog/about.html /blog/static/x.png",
    "{% link /x.png %}": "/blog/static/x.png",
    "{% assign f = 'about.md' %}{% link {{ f }} %}": "/blog/about.html",
    # includes
    '{% include note.html kind="x y" text=page.title %}|{{ noted }}': '<b class="x y">All</b>|yes',
    "{% include outer.html text='t' %}": '(<b class="k">t</b>)',
    "{% include_cached note.html kind='c' %}": '<b class="c"></b>',
    "{% assign n = 'note' %}{% include {{ n }}.html %}": '<b class=""></b>',
    "{% include_relative part.txt a=1 %}": "1 of All",
    # Liquid's own
    "{% raw %}{{ page.title }}{% x %}{% endraw %}": "{{ page.title }}{% x %}",
    "a{% comment %} {% if %} {% endcomment %}b": "ab",
    "{% assign x = 1 | plus: 2 %}{{ x }}{% capture y %}[{{ x }}]{% endcapture %}{{ y }}": "3[3]",
    "{% if page.mood == 'fine' and true %}y{% elsif x %}z{% else %}n{% endif %}": "y",
    "{% unless page.mood %}y{% else %}n{% endunless %}": "n",
    "{% case page.mood %}{% when 'x', 'fine' %}f{% else %}o{% endcase %}": "f",
    "{% for p in site.data.people reversed limit: 2 offset: 1 %}{{ forloop.index }}{{ p.name }}{% endfor %}": "1Cy2Al",
    "{% for p in site.data.none %}{{ p }}{% else %}none{% endfor %}": "none",
    "{% for i in (1..4) %}{% if i == 3 %}{% break %}{% endif %}{% cycle 'a', 'b' %}{% endfor %}": "aba"[:2],
    "{% increment n %}{% increment n %}{% decrement m %}": "01-1",
    "a {%- assign q = 1 -%} b {{- q -}} c": "ab1c",
    "{% tablerow i in (1..2) %}{{ i }}{% endtablerow %}": (
        '<tr class="row1">\n<td class="col1">1</td><td class="col2">2</td></tr>\n'
    ),
    "{% seo %}{% feed_meta %}{% assign x = 1 %}": "",
    "{% gist ann/12ab x.rb %}": '<script src="https://gist.github.com/ann/12ab.js?file=x.rb"> </script>',
    "{% gist 12ab %}": '<script src="https://gist.github.com/12ab.js"> </script>',
    # other languages' braces
    "{{ page.title }} {{ user.name }} {{{ x }}} {%sql| y %}": "All {{ user.name }} {{{ x }}} {%sql| y %}",
    "{{ page.title }} `{% unknown %}`": "All `{% unknown %}`",
}


@pytest.mark.parametrize("text", ROWS)
def test_tags(tmp_path: Path, text: str) -> None:
    assert body(tmp_path, text, FILES).strip(" ") == ROWS[text].strip(" ")


HIGHLIGHT = '<figure class="highlight"><pre><code class="language-{0}" data-lang="{1}">{2}</code></pre></figure>'


@pytest.mark.parametrize(
    ("tag", "code", "wanted"),
    [
        ("nothing", "\na < b\n\n  c\n", HIGHLIGHT.format("nothing", "nothing", "a &lt; b\n\n  c")),
        ("C++", "x", HIGHLIGHT.format("c--", "c++", '<span class="n">x</span>')),
        ('text mark_lines="2"', "a\nb", HIGHLIGHT.format("text", "text", 'a\n<span class="hll">b</span>')),
        ("text", "{{ page.mood }} {{ x }} {% y %}", HIGHLIGHT.format("text", "text", "fine {{ x }} {% y %}")),
    ],
)
def test_highlight(tmp_path: Path, tag: str, code: str, wanted: str) -> None:
    assert body(tmp_path, f"{{% highlight {tag} %}}{code}{{% endhighlight %}}") == wanted


def test_line_numbers(tmp_path: Path) -> None:
    html = body(tmp_path, "{% highlight text linenos %}a\nb{% endhighlight %}")
    assert '<td class="gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="code"><pre>a\nb\n</pre></td>' in html


def test_highlight_stays_whole(tmp_path: Path) -> None:
    """CommonMark ends HTML at a blank line, and so does a list."""
    code = "{% highlight text %}\na\n\nb\n{% endhighlight %}"
    assert ">a\n\nb<" in body(tmp_path / "a", code)
    assert ">a&#10;&#10;b<" in body(tmp_path / "b", code, {"_config.yml": "markdown: CommonMark\n"})
    assert ">a&#10;&#10;b<" in body(tmp_path / "c", f"- x\n\n  {code}")


def test_a_body_reads_others_as_jekyll_does(tmp_path: Path) -> None:
    files = {**FILES, "_posts/2022-01-01-late.md": "---\ntitle: Late\n---\n*late*\n"}
    assert "<em>" not in body(
        tmp_path, "{% for p in site.posts %}{{ p.content }}{% endfor %}".replace("posts", "tags.none")
    )
    text = body(tmp_path, "{{ page.previous.excerpt }}{{ page.next.content }}", files)
    assert text == "<p>Two.</p>*late*\n"


def test_jekylls_own_settings(tmp_path: Path) -> None:
    files = {"_config.yml": "author: {name: Ann, email: a@b.c}\nmine: {x: [1, 2]}\n"}
    assert body(tmp_path, "{{ site.author.email }} {{ site.mine.x[1] }} {{ jekyll.environment }}", files) == (
        "a@b.c 2 production"
    )


def test_addresses_are_as_they_are_written(tmp_path: Path) -> None:
    """Links that an author has built of them are what they were."""
    files = {"_config.yml": "url: https://example.org/\nbaseurl: /blog/\n"}
    text = "{{ site.url }}|{{ site.baseurl }}|{{ '/x' | relative_url }}|{{ '/x' | absolute_url }}"
    assert body(tmp_path, text, files) == "https://example.org/|/blog/|/blog/x|https://example.org//blog/x"


def test_the_command_line_has_other_addresses(tmp_path: Path) -> None:
    files = {**JEKYLL, POST: "{{ site.url }}{{ site.baseurl }}"}
    site, _ = run(tmp_path, files, url="https://other.example", baseurl="")
    assert site.documents[POST].body == "https://other.example"


def test_jekyll_has_other_defaults(tmp_path: Path) -> None:
    assert body(tmp_path, "{{ site.permalink }}{{ site.paginate }}{{ site.lang }}", {"_config.yml": ""}) == "date"


def test_data_files_have_jekylls_names(tmp_path: Path) -> None:
    files = {**JEKYLL, "_data/v1.0 notes.yml": "x: 1", "_data/ragged.csv": "a,b\n1\n1,2,3\n", "_data/a.json": "[1,]"}
    text = "{{ site.data.v10_notes.x }}{{ site.data.ragged | map: 'b' | join: '-' }}{{ site.data.a[0] }}"
    assert body(tmp_path, text, files) == "1-21"


def test_dates_are_compared(tmp_path: Path) -> None:
    assert body(tmp_path, "{% if page.date > page.previous.date %}later{% endif %}", FILES) == "later"


def test_names_of_includes_in_includes_mean_something(tmp_path: Path) -> None:
    files = {**JEKYLL, "_includes/a.html": "{% include b.html %}", "_includes/b.html": "{% assign deep = 1 %}"}
    assert body(tmp_path, "{% include a.html %}{{ deep }}{{ other }}", files) == "1{{ other }}"


def test_two_posts_share_an_include_and_what_is_wrong_in_it(tmp_path: Path) -> None:
    other = "_posts/2021-03-05-other.md"
    files = {
        **JEKYLL,
        "_includes/a.html": "{{ page.title! }}",
        POST: "{% include a.html %}",
        other: "{% include a.html %}",
    }
    site, problems = run(tmp_path, files)
    assert [site.documents[path].body for path in (POST, other)] == ["All", "Other"]
    assert [problem.path for problem in problems if problem.severity == "warning"] == ["_includes/a.html"]
    (tmp_path / POST).unlink()
    assert [problem.path for problem in run(tmp_path, {})[1] if problem.severity == "warning"] == ["_includes/a.html"]
