"""The join page, made of the posts."""

import re
from datetime import UTC, datetime

import pytest

from sitegen.errors import SiteError
from tests.outputs.sites import build_site, post

CALL = {"_posts/2024-01-01-chicago.md": post("Come.", title="A group", form="true")}
RECEIVER = {"sitegen.toml": 'url = "https://example.org"\n[receive]\nurl = "https://answers.example.org/x"\n'}
CONTACT = {"sitegen.toml": RECEIVER["sitegen.toml"] + '[extra]\nemail = "ada@example.org"\n'}


def forms(html: str) -> list[str]:
    return re.findall(r'<form[^>]* action="([^"]*)"', html)


def test_form_true_stands_on_the_post_and_on_two_join_pages(tmp_path):
    site = build_site(tmp_path, {**CALL, **CONTACT})
    for page in ("2024/01/01/chicago/index.html", "join/chicago/index.html", "join/index.html"):
        assert forms(site[page]) == ["https://answers.example.org/x/f/chicago"]
        assert re.findall(r'<(?:input|textarea)[^>]* name="([a-z]\w*)"', site[page]) == ["name", "email", "message"]
    assert {"join/chicago/thanks/index.html"} <= site.files
    assert "join/chicago/waitlist/index.html" not in site
    assert site.notices == []


def test_a_named_form(tmp_path):
    settings = RECEIVER["sitegen.toml"] + '[forms.group]\ncapacity = 3\nsubmit = "Count me in"\n'
    site = build_site(tmp_path, {"_posts/2024-01-01-x.md": post(form="group"), "sitegen.toml": settings})
    assert "Count me in" in site["join/group/index.html"] and "join/group/waitlist/index.html" in site
    assert forms(site["2024/01/01/x/index.html"]) == ["https://answers.example.org/x/f/group"]


def test_a_post_becomes_a_call_without_being_touched(tmp_path):
    settings = '[[defaults]]\nscope = {path = "_posts/hello.md"}\nvalues = {form = true}\n'
    site = build_site(tmp_path, {"_posts/hello.md": "Hi", "sitegen.toml": settings}, now=datetime.now(UTC))
    assert forms(site["hello/index.html"]) and forms(site["join/index.html"]) and forms(site["join/hello/index.html"])


def test_several_open_calls_are_a_list_and_closed_ones_come_last(tmp_path):
    more = {
        "_posts/2024-01-02-b.md": post(title="Berlin", form="true"),
        "_posts/2024-01-03-c.md": post(title="Closed one", form="{closes: 2026-05-31}"),
    }
    page = build_site(tmp_path, {**CALL, **more, **RECEIVER})["join/index.html"]
    assert forms(page) == []
    assert page.index("Berlin") < page.index("A group") < page.index("Closed one")


@pytest.mark.parametrize(
    ("page", "tag"),
    [
        ("2024/01/02/b/", '<html lang="ar" dir="rtl">'),
        ("join/b/", '<html lang="ar" dir="rtl">'),
        ("join/", '<html lang="ar" dir="rtl">'),  # it is that call
        ("join/b/thanks/", '<html lang="ar" dir="rtl">'),
        ("join/a/", '<html lang="en">'),
    ],
)
def test_where_a_form_stands_the_page_is_in_the_language_of_its_questions(tmp_path, page, tag):
    closed = {"_posts/2024-01-01-a.md": post(form="{closes: 2024-01-01}")}
    call = {"_posts/2024-01-02-b.md": post(lang="ar", form="{fields: {name: {label: الاسم}}, thanks: شكرا}")}
    found = build_site(tmp_path, {**closed, **call, **RECEIVER})[f"{page}index.html"]
    assert tag in found
    assert found.count('lang="ar"') == (0 if page == "join/a/" else 1 if "rtl" in tag else 2)


def test_a_call_closes_when_its_day_is_over(tmp_path):
    files = {**RECEIVER, "_posts/2024-01-01-c.md": post(form="{closes: 2026-06-01}")}
    page = "2024/01/01/c/index.html"
    assert forms(build_site(tmp_path, files, now=datetime(2026, 6, 1, 23, 59, tzinfo=UTC))[page])
    after = build_site(tmp_path, {}, now=datetime(2026, 6, 2, tzinfo=UTC))
    assert not forms(after[page]) and "closed" in after[page]
    assert not forms(after["join/index.html"]) and not forms(after["join/c/index.html"])


def test_a_hosted_endpoint_is_the_action(tmp_path):
    files = {"_posts/2024-01-01-x.md": post(form="{endpoint: https://formspree.io/f/abc}")}
    site = build_site(tmp_path, {**files, "sitegen.toml": 'url = "https://example.org"\nbaseurl = "/blog"'})
    assert forms(site["join/index.html"]) == ["https://formspree.io/f/abc"]
    assert 'name="_next" type="hidden" value="https://example.org/blog/join/x/thanks/"' in site["join/x/index.html"]
    assert site.notices == []


def test_a_call_with_nowhere_to_go_is_said_and_strict_refuses_it(tmp_path):
    site = build_site(tmp_path, {**CALL, "sitegen.toml": 'url = "https://example.org"'})
    (notice,) = site.notices
    assert notice.startswith("_posts/2024-01-01-chicago.md:3: ") and "nowhere to go" in notice
    with pytest.raises(SiteError, match="nowhere to go"):
        build_site(tmp_path, {}, strict=True)
    build_site(tmp_path, RECEIVER, strict=True)


def test_without_calls_there_is_no_join_page(tmp_path):
    assert not [path for path in build_site(tmp_path, {"_posts/2024-01-01-x.md": "X"}).files if "join" in path]


def test_a_form_service_counts_no_places(tmp_path):
    form = "{capacity: 2, endpoint: 'https://formspree.io/f/abcdwxyz'}"
    site = build_site(tmp_path, {"_posts/a.md": post(form=form, date="2024-01-02")})
    assert "join/a/thanks/index.html" in site
    assert "join/a/waitlist/index.html" not in site


FILES = "{fields: {name: , cv: {type: file, label: Your CV, accept: [.pdf, image/*], max_files: 2}}}"


def test_a_field_for_files_is_shown_where_uploads_are_on(tmp_path):
    receiver = {"sitegen.toml": 'url = "https://example.org"\n[receive]\nurl = "https://a.org"\nuploads = true'}
    page = build_site(tmp_path, {"_posts/2024-01-01-a.md": post(form=FILES), **receiver}, strict=True)[
        "join/a/index.html"
    ]
    assert 'enctype="multipart/form-data"' in page
    assert 'name="cv" type="file" accept=".pdf,image/*" multiple data-most="5242880"' in page
    assert ">At most 2 files of 5 MB each. Accepted: .pdf, images.</p>" in page


@pytest.mark.parametrize("named", [False, True])
def test_where_uploads_are_off_it_is_not_shown_and_that_is_said(tmp_path, named):
    settings = 'url = "https://example.org"\n[receive]\nurl = "https://a.org"\n[extra]\nemail = "a@a.org"\n'
    if named:
        settings += '[forms.a]\n[forms.a.fields.cv]\ntype = "file"\n'
    files = {"_posts/2024-01-01-a.md": post(form="a" if named else FILES), "sitegen.toml": settings}
    site = build_site(tmp_path, files)
    assert 'type="file"' not in site["join/a/index.html"] and "enctype" not in site["join/a/index.html"]
    (notice,) = site.notices
    assert (
        notice.startswith("sitegen.toml:7: " if named else "_posts/2024-01-01-a.md:2: ") and "uploads are off" in notice
    )
    with pytest.raises(SiteError, match='field "cv" is not shown'):
        build_site(tmp_path, {}, strict=True)


def test_a_form_service_may_take_files(tmp_path):
    form = FILES.replace("{fields", "{endpoint: 'https://formspree.io/f/abcdwxyz', fields")
    site = build_site(tmp_path, {"_posts/2024-01-01-a.md": post(form=form)}, strict=True)
    assert 'type="file"' in site["join/a/index.html"] and "multipart/form-data" in site["join/a/index.html"]
