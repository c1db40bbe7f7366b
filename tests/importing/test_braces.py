"""Liquid that nobody can run is kept from running, and nothing else is touched."""

from pathlib import Path

import pytest

from sitegen.importing.jekyll import import_site, jekyll_site
from tests.importing.blogs import document, write
from tests.outputs.sites import NOW

ROWS = {
    # an unknown tag is text anyway; where other Liquid runs beside it, it has to be kept from that
    "{% own a %} {{ page.title }}": "{% raw %}{% own a %}{% endraw %} {{ page.title }}",
    "{% own a %}\n\n{% own c %}{{ page.title }}": (
        "{% raw %}{% own a %}{% endraw %}\n\n{% raw %}{% own c %}{% endraw %}{{ page.title }}"
    ),
    "{{ page.title | own }}": "{{ page.title }}",
    "{{ page.title | own: 'a | b', 2 | upcase | other }}": "{{ page.title | upcase }}",
    "{% include nothing.html a='b' %}\n{% include there.html %}": (
        "{% raw %}{% include nothing.html a='b' %}{% endraw %}\n{% include there.html %}"
    ),
    "{% link nowhere.md %}": "{% raw %}{% link nowhere.md %}{% endraw %}",
    "{% if page.title %}yes": "{% raw %}{% if page.title %}{% endraw %}yes",
    "`{% own %}` and {{ page.title }}": "`{% own %}` and {{ page.title }}",
    "{{ user.name }} of {{ page.title }}": "{{ user.name }} of {{ page.title }}",
}


@pytest.mark.parametrize("body", ROWS)
def test_a_body(tmp_path: Path, body: str) -> None:
    files = {
        "_config.yml": "{}",
        "_posts/2020-01-01-a.md": document(body, "title: A"),
        "_includes/there.html": "there",
    }
    report, rehearsal = import_site(jekyll_site(write(tmp_path / "old", files)), tmp_path / "new", now=NOW)
    assert (tmp_path / "new/_posts/2020-01-01-a.md").read_text() == document(ROWS[body], "title: A")
    assert rehearsal.errors == ()
    assert bool(report.hands) == (ROWS[body] != body)
