"""The configuration in its three forms, and the options that go before it."""

from pathlib import Path

import pytest

from tests.bad_input.trial import Case, Content, build, pass_with, refuse, write

TOML: tuple[tuple[Content, int, str], ...] = (
    ("title = My blog", 1, 'title = "My blog"'),
    ("lang = 'en'\ntitle = 'a\n", 2, "never closed"),
    ('title = "a\n', 1, "never closed"),
    ("title", 1, "not TOML"),
    ("[", 1, "not TOML"),
    ("[receive", 1, "not TOML"),
    ("= 3", 1, "not TOML"),
    ("title = 'a'\ntitle = 'b'", 2, "given twice"),
    ("a = 1\n[a]\nb = 2", 2, "given twice"),
    ("title = [1, 2", 1, ""),
    ("title = [1]", 1, "`title` is not text"),
    ("title = {a = 1}", 1, "`title` is not text"),
    ("titel = 'x'", 1, 'no setting "titel" | did you mean "title"? | [extra]'),
    ("lang = 'de'\n\nlnag = 'x'", 3, 'did you mean "lang"?'),
    ("[recieve]\nurl = 'x'", 1, 'did you mean "receive"?'),
    ("[receive]\nulr = 'x'", 2, 'no setting "receive.ulr" | did you mean "receive.url"?'),
    ("a.b.c = 1", 1, 'no setting "a"'),
    ("'' = 1", 1, 'no setting ""'),
    ("receive = 3", 1, "`receive` is not a table | [receive]"),
    ("forms = 3", 1, "`forms` is not a table"),
    ("markdown = 3", 1, "`markdown` is not a table"),
    ("extra = 3", 1, "`extra` is not a table"),
    ("url = 'example.org'", 1, "`url` is no web address | https://"),
    ("url = 'ftp://x'", 1, "`url` is no web address"),
    ("url = 'https://'", 1, "`url` is no web address"),
    ("url = 'https://a b'", 1, "`url` is no web address"),
    ("url = 'https://x:99999'", 1, "`url` is no web address"),
    ("baseurl = 'https://x.org/a'", 1, "`baseurl` is no path | belongs to `url`"),
    ("baseurl = '../x'", 1, "`baseurl` is no path"),
    ("baseurl = 'a b'", 1, "`baseurl` is no path"),
    ("baseurl = '/a?b'", 1, "`baseurl` is no path"),
    ("timezone = 'Mars'", 1, 'no time zone "Mars" | Europe/Berlin'),
    ("timezone = ''", 1, "no time zone"),
    ("timezone = '../../etc/passwd'", 1, "no time zone"),
    ("timezone = '/etc/localtime'", 1, "no time zone"),
    ("timezone = 3", 1, "no time zone"),
    ("paginate = -1", 1, "`paginate` is not a whole number"),
    ("paginate = '10'", 1, "`paginate` is not a whole number"),
    ("paginate = 1.5", 1, "`paginate` is not a whole number"),
    ("paginate = true", 1, "`paginate` is not a whole number"),
    ("paginate = 99999999999999999999", 1, "`paginate` is not a whole number"),
    ("paginate = " + "1" * 5000, 1, "a number that is too long"),
    ("outputs = ['posts',\n'psots']", 1, 'has "psots" | did you mean "posts"?'),
    ("outputs = 3", 1, "`outputs` is not a list"),
    ("lang = 'english'", 1, '`lang` is no language: "english" | write en'),
    ("title = 'x'\nlang = ''", 2, "write a code such as en or pt-BR"),
    ("[[defaults]]\nvalues = {lang = 'deutsch'}", 2, '"deutsch" is no language | write de'),
    ("menu = 3", 1, "`menu` is not a list"),
    ("menu = [{title = 'x'}]", 1, "without `title` and `url`"),
    ("menu = [{title = 'x', url = 3}]", 1, "an entry that is not text"),
    ("menu = [{title = 'x', url = '/gone/'}]", 1, '"x" leads to /gone/, which is not in the site'),
    ("menu = [\n{title = 'x', url = '/'},\n{title = 'y', url = '/archiv/'}\n]", 3, "is it /archive/?"),
    ('[[menu]]\ntitle = "x"\nurl = "/Archive/"', 3, "capitals count: write /archive/"),
    ("baseurl = '/b'\nmenu = [{title = 'x', url = '/b/archive/'}]", 2, "is it /archive/?"),
    ("outputs = ['posts']\nmenu = [{title = 'x', url = '/archive/'}]", 2, "which is not in the site"),
    ("exclude = 3", 1, "`exclude` is not a list"),
    ("exclude = [[1]]", 1, "`exclude` is not a list"),
    ("drafts = 'yes'", 1, "`drafts` is neither true nor false"),
    ("future = 1", 1, "`future` is neither true nor false"),
    ("liquid = 3", 1, "`liquid` is neither true nor false"),
    ("[markdown]\nengine = 'comonmark'", 2, 'did you mean "commonmark"?'),
    ("markdown = 'foo'", 1, "`markdown.engine`"),
    ("defaults = 3", 1, "`defaults` is not a list"),
    ("defaults = [3]", 1, "without `scope` and `values`"),
    ("[[defaults]]\nvalues = {a = 1}\n\n[[defaults]]\nscope = {path = 'x'}", 4, "without `scope` and `values`"),
    ("[[defaults]]\nscope = {path = '_posts'}\nvalues = {layout = 'nope'}", 3, 'no layout "nope"'),
    ("[[defaults]]\n[defaults.values]\ncategories = {a = 1}", 3, "`categories`"),
    ("[receive]\nrate_limit = 'many'", 2, "20/minute"),
    ("[receive]\nform_rate_limit = '1/week'", 2, "20/minute"),
    ("[receive]\norigins = ['https://a.org',\n'https://a.org/blog']", 2, 'has "https://a.org/blog" | without a path'),
    ("[receive]\norigins = 'https://bücher.example'", 2, "xn--"),
    ("[receive]\naltcha = 'yes'", 2, "`receive.altcha` is neither true nor false"),
    ("[receive]\ntrusted_proxies = ['x']", 2, 'has "x", which is no network'),
    ("[receive]\nurl = 'x'", 2, "`receive.url` is no web address"),
    ("x = 2024-13-01", 1, "not TOML"),
    ("title = 'x'\r\nurl = 'y'\r\n", 2, "`url` is no web address"),
    (b"lang = 'en'\ntitle = 'caf\xe9'\n", 2, "not UTF-8"),
    ("title = 'x'\n".encode("utf-16"), 1, "UTF-16"),
    (b"title = 'a\0b'\n", 1, "not TOML"),
    ("a = " + "[" * 5000, 1, "deep"),
)


@pytest.mark.parametrize(("text", "line", "words"), TOML, ids=[str(text)[:40] for text, _, _ in TOML])
def test_sitegen_toml(site: Path, text: Content, line: int, words: str) -> None:
    refuse(site, Case("toml", {"sitegen.toml": text}, (f"sitegen.toml:{line}: | {words}",)))


@pytest.mark.parametrize(("setting", "first", "second", "words"), [
    ("images.widths", "10", "9000", "no whole number from 16"),
    ("outputs", "'psots'", "'feeed'", "which there is not"),
    ("receive.trusted_proxies", "'x'", "'y'", "no network"),
    ("receive.origins", "'a.org'", "'b.org'", "no origin of pages"),
    ("receive.notify", "'ada'", "'bob'", "no address of e-mail"),
])  # fmt: skip
def test_every_wrong_value_of_a_list_is_told(site: Path, setting: str, first: str, second: str, words: str) -> None:
    shown = (value.replace("'", '"') for value in (first, second))
    says = tuple(f"sitegen.toml:1: `{setting}` has {value}, | {words}" for value in shown)
    refuse(site, Case("list", {"sitegen.toml": f"{setting} = [{first}, {second}]"}, says))


PYPROJECT = (
    ("[tool.sitegen]\ntitel = 'x'", 2, 'did you mean "title"?'),
    ("[tool]\nsitegen = 3", 2, "not a table of settings"),
    ("[tool.sitegen", 1, "not TOML"),
    ("[tool.sitegen]\npaginate = 'x'", 2, "`paginate`"),
    ("[project]\nname = 'x'\n\n[tool.sitegen]\ntitle = 'x'\nurl = 'y'", 6, "`url` is no web address"),
    ("[tool.sitegen.receive]\nurl = 'x'", 2, "`receive.url` is no web address"),
)


@pytest.mark.parametrize(("text", "line", "words"), PYPROJECT)
def test_pyproject_toml(site: Path, text: str, line: int, words: str) -> None:
    files = {"sitegen.toml": None, "pyproject.toml": text}
    refuse(site, Case("pyproject", files, (f"pyproject.toml:{line}: | {words}",)))


YAML = (
    ("title: a: b", 1, "a colon inside"),
    ("title:\n\tx: y", 2, "a tab"),
    ("- a", 1, "not a table of settings"),
    ("just text", 1, "not a table of settings"),
    ("foo: &a [*a]", 1, "an alias inside"),
    ("title: !ruby/object x", 1, "a YAML tag"),
    ("title: 'x", 1, "never closed"),
)


@pytest.mark.parametrize(("text", "line", "words"), YAML)
def test_config_yml(site: Path, text: str, line: int, words: str) -> None:
    refuse(site, Case("yaml", {"sitegen.toml": None, "_config.yml": text}, (f"_config.yml:{line}: | {words}",)))


LENIENT = (
    ("title: [a]", 1, "`title` is not text"),
    ("url: example.org", 1, "`url` is no web address"),
    ("baseurl: http://x/y", 1, "`baseurl` is no path"),
    ("timezone: Mars", 1, "no time zone"),
    ("paginate: many", 1, "`paginate` is not a whole number"),
    ("paginate_path: /page/", 1, ":num"),
    ("markdown: redcarpet", 1, "redcarpet"),
    ("menu: {a: b}", 1, "`menu` is not a list"),
    ("outputs: [foo]", 1, 'has "foo"'),
    ("menu:\n- title: x\n  url: /\n- title: y\n  url: /gone/", 5, '"y" leads to /gone/'),
    ("permalink: ../:title", 1, "leads out of its folder"),
    ("defaults: {scope: x}", 1, "`defaults` is not a list"),
    ("title: a\ntitle: b", 2, "`title` is given twice"),
    ("lang: [en]", 1, "`lang` is not text"),
    ("defaults:\n- scope: {path: ''}\n  values: {layout: nope}", 3, 'no layout "nope"'),
)


@pytest.mark.parametrize(("text", "line", "words"), LENIENT)
def test_what_jekyll_lets_pass(site: Path, text: str, line: int, words: str) -> None:
    files = {"sitegen.toml": None, "_config.yml": text}
    pass_with(site, Case("yaml", files, (f"_config.yml:{line}: warning: | {words}",)))
    refuse(site, Case("yaml", {}, (f"_config.yml:{line}: | {words}",), ("--strict",)))


HARMLESS: tuple[tuple[str, Content], ...] = (
    ("sitegen.toml", ""),
    ("sitegen.toml", "\ufefftitle = 'x'"),
    ("sitegen.toml", "outputs = 'posts'"),
    ("sitegen.toml", "outputs = []"),
    ("sitegen.toml", "menu = [{title = 'x', url = 'https://example.org/'}, {title = 'y', url = 'mailto:a@b.org'}]"),
    (
        "sitegen.toml",
        "menu = [{title = 'x', url = 'archive/#2024'}, {title = 'y', url = ''}]",
    ),
    (
        "sitegen.toml",
        "baseurl = '/b'\nmenu = [{title = 'x', url = '/feed.xml?v=2'}, {title = 'y', url = '#main'}]",
    ),
    ("sitegen.toml", "outputs = ['posts', 'posts']"),
    ("sitegen.toml", "title = '\\u0000'"),
    ("pyproject.toml", "tool = 3"),
    ("pyproject.toml", "[tool.other]\nx = 1"),
    ("_config.yml", ""),
    ("_config.yml", "author: {name: Me, email: x}"),
    ("_config.yml", "exclude:\nfuture:\ntitle:"),
    ("_config.yml", "liquid: {error_mode: warn}"),
    ("_config.yml", "plugins: [jekyll-feed]\nsass: {style: compressed}"),
)


@pytest.mark.parametrize(("name", "text"), HARMLESS)
def test_harmless(site: Path, name: str, text: Content) -> None:
    files: dict[str, Content] = {} if name == "sitegen.toml" else {"sitegen.toml": None}
    done = pass_with(site, Case(name, {**files, name: text}))
    assert "warning" not in done.err


@pytest.mark.parametrize("name", ["sitegen.toml", "pyproject.toml", "_config.yml"])
def test_a_folder_in_place_of_the_file(site: Path, name: str) -> None:
    write(site, {"sitegen.toml": None, f"{name}/x": ""})
    refuse(site, Case(name, {}, (f"{name}: this should be a file",)))


@pytest.mark.parametrize(("option", "value"), [("--url", "nope"), ("--baseurl", "http://x"), ("--nope", "x")])
def test_a_wrong_option_is_no_fault_of_the_file(site: Path, option: str, value: str) -> None:
    done = build(site, option, value)
    assert (done.code, "sitegen.toml" in done.err) == (2, False)
    assert option in done.err
