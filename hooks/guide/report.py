"""What the corpus covers and what it does not: paragraphs without a claim, and claims drawn for a second reading."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from guide.library import Library, Source, Use
from guide.records import Claim, SourceNotes


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
