"""SVG: what is harmless stays as it is, what is not goes."""

from xml.etree import ElementTree

import pytest

from sitegen.marked import Malformed
from sitegen.svg import clean, findings
from sitegen.templates.theme import theme_assets
from tests.svg.hostile import EVIL, REFUSED, TRICKS, svg

GOOD = {
    "shapes": svg('<path d="M0 0L9 9" stroke="#000" style="fill:none"/>'),
    "a gradient": svg(
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<rect fill="url(#g)" width="9" height="9"/><use href="#r" xlink:href="#r"/>'
    ),
    "style": svg("<style>.a{fill:red;filter:url('#f')}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style>"),
    "animation": svg(
        '<circle r="3"><animate attributeName="r" values="1;3" dur="1s" repeatCount="indefinite"/></circle>'
    ),
    "links": svg('<a href="https://example.org/" target="_top"><text>x</text></a><a href="/here/"><text>y</text></a>'),
    "a picture inside": svg('<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>'),
    "an editor's own": svg('<x:named xmlns:x="urn:editor" x:a="1"/><g x:label="l" xmlns:x="urn:editor"/><metadata/>'),
    "functions": svg(
        '<g transform="translate(1,2)scale(3) rotate(-4)" style="filter:drop-shadow(0 0 1px rgb(0 0 0/.5))" '
        'font-family="\'Open Sans (x)\', serif" data-name="url(http://x)" fill="url( \'#g\' ) #fff"/>'
        '<style>/* url(http://x) "*/a:not(.b)::after{content:"url(http://x)";fill:\\75 rl(#g)}</style>'
    ),
    "a font inside": svg(
        "<style>@font-face{font-family:x;src:local('x'),url('data:font/woff2;base64,AA==') format('woff2')}</style>"
    ),
    "words": svg('<title>A &lt;b&gt; &amp; c</title><text xml:space="preserve" xml:lang="de">ä 你 &#x1F600;</text>'),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_stays_as_it_is_byte_for_byte(name: str) -> None:
    assert (clean(GOOD[name]).data, findings(GOOD[name])) == (GOOD[name], ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1"])
def test_a_doctype_goes_and_all_lines_stay(encoding: str) -> None:
    for doctype in ('PUBLIC "-//W3C//DTD SVG 1.1//EN"\n"svg11.dtd"', "[\n<!ELEMENT svg ANY> <!-- > --> ]  ", ""):
        name = encoding.removesuffix("-sig").removesuffix("-le")
        before = f'<?xml version="1.0" encoding="{name}"?>\n<!DOCTYPE svg {doctype}>\n'
        bom = b"\xff\xfe" if encoding == "utf-16-le" else b""
        cleaned = clean(bom + svg("<text>ä</text>", before=before).decode().encode(encoding))
        assert cleaned.left_out == () and b"DOCTYPE" not in cleaned.data
        assert "ä" in "".join(ElementTree.fromstring(cleaned.data).itertext())
        [(line, _)] = findings(bom + svg("<script/>", before=before).decode().encode(encoding))
        assert line == 3 + doctype.count("\n")


def test_the_themes_own_pictures_are_safe() -> None:
    files = [file for url, (file, _) in theme_assets().items() if url.endswith(".svg")]
    assert files and [findings(file.read_bytes()) for file in files] == [()] * len(files)


@pytest.mark.parametrize("name", TRICKS)
def test_what_harms_is_left_out_and_told(name: str) -> None:
    cleaned = clean(TRICKS[name])
    assert cleaned.left_out
    for word in (b"<script", b"javascript", b"setAttribute", b"<handler", b"<iframe", b"xhtml", EVIL.encode()):
        assert word not in cleaned.data, word
    assert b"<rect" in cleaned.data and ElementTree.fromstring(cleaned.data).tag.endswith("}svg")
    assert clean(cleaned.data).left_out == ()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        clean(REFUSED[name])
    assert len(findings(REFUSED[name])) == 1


def test_it_is_told_where_and_the_rest_is_kept() -> None:
    picture = svg('\n<g fill="url(#a)" onclick="x()">\n<text>1 &lt; 2</text></g>\n<script>x</script>')
    assert clean(picture).left_out == ((2, "`onclick` of <g>"), (4, "<script>"))
    assert b'<g fill="url(#a)">\n<text>1 &lt; 2</text></g>' in clean(picture).data


def test_a_large_picture_is_quick_and_one_that_is_too_large_refused() -> None:
    assert findings(svg('<path d="M0 0L9 9"/>' * 20_000)) == ()
    with pytest.raises(Malformed, match="10 MB"):
        clean(svg(" " * 10_000_000))


def test_another_encoding_is_written_anew() -> None:
    cleaned = clean(b'<?xml version="1.0" encoding="windows-1252"?>' + svg("<text>ä</text>").decode().encode("cp1252"))
    assert cleaned.left_out == () and "ä".encode() in cleaned.data and b"windows" not in cleaned.data
