"""Markdown as our records and chapters use it: what may stand in it, and how its references are written.

`[text][id]` and `[][id]` refer to a record (or `id#claim` to a claim); `[@key, para. 15]` cites.
"""

import html
import re
from collections.abc import Callable, Iterator

REFERENCE = re.compile(r"\[(?<!!\[)([^\[\]\n]*)\]\[([a-z0-9#-]+)\]")
FENCE = re.compile(r"^(?P<ticks>`{3,}|~{3,})[^\n]*\n.*?^(?P=ticks)[ \t]*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DIRECTIVE = re.compile(r"<!--\s*guide:\s*([^>]*?)\s*-->")
TAG = re.compile(r"<[a-zA-Z/!?][^>]*>?")
ACTIVE = re.compile(r"<\s*(script|style|iframe|object|embed|form|base|meta|link)\b|<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
LOADING = re.compile(
    r"<(?:[a-z][^>]*?\s(?:src|srcset|poster|data)\s*=|(?:image|use)\s[^>]*?href\s*=|[a-z][^>]*?url\()"
    r"\s*[\"']?\s*(?:[a-z&][\w+.&#;-]*:|//)[^\s\"'>]*",
    re.IGNORECASE,
)
ATTRIBUTES = re.compile(r"\{[^}\n]*\}?")
LINK_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]\n]*\](?:\(\s*<?([^)\s>]*)|\[)")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
HIDDEN = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
"""Control characters, and signs that are not seen but turn or split what is, for use between brackets."""
FORBIDDEN = re.compile(rf"[<{{{HIDDEN}]")
CONTROL = re.compile(rf"[{HIDDEN}]")
MARKUP = re.compile(rf"<[a-zA-Z/!?]|[{HIDDEN}]")
QUOTED = re.compile(r"“([^“”]*)”|\"([^\"\n]*)\"")
BRACKETED_CITATION = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SPACE_BEFORE_STOP = re.compile(r" (?=[.,;])")
WITHOUT_SIGNS = str.maketrans("", "", "*_`\\")
MAX_QUOTED_WORDS = 8


def blank(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with every match of the patterns replaced by blanks, lines kept."""
    for pattern in patterns:
        if not pattern.search(text):
            continue
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text)
    return text


def without_code(text: str) -> str:
    """The text with code blocks and code spans blanked."""
    return blank(text, FENCE, CODE) if "`" in text or "~~~" in text else text


def code(text: str) -> Iterator[re.Match[str]]:
    """Every code block and code span."""
    yield from FENCE.finditer(text)
    yield from CODE.finditer(blank(text, FENCE))


def references(text: str) -> Iterator[re.Match[str]]:
    """Every reference of a text, outside code."""
    return REFERENCE.finditer(without_code(text))


def target(match: re.Match[str]) -> tuple[str, str]:
    """What a reference names: (id, claim id or '')."""
    record_id, _, anchor = match.group(2).partition("#")
    return record_id, anchor


def replace_references(text: str, link: Callable[[str, str, str], str]) -> str:
    """The text with every reference, outside code, replaced by link(words, id, claim id)."""
    if "`" not in text and "~~~" not in text:
        return _replace(text, link)
    kept: list[str] = []
    end = 0
    for match in code(text):
        kept += [_replace(text[end : match.start()], link), match.group(0)]
        end = match.end()
    return "".join([*kept, _replace(text[end:], link)])


def _replace(text: str, link: Callable[[str, str, str], str]) -> str:
    return REFERENCE.sub(lambda match: link(match.group(1), *target(match)), text)


def raw_html(text: str) -> Iterator[re.Match[str]]:
    """Raw HTML, attribute lists and control characters: none of them belongs in a record."""
    if FORBIDDEN.search(text):
        for pattern in (TAG, ATTRIBUTES, CONTROL):
            yield from pattern.finditer(text)


def active_html(text: str) -> Iterator[re.Match[str]]:
    """HTML that does something: scripts, frames, forms, event handlers."""
    return ACTIVE.finditer(blank(without_code(text), COMMENT))


def foreign_schemes(text: str) -> Iterator[re.Match[str]]:
    """Links whose scheme is neither http nor https, however disguised."""
    if "](" not in text and "]:" not in text:
        return
    for match in LINK_TARGET.finditer(without_code(text)):
        plain = re.sub(r"[\s\x00-\x1f\\]", "", html.unescape(html.unescape(match.group(1) or match.group(2) or "")))
        scheme = SCHEME.match(plain.lower())
        if plain.startswith("//") or (scheme and scheme.group(1) not in ("http", "https")):
            yield match


def page_links(text: str) -> Iterator[re.Match[str]]:
    """Links to a file or place of the site, which only a hand-written page can have."""
    for match in LINK_TARGET.finditer(without_code(text)) if "](" in text or "]:" in text else ():
        if not re.match(r"[a-z][a-z0-9+.-]*:|//", html.unescape(match.group(1) or match.group(2) or "").lower()):
            yield match


def images(text: str) -> Iterator[re.Match[str]]:
    """Images outside code."""
    return IMAGE.finditer(without_code(text))


def remote_loads(text: str) -> Iterator[re.Match[str]]:
    """Images and HTML for which another host would have to send something."""
    for match in images(text):
        if re.match(r"https?:|//", match.group(1) or ""):
            yield match
    yield from LOADING.finditer(blank(without_code(text), COMMENT))


def long_quotations(text: str) -> Iterator[re.Match[str]]:
    """Quotations of more than eight words."""
    if "“" in text or '"' in text:
        for match in QUOTED.finditer(blank(without_code(text), COMMENT, BRACKETED_CITATION)):
            if len((match.group(1) or match.group(2) or "").split()) > MAX_QUOTED_WORDS:
                yield match


def bare(text: str) -> str:
    """The text without quotations, code, citations, references, link texts and emphasis: what the guide itself says."""
    text = without_code(text)
    return blank(
        text,
        COMMENT,
        BRACKETED_CITATION,
        REFERENCE,
        LINK,
        QUOTED,
        re.compile(r"\*[^*\n]+\*"),
    )


def plain(text: str, title: Callable[[str], str]) -> str:
    """The words alone: citations and Markdown signs taken out, a reference without words by the title of its record."""
    text = BRACKETED_CITATION.sub("", text)
    text = REFERENCE.sub(lambda match: match.group(1) or title(target(match)[0]), text)
    text = LINK.sub(r"\1", text).translate(WITHOUT_SIGNS)
    return SPACE_BEFORE_STOP.sub("", " ".join(text.split()))


def gist(text: str, title: Callable[[str], str], words: int = 14) -> str:
    """The first words of a text, plain."""
    found = plain(text, title).split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")
