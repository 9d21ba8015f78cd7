"""bibliography.bib → entries with their lines. pybtex parses; the fields that are ours are read here."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from pybtex.database.input.bibtex import LowLevelParser
from pybtex.exceptions import PybtexError

from guide.findings import Finding, near
from guide.load import read_text
from guide.prose import MARKUP

SourceKind = Literal["primary", "scholarly", "press"]
Language = Literal["english", "japanese", "russian", "chinese", "croatian", "french", "german", "polish", "portuguese"]
PublishingSide = Literal["japan", "russia", "united-states", "other"]
VOCABULARY: dict[str, tuple[str, ...]] = {
    "kind": get_args(SourceKind),
    "langid": get_args(Language),
    "side": get_args(PublishingSide),
    "seen": ("whole", "excerpt"),
}
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
HEAD = re.compile(r"^\s*@\w+\s*[{(]\s*([^\s,{}]+)", re.MULTILINE)
DATE = re.compile(r"(\d{4}(?:-\d{2}){0,2})[~?%]?(?:/(\d{4}(?:-\d{2}){0,2})?[~?%]?)?\Z")
# fmt: off
FIELDS = frozenset([
    "author", "editor", "translator", "title", "subtitle", "shorttitle", "journaltitle", "booktitle", "issuetitle",
    "eventtitle", "series", "number", "volume", "issue", "pages", "pagetotal", "date", "year", "eventdate", "url",
    "urldate", "doi", "isbn", "issn", "publisher", "organization", "institution", "location", "venue", "type",
    "note", "edition", "chapter", "version", "langid", "kind", "side", "seen", "via",
])
# fmt: on
"""The fields of biblatex that an entry is likely to have, and ours: what a misspelt one is compared with."""
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")


@dataclass(frozen=True)
class Via:
    """Another source, with the locator, that names a work which was not read itself."""

    key: str
    locator: str


@dataclass(frozen=True)
class Entry:
    """One entry of the bibliography; `line` is where it begins."""

    key: str
    line: int
    fields: dict[str, str]
    via: tuple[Via, ...] = ()

    @property
    def title(self) -> str:
        """Its title without the braces that keep capitals and the backslashes that LaTeX needs."""
        return re.sub(r"[{}]|\\(?=[&%#$_])", "", self.fields.get("title", self.key))

    @property
    def url(self) -> str | None:
        """Its address on the web, where it has one."""
        return self.fields.get("url")

    @property
    def year(self) -> str:
        """The year of its date, or an empty string."""
        found = re.search(r"\d{4}", self.fields.get("date", self.fields.get("year", "")))
        return found.group(0) if found else ""


@dataclass
class Bibliography:
    """Every entry by key, in the order of the file."""

    path: Path
    text: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)

    @cached_property
    def heads(self) -> set[str]:
        """Every key that the file has, those included that stand behind a broken entry."""
        return set(HEAD.findall(self.text))


def read(path: Path) -> Bibliography:
    """Read a .bib file; never raises for bad content."""
    text, findings = read_text(path)
    bibliography = Bibliography(path, text, findings=findings)
    parser = LowLevelParser(text, filename=str(path))
    parser.handle_error = lambda error: _keep_error(bibliography, parser, error)
    for command, body in parser:
        if command.lower() in ("string", "preamble", "comment"):
            continue
        key, pairs = body
        line = text.count("\n", 0, parser.command_start) + 1
        _add(bibliography, _entry(key or "", line, pairs))
    for entry in bibliography.entries.values():
        if entry.line not in bibliography.broken:
            bibliography.findings += _check(bibliography, entry)
    return bibliography


def _keep_error(bibliography: Bibliography, parser: LowLevelParser, error: PybtexError) -> None:
    line = bibliography.text.count("\n", 0, parser.command_start or 0) + 1
    message = f"entry must be well-formed BibTeX: {str(error).splitlines()[0]}"
    bibliography.findings.append(Finding(bibliography.path, line, "bib-syntax", message))
    bibliography.broken.add(line)


def _entry(key: str, line: int, pairs: list[tuple[str, list[str]]]) -> Entry:
    fields = {name.lower(): "".join(parts).strip() for name, parts in pairs}
    via = tuple(_via(item) for item in fields.get("via", "").split(";") if item.strip())
    return Entry(key, line, fields, via)


def _via(item: str) -> Via:
    key, _, locator = item.partition(",")
    return Via(key.strip(), locator.strip())


def _add(bibliography: Bibliography, entry: Entry) -> None:
    first = bibliography.entries.setdefault(entry.key, entry)
    if first is not entry:
        message = f"key {entry.key!r} must stand once; line {first.line} has it"
        bibliography.findings.append(Finding(bibliography.path, entry.line, "bib-duplicate-key", message))


def _check(bibliography: Bibliography, entry: Entry) -> Iterator[Finding]:
    found = [
        *_wrong_key(entry),
        *_missing(entry),
        *_misspelt_fields(entry),
        *_wrong_dates(entry),
        *_markup(entry),
        *_wrong_words(entry),
        *_wrong_addresses(entry),
        *_wrong_vias(bibliography, entry),
    ]
    for name, rule, message in found:
        yield Finding(bibliography.path, _field_line(bibliography, entry, name), rule, message)


Problem = tuple[str, str, str]
"""(field, rule, message)"""


def _wrong_key(entry: Entry) -> Iterator[Problem]:
    if not KEY.match(entry.key):
        yield "", "bib-key", f"key {entry.key!r} must be lower-case ASCII letters, digits, hyphens"


def _missing(entry: Entry) -> Iterator[Problem]:
    for name, present in (("title", entry.fields.get("title")), ("date", entry.year)):
        if not present:
            yield name, "bib-field", f"entry {entry.key!r} must have a {name}"


def _misspelt_fields(entry: Entry) -> Iterator[Problem]:
    for name in entry.fields.keys() - FIELDS:
        if hint := near(name, FIELDS):
            yield name, "bib-field", f"field {name!r} is not known here{hint}"


def _wrong_dates(entry: Entry) -> Iterator[Problem]:
    for name in ("date", "urldate"):
        value = entry.fields.get(name)
        match = DATE.match(value or "")
        if value and not (match and all(_is_possible(point) for point in match.groups() if point)):
            yield name, "bib-field", f"{name} must be a date such as 2016, 2016-12, 2016-12-15 or 2016~, not {value!r}"


def _is_possible(point: str) -> bool:
    try:
        datetime.date.fromisoformat((point + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _wrong_vias(bibliography: Bibliography, entry: Entry) -> Iterator[Problem]:
    for via in entry.via:
        if via.key not in bibliography.heads:
            yield "via", "cite-unknown", f"via names no entry: {via.key!r}{near(via.key, bibliography.entries)}"


def _markup(entry: Entry) -> Iterator[Problem]:
    for name, value in entry.fields.items():
        if found := MARKUP.search(value):
            yield name, "plain-text", f"{name} must be plain text, without {found.group(0)!r}"


def _wrong_words(entry: Entry) -> Iterator[Problem]:
    for name, words in VOCABULARY.items():
        value = entry.fields.get(name, "")
        if value not in words and (value or name != "seen"):
            said = f", not {value!r}{near(value, words)}" if value else ""
            yield name, "bib-field", f"entry {entry.key!r} must have {name} = {{{'|'.join(words)}}}{said}"


def _wrong_addresses(entry: Entry) -> Iterator[Problem]:
    if entry.url and not WEB_ADDRESS.match(entry.url):
        yield "url", "bib-url", f"url must begin with http:// or https://, not {entry.url[:40]!r}"
    if entry.url and not re.match(r"\d{4}-\d{2}-\d{2}$", entry.fields.get("urldate", "")):
        yield "url", "bib-url", "url must come with the day it was consulted (urldate = {2026-11-22})"
    if ":" in (doi := entry.fields.get("doi", "")):
        yield "doi", "bib-url", f"doi must begin with 10., without an address, not {doi[:40]!r}"


def _field_line(bibliography: Bibliography, entry: Entry, name: str) -> int:
    """The line of a field, or of its entry where the field is missing."""
    rows = bibliography.text.splitlines()
    for number, row in enumerate(rows[entry.line - 1 :] if name else [], start=entry.line):
        if number > entry.line and row.startswith("@"):
            break
        if re.match(rf"[^=]*\b{name}\s*=", row, re.IGNORECASE):
            return number
    return entry.line
