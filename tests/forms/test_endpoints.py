"""Endpoints that cannot be ones are told by every build, at their line."""

import pytest

from sitegen.errors import SiteError
from sitegen.forms.endpoints import mistake_in
from sitegen.forms.services import SERVICES
from tests.outputs.sites import build_site, post

KEY = "https://api.web3forms.com/submit?access_key="
PLACEHOLDER, NO_FORM, UNPROTECTED, ELSEWHERE = "still a placeholder", "no form at", "unprotected", "receives nothing"
MISTAKES = {
    **{service.example: PLACEHOLDER for service in SERVICES if service.host},
    "https://formspree.io/f/your-id": PLACEHOLDER,
    "https://formspree.io/f/YOUR_FORM_ID": PLACEHOLDER,
    "https://formspree.io/f/yourFormId": PLACEHOLDER,
    "https://formspree.io/f/FORM_ID/": PLACEHOLDER,
    "https://formspree.io/f/form-id": PLACEHOLDER,
    "https://formspree.io/f/%7Bform_id%7D": PLACEHOLDER,
    "https://formspree.io/f/%3Cid%3E": PLACEHOLDER,
    "https://formspree.io/f/xxxxxxxx": PLACEHOLDER,
    "https://formspree.io/f/changeme": PLACEHOLDER,
    "https://formspree.io/f/example": PLACEHOLDER,
    "https://formcarry.com/s/XXXXXXX": PLACEHOLDER,
    KEY + "YOUR_ACCESS_KEY_HERE": PLACEHOLDER,
    KEY + "00000000-0000-0000-0000-000000000000": PLACEHOLDER,
    KEY + "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx": PLACEHOLDER,
    "https://forms.ada.blog/f/your-form": PLACEHOLDER,
    "https://formspree.io/ada@ada.blog": NO_FORM,
    "https://formspree.io/forms/mqkvzdwp": NO_FORM,
    "https://formspree.io/forms/mqkvzdwp/submissions": NO_FORM,
    "https://formspree.io/f": NO_FORM,
    "https://formspree.io": NO_FORM,
    "https://formspree.io/f/mqk.vzdwp": NO_FORM,
    "https://usebasin.com/app/forms/75327/submissions": NO_FORM,
    "https://web3forms.com/submit": NO_FORM,
    "https://api.web3forms.com/submit": NO_FORM,
    "https://app.forminit.com/forms/k3x9p2ab7cd": NO_FORM,
    "https://formcarry.com/f/z1t_SvhAfIZ": NO_FORM,
    "http://formspree.io/f/mqkvzdwp": UNPROTECTED,
    "http://forms.ada.blog/f/circle": UNPROTECTED,
}
WELL = (
    "https://formspree.io/f/mqkvzdwp",
    "https://formspree.io/f/abcdwxyz",
    "https://formspree.io//f/x",
    "https://formspree.io/p/1234/f/contact",
    "https://usebasin.com/f/1a2b3c4d5e6f.json",
    "https://getform.io/f/4ec4b650-7aa1-474c-969c-a66d556454d2",
    "https://forms.ada.blog/f/example",
    "https://forms.ada.blog/test",
    "http://localhost:8000/f/circle",
    "http://127.0.0.1:8000/f/circle",
    "http://[::1]:8000/f/circle",
    "netlify",
)


@pytest.mark.parametrize("endpoint", MISTAKES)
def test_what_is_wrong(endpoint):
    mistake = mistake_in(endpoint)
    assert mistake is not None and MISTAKES[endpoint] in mistake.message and mistake.hint


@pytest.mark.parametrize("endpoint", WELL)
def test_what_is_well(endpoint):
    assert mistake_in(endpoint, "https://ada.blog") is None


def test_netlify_receives_from_its_own_sites_only():
    mistake = mistake_in("netlify", "https://ada.github.io")
    assert mistake is not None and ELSEWHERE in mistake.message
    assert mistake_in("netlify", "https://ada.netlify.app") is None


URL = 'url = "https://ada.blog"\n'
BAD = "https://formspree.io/f/your-form-id"
WRITTEN = {
    "_posts/2026-05-06-a.md:4": ("title: A call\nform:\n  endpoint: " + BAD, URL),
    "sitegen.toml:3": ("form: true", URL + f'[forms]\nendpoint = "{BAD}"\n'),
    "sitegen.toml:4": ("form: circle", URL + f'\n[forms.circle]\nendpoint = "{BAD}"\n'),
}


@pytest.mark.parametrize("where", WRITTEN)
def test_a_build_tells_it_where_it_is_written_and_strict_refuses_it(tmp_path, where):
    front, config = WRITTEN[where]
    files = {"_posts/2026-05-06-a.md": f"---\n{front}\n---\n", "sitegen.toml": config}
    assert build_site(tmp_path, files).notices == [f"{where}: the address of the form is still a placeholder: {BAD}"]
    with pytest.raises(SiteError, match="placeholder"):
        build_site(tmp_path, {}, strict=True)


@pytest.mark.parametrize(("more", "options"), [(", closes: 2020-01-01", {}), ("", {"preview": True})])
def test_neither_a_closed_call_nor_a_preview_is_told(tmp_path, more, options):
    files = {"_posts/2026-05-06-a.md": post(form=f"{{endpoint: '{BAD}'{more}}}"), "sitegen.toml": URL}
    assert build_site(tmp_path, files, strict=True, **options).notices == []
