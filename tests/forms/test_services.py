"""What a built page holds for each form service."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.description import HONEYPOT
from sitegen.forms.endpoints import NETLIFY
from sitegen.forms.receiver.pages import book_of
from sitegen.forms.services import OWN, SERVICES, recipient, service_at
from sitegen.forms.wire.posted import KEY
from tests.forms.world import NOON
from tests.outputs.sites import build_site, post

URL = 'url = "https://ada.blog"\nbaseurl = "/blog"\nlang = "de"\n'
THANKS = "https://ada.blog/blog/join/a/thanks/"
FIELDS = (
    "{name: text, email: email, home-town: text, phone: tel, role: {type: radio, options: [CTO, VP]}, note: textarea}"
)


class Form(HTMLParser):
    """The form of a page: its tag's attributes, and all of its inputs by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tag: dict[str, str | None] = {}
        self.inputs: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.tag = given
        elif tag in ("input", "textarea", "select") and given.get("name"):
            self.inputs[given["name"]] = given

    @property
    def hidden(self) -> dict[str, str | None]:
        """Values of hidden inputs."""
        return {name: given["value"] for name, given in self.inputs.items() if given.get("type") == "hidden"}


def form_at(tmp_path: Path, endpoint: str, fields: str = FIELDS, config: str = URL) -> Form:
    text = post(title="A & B", form=f"{{endpoint: '{endpoint}', fields: {fields}}}")
    site = build_site(tmp_path, {"_posts/2026-05-06-a.md": text, "sitegen.toml": config}, strict=True)
    return Form(site["join/a/index.html"])


KNOWN = "7f3c1f2e-9a4b-4c1d-8e5f-0a1b2c3d4e5f"
COMMON = {"_key": "", "_subject": "A & B", "_next": THANKS}
BUILT = {  # endpoint: action, hidden fields, honeypot and its type, how the script reads the answer
    "https://formspree.io/f/mqkvzdwp": ("", COMMON | {"_language": "de"}, "_gotcha text", "json"),
    "https://usebasin.com/f/1a2b3c4d5e6f": ("", {}, "", "status"),
    NETLIFY: ("/blog/join/a/thanks/", {"form-name": "a", "subject": "A & B"}, "_gotcha text", "page"),
    f"https://api.web3forms.com/submit?access_key={KNOWN}": (
        "https://api.web3forms.com/submit",
        {"access_key": KNOWN, "subject": "A & B", "redirect": THANKS},
        "botcheck checkbox",
        "json",
    ),
    "https://getform.io/f/bxowqypa": ("", {}, "_gotcha text", "page"),
    "https://forminit.com/f/k3x9p2ab7cd": ("", {}, "", "json"),
    "https://formcarry.com/s/z1t_SvhAfIZ": ("", {}, "_gotcha text", "json"),
    "https://forms.ada.blog/f/circle": ("", COMMON, "_gotcha text", "json"),
    "https://script.ada.blog/take/123": ("", COMMON, "_gotcha text", "page"),
}


@pytest.mark.parametrize("endpoint", BUILT)
def test_what_a_page_holds(tmp_path, endpoint):
    action, hidden, honeypot, answers = BUILT[endpoint]
    form = form_at(tmp_path, endpoint)
    assert form.tag["action"] == (action or endpoint)
    assert (form.tag["method"], form.tag["data-hosted"]) == ("post", answers)
    assert form.hidden == hidden
    traps = [f"{name} {given['type']}" for name, given in form.inputs.items() if given.get("tabindex") == "-1"]
    assert " ".join(traps) == honeypot


def test_every_service_is_built():
    assert {service_at(endpoint).name for endpoint in BUILT} >= {service.name for service in SERVICES}


def test_netlify_finds_the_form(tmp_path):
    form = form_at(tmp_path, NETLIFY)
    assert (form.tag["name"], form.tag["data-netlify"], form.tag["netlify-honeypot"]) == ("a", "true", "_gotcha")


def test_forminit_learns_the_kinds_of_answers_from_their_names(tmp_path):
    form = form_at(tmp_path, "https://forminit.com/f/k3x9p2ab7cd")
    assert list(form.inputs) == [
        "fi-sender-fullName",
        "fi-sender-email",
        "fi-text-homeTown",
        "fi-text-phone",
        "fi-radio-role",
        "fi-text-note",
    ]


def test_only_what_a_service_demands_has_a_name_without_the_underscore():
    others = {name for service in (OWN, *SERVICES) for name in service.fields if not name.startswith("_")}
    assert others == {"access_key", "botcheck", "form-name", "redirect", "subject"}


def test_a_question_goes_before_a_field_of_ours(tmp_path):
    form = form_at(tmp_path, NETLIFY, fields="[email, subject]")
    assert form.inputs["subject"]["type"] == "text" and "subject" not in form.hidden


def test_without_an_address_of_the_site_nothing_leads_on(tmp_path):
    form = form_at(tmp_path, f"https://api.web3forms.com/submit?access_key={KNOWN}", config="")
    assert "redirect" not in form.hidden


@pytest.mark.parametrize("endpoint", BUILT)
def test_a_preview_posts_what_the_receiver_knows(tmp_path, endpoint):
    form = form_at(tmp_path, endpoint)
    site = build_site(tmp_path, {}, preview=True)
    form = Form(site["join/a/index.html"])
    assert form.tag["action"] == "/blog/f/a" and not {"data-hosted", "data-netlify"} & set(form.tag)
    assert form.hidden == {KEY: ""} and HONEYPOT in form.inputs and "email" in form.inputs
    assert f"geht es an {recipient(endpoint)}." in re.sub(r"\s+", " ", site["join/a/index.html"])


def test_the_configuration_may_name_netlify(tmp_path):
    (tmp_path / "sitegen.toml").write_text('[forms]\nendpoint = "netlify"\n')
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text("---\nform: true\n---\n")
    site = assemble(load_config(tmp_path), Problems(), now=NOON)
    assert [form.endpoint for form in book_of(site).forms.values()] == [NETLIFY]


def test_the_receiver_is_told_what_it_knows():
    assert OWN.fields == (HONEYPOT, KEY)
