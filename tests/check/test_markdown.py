"""What is surprising in Markdown: code that was prose, tables and lists that Jekyll sees, fences."""

from __future__ import annotations

from pathlib import Path

from sitegen.check.run import Finding
from tests.check.world import POST, findings, hints, post, told, written

PROSE = """\
    I have been at this for two years now, and only lately did it begin to feel like a craft
    that can be learned. There is a lot that nobody tells you, and I would like to hear it
    from people who had the same trouble, say (or so I hope) once a month.
"""


def lines(folder: Path, *names: str) -> list[int | None]:
    return [one.problem.line for one in findings(folder, names)]


def only(folder: Path, name: str) -> Finding:
    (found,) = findings(folder, [name])
    return found


def test_prose_that_four_blanks_make_code(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post(f"Here is what I wrote:\n\n{PROSE}\n{PROSE}\nThat was it.")})
    assert told(site, "indents") == [
        f"note indents {POST}:6: indented by four blanks, and so shown as code: meant as such?"
    ]


def test_the_real_post_that_started_it(tmp_path: Path) -> None:
    long = "    " + "I'm looking to talk to other CTOs & VPs/directors whom I can learn from. " * 9
    site = written(tmp_path, {POST: post(f"Something I posted:\n\n{long}\n\n{long}\n\nCurious!")})
    assert lines(site, "indents") == [6]


def test_code_and_what_belongs_to_lists_is_no_prose(tmp_path: Path) -> None:
    body = f"""\
Code:

    for member in circle: print(member.name, "has been here for", member.years, "years and more")

Output:

    circle of 12 people found     3 of them have answered     and 9 of them have not answered yet

A list:

- An item.

{PROSE}
1. Another.

{PROSE}
A term
: Its meaning.

{PROSE}
A note.[^1]

[^1]: The note.

{PROSE}
```text
Outside

{PROSE}
```

<div>

{PROSE}
</div>
"""
    assert lines(written(tmp_path, {POST: post(body)}), "indents") == []


def test_a_pipe_in_a_sentence(tmp_path: Path) -> None:
    body = """\
Choose tea | coffee | water, and be quick.

Or `a | b`, which is code, or a \\| which is escaped.

A sentence of two lines | one of which
has none.

| a | real |
|---|------|
| 1 | one  |

a | b
c | d

- tea | coffee
"""
    assert told(written(tmp_path, {POST: post(body)}), "pipes") == [
        f"note pipes {POST}:4: a `|` in a sentence, which stays text here"
    ]


def test_shortcodes_as_hugo_has_them(tmp_path: Path) -> None:
    body = """\
Look: {{< youtube abc >}} and {{<figure
  src="/a.png" >}}.

{{% notice tip %}}
Take [the train]({{< ref "/train.md" >}}), {{< ref "b" >}}.
{{% /notice %}}

`{{< a >}}` is code, and so are these, but {{ that }} and {{</* this */>}} are neither.

    {{< b >}}

```
{{< c >}}
```

<pre>{{< d >}}</pre>
"""
    site = written(tmp_path, {POST: post(body)})
    stays = "is a shortcode of Hugo's, and stays text here"
    assert told(site, "braces") == [
        f"note braces {POST}:4: {{{{< figure … >}}}} {stays}",
        f"note braces {POST}:4: {{{{< youtube … >}}}} {stays}",
        f"note braces {POST}:7: {{{{% notice … %}}}} {stays}",
        f"note braces {POST}:8: {{{{< ref … >}}}} {stays}",
    ]
    assert [hint.split("; ")[0] for hint in hints(site, "braces")] == [
        "write ::figure{…}, if there is one of that name",
        'write ::embed{url="…" title="…"}',
        "write ::notice{…}, if there is one of that name",
        "link to the address that the page has: [words](/about/)",
    ]


def test_years_at_the_beginning_of_a_line(tmp_path: Path) -> None:
    body = """\
We met for the first time in the summer of
1986. A great year.

1987. Not as great.

1. A list
2. of two things

- An item that is longer than a line, from
3. something

It was 12 of us, on page
12. Then we left.
"""
    site = written(tmp_path, {POST: post(body)})
    assert [(one.problem.line, one.problem.message) for one in findings(site, ["years"])] == [
        (5, '"1986." within a paragraph, which stays text here'),
        (7, '"1987." begins a numbered list'),
        (16, '"12." within a paragraph, which stays text here'),
    ]


def test_a_fence_that_nothing_closes(tmp_path: Path) -> None:
    body = "```python\nprint(1)\n```\n\n~~~ruby\nputs 1\n\nThe end."
    assert told(written(tmp_path, {POST: post(body)}), "fences") == [
        f"warning fences {POST}:8: a fence that nothing closes"
    ]


def test_fences_without_a_language_are_one_note(tmp_path: Path) -> None:
    body = "```\na\n```\n\n- item\n\n  ```\n  b\n  ```\n\n~~~\nc\n~~~\n{: .language-ruby}\n\n````text\n```\n````"
    assert told(written(tmp_path, {POST: post(body)}), "fences") == [
        f"note fences {POST}:4: a fence without a language, and 1 more below"
    ]


def test_a_language_that_there_is_not(tmp_path: Path) -> None:
    languages = ("pyhton", "plaintext", "mermaid", "rust,ignore", "Ruby", "c++")
    body = "\n\n".join(f"```{language}\nx\n```" for language in languages)
    found = only(written(tmp_path, {POST: post(body)}), "fences")
    assert found.problem.message == 'there are no colours for the language "pyhton"'
    assert found.problem.hint == 'did you mean "python"?'


def test_html_posts_have_no_markdown_to_be_surprised_by(tmp_path: Path) -> None:
    body = f"<p>x</p>\n\n{PROSE}\n```\n\nTea | coffee\n\nin\n1986. A year"
    site = written(tmp_path, {"_posts/2026-05-06-a.html": post(body)})
    assert told(site, "indents", "fences", "pipes", "years") == []


def test_an_alert_that_is_none(tmp_path: Path) -> None:
    body = "> [!NOTICE]\n\n> [! note] b\n\n> [!TIP]\n> [!x]\n\n> [!a](/)\n\n```\n> [!Y]\n```\n\n> > [!WARNIN]\n> > c"
    site = written(tmp_path, {POST: post(body)})
    assert told(site, "alerts") == [
        f"note alerts {POST}:{line}: [!{word}] begins no alert: a quote"
        for line, word in ((4, "NOTICE"), (6, " note"), (17, "WARNIN"))
    ]
    assert hints(site, "alerts") == [f'did you mean "{word}"?' for word in ("NOTE", "NOTE", "WARNING")]
    assert told(written(tmp_path, {"sitegen.toml": "markdown.extended = false\n"}), "alerts") == []
