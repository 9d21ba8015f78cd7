"""What the corpus covers and what it does not: paragraphs without a claim, and claims drawn for a second reading."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guide.bibliography import Entry
from guide.library import Library, Source, Use
from guide.records import KINDS, Claim, Kind, Record, SourceNotes

TWO_SIDED: tuple[Kind, ...] = ("summits", "documents")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a numbered text with what the guide takes from it, or why it takes nothing."""

    number: int
    locator: str
    opening: str
    uses: tuple[Use, ...]
    left_out: str

    @property
    def is_gap(self) -> bool:
        """Neither cited nor left out for a reason."""
        return not self.uses and not self.left_out


def coverage(library: Library) -> dict[str, list[Paragraph]]:
    """For each numbered text its paragraphs, in order; what a source's own notes cite does not count."""
    return {
        key: list(_paragraphs(library, source, source.notes))
        for key, source in library.sources.items()
        if source.notes and source.numbered
    }


def _paragraphs(library: Library, source: Source, notes: SourceNotes) -> Iterator[Paragraph]:
    uses = library.uses_by_paragraph(source.entry.key)
    reasons = {number: item.reason for item in notes.left_out for number in _numbers(item.paras)}
    for number, opening in enumerate(notes.paragraphs, start=1):
        found = tuple(use for use in uses[number] if use.spot.owner not in library.sources)
        yield Paragraph(
            number, source.paragraph_label(number), opening, found, "" if found else reasons.get(number, "")
        )


def _numbers(paras: str) -> range:
    first, _, last = paras.partition("-")
    return range(int(first), int(last or first) + 1)


def coverage_lines(library: Library) -> Iterator[str]:
    """The coverage as text for a terminal."""
    for key, paragraphs in coverage(library).items():
        gaps = [paragraph for paragraph in paragraphs if paragraph.is_gap]
        yield f"{key}: {len(paragraphs)} paragraphs, {len(gaps)} with content that nothing cites"
        for paragraph in paragraphs:
            owners = ", ".join(
                dict.fromkeys(f"{use.spot.owner}#{use.spot.anchor}".rstrip("#") for use in paragraph.uses)
            )
            yield f"  {paragraph.locator}: {owners or paragraph.left_out or 'NOTHING'}"


@dataclass(frozen=True)
class Support:
    """What a record rests on: the bibliography entries that it cites."""

    record: Record
    kind: Kind
    entries: tuple[Entry, ...]

    @property
    def is_thin(self) -> bool:
        """Without a primary source and with fewer than two sources."""
        return len(self.entries) < 2 and not any(entry.fields["kind"] == "primary" for entry in self.entries)

    @property
    def missing_sides(self) -> list[str]:
        """Of Japan and Russia those that published none of its sources; asked of meetings and documents alone."""
        published = {entry.fields["side"] for entry in self.entries}
        return [side for side in ("japan", "russia") if self.kind in TWO_SIDED and side not in published]


def support(library: Library) -> dict[str, Support]:
    """For each record the sources that it cites."""
    cited: dict[str, dict[str, None]] = {}
    for key, uses in library.uses.items():
        for use in uses:
            cited.setdefault(use.spot.owner, {})[key] = None
    entries = library.bibliography.entries
    return {
        record.id: Support(record, kind, tuple(entries[key] for key in cited.get(record.id, {})))
        for kind in KINDS
        for record in library.section(kind)
    }


def tally(library: Library) -> dict[str, dict[str, int]]:
    """How many cited sources are of each kind, in each language, published on each side."""
    cited = [library.sources[key].entry for key in library.uses]
    return {
        name: dict(Counter(entry.fields[name] for entry in cited).most_common()) for name in ("kind", "langid", "side")
    }


def support_lines(library: Library) -> Iterator[str]:
    """The sources by kind, language and side, and the records that rest on too little, as text for a terminal."""
    for name, counts in tally(library).items():
        yield f"{name}: " + ", ".join(f"{number} {word}" for word, number in counts.items())
    found = support(library)
    thin = [record_id for record_id, item in found.items() if item.is_thin]
    yield f"{len(thin)} records rest on one source that is not primary: {', '.join(thin)}"
    for record_id, item in found.items():
        if item.missing_sides:
            yield f"{record_id}: no source published in {' or in '.join(item.missing_sides)}"


def draw(library: Library, count: int, seed: int) -> list[tuple[str, Claim]]:
    """Claims drawn at random, each with its record's id; the same seed draws the same from the same corpus."""
    claims = [(loaded.record.id, claim) for loaded in library.corpus.records for _, claim in loaded.record.statements()]
    return random.Random(seed).sample(claims, min(count, len(claims)))  # noqa: S311 - a draw, not a secret


def draw_lines(library: Library, count: int, seed: int) -> Iterator[str]:
    """The drawn claims as text for a terminal, each to be read against its cited paragraph."""
    yield f"seed {seed}"
    for number, (record_id, claim) in enumerate(draw(library, count, seed), start=1):
        voice = (
            f" ({claim.kind}: {', '.join(claim.by)}{', at second hand' if claim.secondhand else ''})"
            if claim.by
            else ""
        )
        yield f"{number}. {record_id}#{claim.id}{voice}: {' '.join(claim.text.split())}"
