"""Forms: every wrong description, at its line."""

from pathlib import Path

import pytest

from tests.bad_input.trial import POST, Case, build, pass_with, refuse, write

WRONG = (
    (" 3", 3, "neither true, nor a name, nor a mapping"),
    (" []", 3, "neither true"),
    (" [a]", 3, "neither true"),
    (" 'true'", 3, "without quotes"),
    (" contact", 3, 'no form "contact" in the configuration'),
    ("\n  feilds: {}", 4, 'no setting "feilds" | did you mean "fields"?'),
    ("\n  fields: 3", 4, "`fields` is not a mapping"),
    ("\n  fields: []", 4, "`fields` is not a mapping"),
    ("\n  fields: {}", 4, "`fields` is not a mapping"),
    ("\n  fields: [name, 3]", 4, "`fields` is not a mapping"),
    ("\n  fields:\n    - name: x", 4, "`fields` is not a mapping"),
    ("\n  fields:\n    name: {type: txet}", 5, 'no field type "txet" | did you mean "text"?'),
    ("\n  fields:\n    name: {type: button}", 5, 'no field type "button" | known: checkbox'),
    ("\n  fields:\n    name: {type: password}", 5, 'no field type "password"'),
    ("\n  fields:\n    name: {type: [a]}", 5, "`type` is not text"),
    ("\n  fields:\n    name: {typ: text}", 5, 'no setting "typ" | did you mean "type"?'),
    ("\n  fields:\n    name:\n      required: true\n      option: [a]", 7, 'did you mean "options"?'),
    ("\n  fields:\n    1name: {}", 5, 'cannot be called "1name" | begin with a letter'),
    ("\n  fields:\n    _x: {}", 5, 'cannot be called "_x"'),
    ("\n  fields:\n    'a b': {}", 5, 'cannot be called "a b"'),
    ("\n  fields:\n    name: 3", 5, "is not a mapping"),
    ("\n  fields:\n    name: emial", 5, "is not a mapping"),
    ("\n  fields:\n    name: {}\n    name: {}", 6, "`form.fields.name` is given twice"),
    ("\n  fields:\n    r: {type: select}", 5, "needs options"),
    ("\n  fields:\n    r: {type: radio}", 5, "needs options"),
    ("\n  fields:\n    r: {type: select, options: []}", 5, "`options` is not a list of different words"),
    ("\n  fields:\n    r: {type: select, options: [a, a]}", 5, "`options` is not a list of different words"),
    ("\n  fields:\n    r: {type: select, options: 3}", 5, "`options` is not a list"),
    ("\n  fields:\n    r: {type: select, options: {a: b}}", 5, "`options` is not a list"),
    ("\n  fields:\n    r: {type: select, options: [[a]]}", 5, "`options` is not a list"),
    ("\n  fields:\n    r: {type: text, options: [a]}", 5, "has no options"),
    ("\n  fields:\n    r: {type: select, options: [a, b], value: c}", 5, "`value` is none of the options"),
    ("\n  fields:\n    name: {required: maybe}", 5, "`required` is neither true nor false"),
    ("\n  fields:\n    name: {required: 'true'}", 5, "without quotes"),
    ("\n  fields:\n    name: {label: [a]}", 5, "`label` is not text"),
    ("\n  fields:\n    name: {hint: {}}", 5, "`hint` is not text"),
    ("\n  fields:\n    name: {min_length: -1}", 5, "`min_length` is not a whole number"),
    ("\n  fields:\n    name: {min_length: x}", 5, "`min_length` is not a whole number"),
    ("\n  fields:\n    name: {max_length: 0}", 5, "`max_length` is not a whole number"),
    ("\n  fields:\n    name: {max_length: 99999999999999}", 5, "`max_length` is not a whole number"),
    ("\n  fields:\n    name: {min_length: 10, max_length: 5}", 5, "`min_length` is greater"),
    ("\n  fields:\n    n: {type: number, min: 5, max: 1}", 5, "`min` is greater"),
    ("\n  fields:\n    n: {type: number, min: x}", 5, "`min` wants a number"),
    ("\n  fields:\n    n: {type: number, min: .nan}", 5, "`min` wants a number"),
    ("\n  fields:\n    n: {type: number, max: .inf}", 5, "`max` wants a number"),
    ("\n  fields:\n    d: {type: date, min: tomorrow}", 5, '"tomorrow" is not a date'),
    ("\n  fields:\n    d: {type: date, min: 2024-02-02, max: 2024-01-01}", 5, "`min` is greater"),
    ("\n  fields:\n    n: {type: text, min: 3}", 5, "min_length"),
    ("\n  fields:\n    h: {type: hidden, required: true}", 5, "needs a `value`"),
    ("\n  fields:\n    f: {type: file, accept: 3}", 5, "`accept` is not a list of endings | [.pdf, .png]"),
    ("\n  fields:\n    f: {type: file, accept: [3]}", 5, "`accept` is not a list of endings"),
    ("\n  fields:\n    f: {type: file, accept: pdf}", 5, 'no file can be known as "pdf" | write `.pdf`'),
    ("\n  fields:\n    f: {type: file, accept: [image]}", 5, 'no file can be known as "image"'),
    ("\n  fields:\n    f: {type: file, accept: [.pdf, x/y]}", 5, 'no file can be known as "x/y" | image/*'),
    ("\n  fields:\n    f: {type: file, max_size: big}", 5, "`max_size` is no size up to 256 MB | write `2 MB`"),
    ("\n  fields:\n    f: {type: file, max_size: 0}", 5, "`max_size` is no size"),
    ("\n  fields:\n    f: {type: file, max_size: 2 GB}", 5, "`max_size` is no size"),
    ("\n  fields:\n    f: {type: file, max_size: true}", 5, "`max_size` is no size"),
    ("\n  fields:\n    f: {type: file, max_files: 0}", 5, "`max_files` is not a whole number from 1 to 20"),
    ("\n  fields:\n    f: {type: file, max_files: 21}", 5, "`max_files` is not a whole number from 1 to 20"),
    ("\n  fields:\n    f: {type: file, max_size: 100 MB, max_files: 3}", 4, "256 MB in all | lower `max_size`"),
    ("\n  fields:\n    f: {type: file, value: x}", 5, "a field of type file has no `value`"),
    ("\n  fields:\n    f: {type: file, max_length: 3}", 5, "a field of type file has no `max_length`"),
    ("\n  fields:\n    t: {type: text, max_size: 2 MB}", 5, "a field of type text has no `max_size`"),
    ("\n  fields:\n    t: {accept: .pdf}", 5, "a field of type text has no `accept`"),
    ("\n  fields: {consent: {}}\n  consent: I agree", 4, "rename the field"),
    ("\n  fields:\n" + "".join(f"    f{n}: {{}}\n" for n in range(150)), 4, "at most 100 fields"),
    ("\n  consent: true", 4, "`consent` is not text"),
    ("\n  capacity: 0", 4, "`capacity` is not a whole number of at least 1"),
    ("\n  capacity: -3", 4, "`capacity` is not a whole number"),
    ("\n  capacity: twelve", 4, "`capacity` is not a whole number"),
    ("\n  capacity: 1.5", 4, "`capacity` is not a whole number"),
    ("\n  capacity: true", 4, "`capacity` is not a whole number"),
    ("\n  closes: someday", 4, '"someday" is not a date'),
    ("\n  closes: 2024-02-30", 4, "that month has 29 days"),
    ("\n  closes: true", 4, '"true" is not a date'),
    ("\n  closes: [2024]", 4, "is not a date"),
    ("\n  keep: soon", 4, '`keep`: "soon" is no period | `6 months`'),
    ("\n  keep: 90", 4, '`keep`: "90" is no period'),
    ("\n  endpoint: formspree.io/f/x", 4, "is no web address | https://formspree.io"),
    ("\n  endpoint: javascript:alert(1)", 4, "is no web address"),
    ("\n  endpoint: http://", 4, "is no web address"),
    ("\n  endpoint: https://x y", 4, "is no web address"),
    ("\n  endpoint: 3", 4, "is no web address"),
    ("\n  submit: [a]", 4, "`submit` is not text"),
    ("\n  thanks: {a: b}", 4, "`thanks` is not text"),
    ("\n  intro: [a]", 4, "`intro` is not text"),
)


@pytest.mark.parametrize(("form", "line", "words"), WRONG, ids=[form[-40:] for form, _, _ in WRONG])
def test_a_wrong_description(site: Path, form: str, line: int, words: str) -> None:
    text = f"---\ntitle: T\nform:{form}\n---\nBody\n"
    refuse(site, Case("form", {POST: text}, (f"{POST}:{line}: | {words}",)))


@pytest.mark.parametrize("form", ["{capasity: 3}", "{fields: {a: emial}}", "{endpoint: nope}", "tru", "[a]"])
def test_one_mistake_is_told_once_wherever_the_call_is_named(site: Path, form: str) -> None:
    body = "::form\n\n[Join](/join/)\n"
    write(site, {
        "sitegen.toml": 'menu = [{title = "Join", url = "/join/"}]\nreceive.url = "https://r.example.org"\n',
        POST: f"---\ntitle: T\nform: {form}\n---\n{body}",
    })  # fmt: skip
    told = build(site)
    assert told.code == 1 and [line.partition(": ")[0] for line in told.err.splitlines() if line[0] != " "] == [
        f"{POST}:3"
    ]


def test_all_that_is_wrong_with_a_form_at_once(site: Path) -> None:
    form = "form:\n  capacity: many\n  closes: never\n  fields:\n    a: {type: x}\n    b: {required: y}\n"
    says = (f"{POST}:3: | capacity", f"{POST}:4: | closes", f"{POST}:6: | type", f"{POST}:7: | required")
    refuse(site, Case("all", {POST: f"---\n{form}---\n"}, says))


CONFIGURED = (
    ("[forms.a]\nfields = 3\n", "sitegen.toml:2: | `fields`"),
    ("[forms.a]\nfoo = 3\n", 'sitegen.toml:2: | no setting "foo"'),
    ("[forms]\na = 3\n", 'sitegen.toml:2: | the form "a" is not a table'),
    ("[forms.'a b']\n", 'sitegen.toml:1: | "a b" cannot be the id of a form'),
    ("[forms.'..']\n", 'sitegen.toml:1: | ".." cannot be the id of a form'),
    (f"[forms.{'a' * 200}]\n", "sitegen.toml:1: | cannot be the id of a form"),
    ("[forms.a.fields]\nname = {type = 'txet'}\n", 'sitegen.toml:2: | did you mean "text"?'),
    ("[forms]\nendpoint = 'nope'\n", "sitegen.toml:2: | `forms.endpoint` is no web address"),
    ("[[defaults]]\nscope = {path = '_posts'}\nvalues = {form = 'nope'}\n", 'sitegen.toml:3: | no form "nope"'),
)


@pytest.mark.parametrize(("text", "says"), CONFIGURED)
def test_a_wrong_form_in_the_configuration(site: Path, text: str, says: str) -> None:
    refuse(site, Case("form", {"sitegen.toml": text}, (says,)))


def test_a_name_that_is_nearly_known(site: Path) -> None:
    files = {"sitegen.toml": "[forms.contact]\n", POST: "---\nform: contcat\n---\n"}
    refuse(site, Case("form", files, (f'{POST}:2: | did you mean "contact"?',)))


def test_a_page_is_no_call(site: Path) -> None:
    refuse(
        site, Case("page", {"_pages/x.md": "---\nform: true\n---\n"}, ("_pages/x.md:2: | move the file to _posts/",))
    )


@pytest.mark.parametrize("name", ["😀", "!!", "ж" * 110, "...", "שלום"])
def test_a_call_of_any_name_builds(site: Path, name: str) -> None:
    pass_with(site, Case("name", {f"_posts/2024-02-02-{name}.md": "---\nform: true\n---\nBody\n"}))


HARMLESS = (
    " true",
    " false",
    " null",
    "\n  fields: [name, email]",
    "\n  fields:\n    r: {type: select, options: [yes, no]}",
)


@pytest.mark.parametrize("form", [*HARMLESS, "\n  closes: 9999-12-31", "\n  fields:\n    name:\n    email: email"])
def test_harmless(site: Path, form: str) -> None:
    pass_with(site, Case("harmless", {POST: f"---\nform:{form}\n---\nBody\n"}))


def test_a_call_that_has_nowhere_to_go(site: Path) -> None:
    files = {POST: "---\nform: true\n---\n"}
    pass_with(site, Case("call", files, (f"{POST}:2: warning: | nowhere to go | receive.url",)))
    refuse(site, Case("call", files, (f"{POST}:2: | nowhere to go",), ("--strict",)))


def test_words_that_are_too_much_are_told_of_the_post(site: Path) -> None:
    text = f"---\nform:\n  intro: '{'> ' * 200}deep'\n---\nBody\n"
    refuse(site, Case("intro", {POST: text}, (f"{POST}: | deep | Markdown in its front matter",)))
    assert "theme/" not in build(site).err
