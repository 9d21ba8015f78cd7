"""Writing Markdown: plain text made safe, links between records, and the syntax that only the guide has.

A renderer writes `[words](guide:id#anchor)` for a link and `[@key, para. 15]` for a citation; `finish` and
`relative_links` turn these into what MkDocs understands, once a page, wherever the page came from.
"""

import html
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import quote

import yaml

from guide import prose
from guide.citations import Block, Citation, blocks
from guide.library import Library
from guide.pandoc import Formatted

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SPECIAL = re.compile(r"[\\`*_{}\[\]()#!|<>&~^=:@\"']|^\s*[-+]|(?<=\d)\.(?=\s)")
RAW_LINK = re.compile(r'href="guide:([^"#]+)"')
GUIDE_LINK = re.compile(r"\]\(guide:([^)#\s]+)(#[^)\s]*|)\)")


class Markdown(str):
    """Text that is Markdown already; whatever else a template prints is escaped."""

    __slots__ = ()


@cache
def escape(text: str) -> str:
    """Plain text as Markdown that shows exactly this text: every sign with a meaning becomes a character reference."""
    return SPECIAL.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match.group(0)), re.sub(r"\s+", " ", text))


def front_matter(**meta: object) -> str:
    """A YAML header; its words are escaped for HTML because MkDocs puts them into pages and attributes as they are."""
    safe = {
        name: html.escape(value, quote=name == "description") if isinstance(value, str) else value
        for name, value in meta.items()
    }
    return f"---\n{yaml.dump(safe, Dumper=DUMPER, allow_unicode=True, sort_keys=False)}---\n"


def link(words: str, target: str, anchor: str = "", attributes: str = "") -> str:
    """A link to a record, source or page of the guide by its id."""
    suffix = f"#{anchor}" if anchor else ""
    return f"[{words}](guide:{target}{suffix}){attributes}"


def contested_name(library: Library, record_id: str) -> str:
    """A contested place's name as a switchable span; the neutral form is what it shows."""
    names = library.contested[record_id]
    japan, russia = html.escape(names.japan or ""), html.escape(names.russia or "")
    return f'<span class="name" data-japan="{japan}" data-russia="{russia}">{escape(names.neutral or "")}</span>'


def title(library: Library, owner: str) -> str:
    """A title as Markdown; a contested place by its switchable name."""
    return contested_name(library, owner) if owner in library.contested else escape(library.title(owner))


def resolve_references(text: str, library: Library, here: str) -> str:
    """`[words][id]` and `[][id]` as links; a repeated `[][id]`, and one to the page itself, as words alone."""
    seen = {here}

    def written(words: str, record_id: str, anchor: str) -> str:
        shown = words or title(library, record_id)
        if not words and record_id in seen and not anchor:
            return shown
        seen.add(record_id)
        return link(shown, record_id, anchor)

    return prose.replace_references(text, written)


def citation(block: Block, library: Library, formatted: Formatted) -> str:
    """'(Hisane 2005, para. 15; …)', each part a link to the place of its source."""
    return f"({'; '.join(_one(item, library, formatted) for item in block.citations)})"


def _one(item: Citation, library: Library, formatted: Formatted) -> str:
    words = ", ".join(filter(None, [formatted.shown[item.key], item.shown_locator]))
    prefix = f"{escape(item.prefix)} " if item.prefix else ""
    return prefix + link(escape(words), item.key, library.sources[item.key].anchor(item), "{ .cite }")


def reference_list(text: str, formatted: Formatted) -> str:
    """The references of a page that its citations call for, in the order of their authors; else nothing."""
    cited = {citation.key for block in blocks(text) for citation in block.citations}
    if not cited:
        return ""
    rows = [reference(key, formatted) for key in sorted(cited, key=formatted.rank.__getitem__)]
    heading = "## References {: #sec-references data-search-exclude }"
    return "\n".join(["", heading, "", '<div class="references" markdown="1">', "", *rows, "", "</div>", ""])


def reference(key: str, formatted: Formatted) -> str:
    """One item of a reference list, with its anchor and the way to the source's page."""
    way = link("All that rests on this source", key, "", "{ .source-link }")
    return f'- <span id="ref-{key}">{inline_html(formatted.references[key])}</span> {way}'


@cache
def inline_html(markup: str) -> str:
    """Inline HTML with the text between its tags made safe for Markdown."""
    parts = re.split(r"(<[^>]+>)", markup)
    return "".join(part if part.startswith("<") else escape(html.unescape(part)) for part in parts)


def relative_links(text: str, library: Library, src_uri: str) -> str:
    """`guide:` links as paths from one page's file to another's, which MkDocs checks; in raw HTML as addresses."""
    to_root, address_to_root = "../" * src_uri.count("/"), "../" * len(PurePosixPath(_folder(src_uri)).parts)

    def written(match: re.Match[str]) -> str:
        target, anchor = library.src_uri(match[1]), match[2]
        return f"]({'' if anchor and target == src_uri else to_root + _quoted(target)}{anchor})"

    def raw(match: re.Match[str]) -> str:
        return f'href="{address_to_root}{_quoted(_folder(library.src_uri(match[1])))}/"'

    return RAW_LINK.sub(raw, GUIDE_LINK.sub(written, text))


_quoted = cache(quote)


def _folder(src_uri: str) -> str:
    """The folder of the site into which a page is written."""
    return src_uri.removesuffix(".md").removesuffix("index").rstrip("/")
