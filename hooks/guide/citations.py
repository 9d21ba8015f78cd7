"""Citation syntax: [@key, para. 15; @other, pp. 3-4]. What it points to, and how a locator is written."""

import re
from functools import cache
from typing import NamedTuple

from guide import prose

BLOCK = re.compile(r"\[([^\[\]\n]*@[^\[\]\n]*)\](?![(\[:])")
ONE = re.compile(r"(?:(?P<prefix>[^@]*?)\s+)?@(?P<key>[^\s,;\]]+)(?:,\s*(?P<locator>.+))?\Z")
NUMBERED = re.compile(r"(?:(?P<label>paras?\.|nn?\.|\Z)\s*)?(?P<first>\d+)(?:\s*[-–]\s*(?P<last>\d+))?\Z")
LABELS = {"para.": "para", "paras.": "para", "n.": "n", "nn.": "n"}


class MalformedCitationError(ValueError):
    """A citation block that does not follow the syntax; the message says what must be."""


class Span(NamedTuple):
    """A run of paragraphs ('para') or notes ('n') of a numbered text, both ends included."""

    unit: str
    first: int
    last: int


class Citation(NamedTuple):
    """One citation: a bibliography key with the locator as written ('' where there is none)."""

    key: str
    locator: str = ""
    prefix: str = ""

    def spans(self) -> tuple[Span, ...]:
        """The paragraphs and notes that the locator names; parts of another form are passed over."""
        return _spans(self.locator)

    @property
    def shown_locator(self) -> str:
        """The locator as it is printed, ranges with an en dash."""
        return re.sub(r"(?<=\d)\s*-+\s*(?=\d)", "–", self.locator)


@cache
def _spans(locator: str) -> tuple[Span, ...]:
    found: list[Span] = []
    unit = ""
    for part in filter(None, (part.strip() for part in re.split(r",|\band\b", locator))):
        match = NUMBERED.match(part)
        if not match:
            unit = ""
            continue
        unit = LABELS.get(match["label"] or "", unit)
        if unit:
            found.append(Span(unit, int(match["first"]), int(match["last"] or match["first"])))
    return tuple(found)


class Block(NamedTuple):
    """A citation block as it stands in prose."""

    raw: str
    citations: tuple[Citation, ...]


@cache
def parse_block(inside: str) -> Block:
    """Read what stands between the brackets.

    Raises MalformedCitationError.
    """
    citations = []
    for part in inside.split(";"):
        match = ONE.match(part.strip())
        if not match:
            raise MalformedCitationError(f"citation must be [@key, locator; @key, locator], not [{inside}]")
        citations.append(Citation(match["key"], (match["locator"] or "").strip(), match["prefix"] or ""))
    return Block(f"[{inside}]", tuple(citations))


@cache
def read_blocks(text: str) -> tuple[tuple[re.Match[str], Block | MalformedCitationError], ...]:
    """Every citation block of a text, in order, as it was read or with what is wrong with it; code is passed over."""
    return tuple((match, _read(match.group(1))) for match in BLOCK.finditer(prose.without_code(text)))


def _read(inside: str) -> Block | MalformedCitationError:
    try:
        return parse_block(inside)
    except MalformedCitationError as error:
        return error


def blocks(text: str) -> list[Block]:
    """Every well-formed citation block of a text, in order; code is passed over."""
    return [block for _, block in read_blocks(text) if isinstance(block, Block)]
