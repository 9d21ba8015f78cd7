"""Findings: what a check says, where, and by which rule. Every rule is listed here once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]

RULES: dict[str, str] = {
    "encoding": "A file is UTF-8 text.",
    "empty-file": "A record file holds a record.",
    "yaml-syntax": "A record is well-formed YAML with one mapping at its top.",
    "yaml-duplicate-key": "A field stands once in its mapping.",
    "yaml-alias": "A record uses no anchors, aliases or merge keys: every value is written where it is read.",
    "yaml-tag": "A record uses no YAML tags.",
    "unknown-field": "A record has only the fields of its kind.",
    "missing-field": "A required field is present and filled.",
    "wrong-type": "A value is of the type that its field takes.",
    "bad-value": "A value is one of the words that its field takes.",
    "date": "A date is YYYY, YYYY-MM or YYYY-MM-DD, a range of these, or one of them after 'about'.",
    "date-reason": "An 'about' date gives the reason in date_reason.",
    "record-place": "A record is docs/<kind>/<id>.yml; no other YAML stands under docs/.",
    "id-form": "An id is lower-case ASCII words and numbers joined by hyphens.",
    "id-file": "The id of a record is the name of its file.",
    "id-duplicate": "An id names one record of the whole guide.",
    "anchor-duplicate": "A claim, argument, reading, stance or disagreement has an id of its own on its page.",
    "neutral-title": "A contested place is titled by both its names in alphabetical order, joined by '/'.",
    "contested-name": "In prose a contested place is written [][id], which shows both names.",
    "plain-text": "Raw HTML and control characters stand in no record.",
    "html": "Prose holds no raw HTML, script or event handler and loads nothing remote; a record's holds no image.",
    "link-scheme": "A link leads to http, https, another record or a place on the page.",
    "link-unknown": "A link of a hand-written page to another page or file leads to one that exists.",
    "ref-unknown": "A reference names a record that exists.",
    "ref-kind": "A reference names a record of the kind that its field takes.",
    "cite-missing": "A claim has a citation with a locator.",
    "chapter-uncited": "A paragraph of a chapter with 25 words or more cites its sources.",
    "cite-unknown": "A citation names an entry of bibliography.bib.",
    "cite-form": "A citation is [@key, locator], on one line, several joined by semicolons.",
    "cite-locator": "A citation of a numbered text has a paragraph or note number.",
    "cite-range": "A locator lies within the text that it points into.",
    "cite-code": "A citation stands in prose, not in code.",
    "cite-unread": "A source known only through another (via) is cited through that other.",
    "voice": "A judgment or a forecast says whose it is, in 'by'.",
    "quotation-long": "A quotation has at most eight words.",
    "bib-syntax": "bibliography.bib is well-formed BibTeX.",
    "bib-duplicate-key": "A key of bibliography.bib stands once.",
    "bib-key": "A key of bibliography.bib is lower-case ASCII letters, digits and hyphens.",
    "bib-field": "An entry of bibliography.bib has title, kind, langid, side and a real date; no field is misspelt.",
    "bib-url": "An address in bibliography.bib begins with http:// or https:// and has the date of consultation.",
    "bib-unused": "An entry of bibliography.bib is cited, or is named by a record or through 'via'.",
    "source-unknown": "A file in docs/sources/ is named after an entry of bibliography.bib.",
    "directive": "A directive in a page (<!-- guide: name -->) is one that the guide knows.",
    "page-clash": "A page has a path of its own.",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, at a line of a file (counted from 1)."""

    path: Path
    line: int
    rule: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.path.as_posix()}:{self.line}: {mark}{self.message} [{self.rule}]"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that must be mended before a build."""
    return [finding for finding in findings if finding.severity == "error"]


def near(word: str, known: Iterable[str]) -> str:
    """A hint that ends a message: the known words nearest to a wrong one, or nothing."""
    found = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(repr(match) for match in found)}?)" if found else ""


def summary(findings: Sequence[Finding]) -> str:
    """One closing line that counts errors and warnings."""
    failed = len(errors(findings))
    return f"{plural(failed, 'error')}, {plural(len(findings) - failed, 'warning')}"


def plural(number: int, noun: str) -> str:
    """'1 error', '2 errors'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
