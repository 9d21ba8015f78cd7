"""All records by id, with what only the whole can tell: who refers to whom, who cites what where, what comes next."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, cast

from guide import check, names, prose
from guide.bibliography import Bibliography, Entry
from guide.citations import Citation, Span, blocks
from guide.dates import FuzzyDate
from guide.load import Corpus, Loaded, Prose
from guide.records import (
    KINDS,
    SLUG,
    Author,
    Chapter,
    Disagreement,
    Document,
    Era,
    FieldPath,
    Kind,
    Leader,
    Leaf,
    Names,
    Position,
    Record,
    Session,
    Slip,
    SourceNotes,
    Stance,
    Summit,
    Syllabus,
)

WORDS_A_MINUTE = 220
FAMILIES: dict[str, str] = {
    "all-four": "All four islands",
    "two-and-more": "Two islands and more",
    "two": "Two islands",
    "division": "Dividing the islands",
    "shared-use": "Shared use",
    "no-dispute": "No dispute to settle",
    "process": "How to negotiate",
    "strategy": "Wider strategy",
    "history": "History, law and people",
}
SIDES: dict[str, str] = {
    "japan": "Japan",
    "russia": "Russia and the Soviet Union",
    "united-states": "United States",
    "other": "Others",
}


@dataclass(frozen=True)
class Spot:
    """A place of the guide: a record or page (by id or path), the anchor in it, and what stands there in short."""

    owner: str
    anchor: str
    gist: str


@dataclass(frozen=True)
class Use:
    """One citation of a source, and the place that makes it."""

    citation: Citation
    spot: Spot


@dataclass(frozen=True)
class Source:
    """A bibliography entry with the guide's notes on it, where there are any."""

    entry: Entry
    notes: SourceNotes | None

    @property
    def numbered(self) -> bool:
        """Whether its paragraphs are counted and cited by number."""
        return bool(self.notes and self.notes.paragraphs)

    @property
    def slips(self) -> list[Slip]:
        """What is wrong or doubtful in it, in the order of its paragraphs."""
        found = self.notes.slips if self.notes else []
        return sorted(found, key=lambda slip: self.first_paragraph(Citation("", slip.at)))

    def first_paragraph(self, citation: Citation) -> int:
        """The first paragraph that a citation names; 0 where it names none."""
        spans = citation.spans()
        return self.paragraphs(spans[0])[0] if spans else 0

    def paragraphs(self, span: Span) -> range:
        """The paragraphs of a span; note n of the text is one of its paragraphs."""
        offset = self.notes.notes.first - 1 if span.unit == "n" and self.notes and self.notes.notes else 0
        return range(span.first + offset, span.last + offset + 1)

    def paragraph_label(self, number: int) -> str:
        """How a paragraph is named: 'para. 53 (n. 7)' where it is a note."""
        notes = self.notes.notes if self.notes else None
        return f"para. {number}" + (
            f" (n. {number - notes.first + 1})" if notes and notes.first <= number <= notes.last else ""
        )

    def anchor(self, citation: Citation) -> str:
        """Where on the source's page a citation of it leads."""
        if self.numbered and (paragraph := self.first_paragraph(citation)):
            return f"para-{paragraph}"
        return f"at-{slug(citation.locator)}" if citation.locator else ""


@dataclass
class Library:
    """The linked whole. Relations are derived here once and looked up everywhere."""

    corpus: Corpus
    bibliography: Bibliography
    records: dict[str, Loaded[Record]] = field(init=False)
    sources: dict[str, Source] = field(init=False)

    def __post_init__(self) -> None:
        notes = {loaded.record.id: loaded.record for loaded in self.corpus.notes}
        self.records = {loaded.record.id: loaded for loaded in self.corpus.records}
        self.sources = {key: Source(entry, notes.get(key)) for key, entry in self.bibliography.entries.items()}

    def record(self, record_id: str) -> Record:
        """The record of an id; KeyError where there is none."""
        return self.records[record_id].record

    def kind(self, record_id: str) -> Kind:
        """The kind (folder) of a record."""
        return cast("Kind", self.corpus.kinds[record_id])

    def title(self, owner: str) -> str:
        """The title of a record, source or hand-written page."""
        if owner in self.records:
            return self.record(owner).title
        if owner in self.sources:
            return self.sources[owner].entry.title
        return self.pages[self.src_uri(owner)].title

    def src_uri(self, owner: str) -> str:
        """The path of the Markdown page of a record, source or hand-written page, below docs/."""
        return self._uris.get(owner, owner)

    @cached_property
    def _uris(self) -> dict[str, str]:
        return {
            **{key: f"sources/{key}.md" for key in self.sources},
            **{chapter_id: f"chapters/{chapter_id}.md" for chapter_id in self.chapters},
            **{record_id: f"{self.kind(record_id)}/{record_id}.md" for record_id in self.records},
        }

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters by id, in reading order."""
        found = sorted((loaded.record for loaded in self.corpus.chapters), key=lambda chapter: chapter.number)
        return {chapter.id: chapter for chapter in found}

    def gist(self, text: str, words: int = 14) -> str:
        """The first words of a piece of prose, plain, records by their titles."""
        return prose.gist(text, self.title, words)

    def plain(self, text: str) -> str:
        """A piece of prose as plain words, records by their titles."""
        return prose.plain(text, self.title)

    @cached_property
    def pages(self) -> dict[str, Prose]:
        """The hand-written pages by their path below docs/."""
        return {page.src_uri: page for page in self.corpus.pages}

    # -- order ---------------------------------------------------------------------------------------------------------

    def section(self, kind: Kind) -> list[Record]:
        """The records of a kind in the order in which a reader meets them."""
        return self._sections.get(kind, [])

    @cached_property
    def _sections(self) -> dict[Kind, list[Record]]:
        found: dict[Kind, list[Record]] = defaultdict(list)
        for loaded in self.corpus.records:
            found[self.kind(loaded.record.id)].append(loaded.record)
        return {kind: sorted(records, key=_order) for kind, records in found.items()}

    def neighbours(self) -> dict[str, tuple[str | None, str | None]]:
        """The record before and after each record in its section, and the same for sources."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for row in [*([record.id for record in self.section(kind)] for kind in KINDS), sorted(self.sources)]:
            chain = [None, *row, None]
            before = {after: first for first, after in pairwise(chain)}
            after = dict(pairwise(chain))
            found |= {item: (before[item], after[item]) for item in row}
        return found

    # -- references ----------------------------------------------------------------------------------------------------

    @cached_property
    def referrers(self) -> dict[str, list[str]]:
        """For each record or source the records and pages that refer to it, in order, each once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for owner, target in self._references():
            if owner != target:
                found[target][owner] = None
        return {target: sorted(owners, key=self._referrer_order) for target, owners in found.items()}

    def backlinks(self, record_id: str) -> dict[str, list[str]]:
        """What refers to a record, grouped by kind; hand-written pages come under 'chapters'."""
        groups: dict[str, list[str]] = defaultdict(list)
        for owner in self.referrers.get(record_id, []):
            groups[self.kind(owner) if owner in self.records else "chapters"].append(owner)
        return {kind: groups[kind] for kind in ("chapters", *KINDS) if kind in groups}

    def _referrer_order(self, owner: str) -> tuple[object, ...]:
        return (1, self._rank[owner]) if owner in self.records else (0, owner)

    @cached_property
    def _rank(self) -> dict[str, int]:
        """The place of each record in the order of sections."""
        ordered = (record.id for kind in KINDS for record in self.section(kind))
        return {record_id: place for place, record_id in enumerate(ordered)}

    def _references(self) -> Iterator[tuple[str, str]]:
        for loaded in self.corpus.records:
            for leaf in loaded.leaves:
                yield from ((loaded.record.id, target) for target in _targets(leaf) if target in self.records)
        for chapter in self.corpus.chapters:
            owner = self.src_uri(chapter.record.id)
            for leaf in chapter.leaves:
                yield from ((owner, target) for target in _targets(leaf) if target in self.records)
        for page in self.corpus.pages:
            targets = (prose.target(match)[0] for match in prose.references(page.body))
            yield from ((page.src_uri, target) for target in targets if target in self.records)

    # -- citations -----------------------------------------------------------------------------------------------------

    @cached_property
    def uses(self) -> dict[str, list[Use]]:
        """For each source every citation of it, in order of locator."""
        found: dict[str, list[Use]] = defaultdict(list)
        for spot, text in self._cited_prose():
            for block in blocks(text):
                for citation in block.citations:
                    found[citation.key].append(Use(citation, spot))
        return {key: sorted(set(uses), key=self._use_order) for key, uses in found.items()}

    def _use_order(self, use: Use) -> tuple[object, ...]:
        source = self.sources.get(use.citation.key)
        first = source.first_paragraph(use.citation) if source else 0
        return first, use.citation.locator, use.spot.owner, use.spot.anchor, use.spot.gist

    def _cited_prose(self) -> Iterator[tuple[Spot, str]]:
        everything: list[Loaded[Any]] = [*self.corpus.records, *self.corpus.notes, *self.corpus.chapters]
        for loaded in everything:
            anchors = _anchor_of_path(loaded.record) if isinstance(loaded.record, Record) else {}
            for leaf in loaded.leaves:
                if leaf.mark.is_prose:
                    yield Spot(loaded.record.id, anchors.get(leaf.path[:2], ""), self.gist(leaf.value)), leaf.value
        for page in self.corpus.pages:
            for paragraph in page.body.split("\n\n"):
                yield Spot(page.src_uri, "", self.gist(paragraph)), paragraph

    def uses_by_paragraph(self, key: str) -> dict[int, list[Use]]:
        """For a numbered text the uses of each paragraph."""
        source = self.sources[key]
        found: dict[int, list[Use]] = defaultdict(list)
        for use in self.uses.get(key, []):
            for number in dict.fromkeys(n for span in use.citation.spans() for n in source.paragraphs(span)):
                found[number].append(use)
        return found

    def named_by(self, key: str) -> list[tuple[Entry, str]]:
        """The works that a source names (through 'via'), each with the locator."""
        source = self.sources[key]
        return sorted(self._named[key], key=lambda pair: (source.first_paragraph(Citation(key, pair[1])), pair[0].key))

    @cached_property
    def _named(self) -> dict[str, list[tuple[Entry, str]]]:
        found: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        for entry in self.bibliography.entries.values():
            for via in entry.via:
                found[via.key].append((entry, via.locator))
        return found

    def works_of(self, key: str) -> list[str]:
        """The records that name an entry among their works, further reading or places of publication."""
        return list(self._holders[key])

    @cached_property
    def _holders(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for loaded in self.corpus.records:
            for leaf in loaded.leaves:
                if leaf.mark.role == "key":
                    found[leaf.value][loaded.record.id] = None
        return found

    # -- time ----------------------------------------------------------------------------------------------------------

    def minutes(self, chapter_id: str) -> int:
        """How long a chapter takes to read, in whole minutes."""
        body = self.pages[self.src_uri(chapter_id)].body
        return -(-len(self.plain(body).split()) // WORDS_A_MINUTE)

    def reading_minutes(self, session: Session) -> int:
        """How long what a session asks for takes to read, originals apart, in whole minutes."""
        records = [self.records[key] for key in (*session.records, *session.documents) if key in self.records]
        words = sum(
            len(self.plain(leaf.value).split()) for loaded in records for leaf in loaded.leaves if leaf.mark.is_prose
        )
        return sum(map(self.minutes, session.chapters)) + -(-words // WORDS_A_MINUTE)

    def syllabi(self) -> list[Syllabus]:
        """The syllabi, the shortest first."""
        return sorted((loaded.record for loaded in self.corpus.syllabi), key=lambda syllabus: len(syllabus.sessions))

    def dated(self) -> list[Summit | Document]:
        """Meetings and documents in order of date."""
        found = [loaded.record for loaded in self.corpus.records if isinstance(loaded.record, Summit | Document)]
        return sorted(found, key=lambda record: (record.date, record.title))

    def eras(self) -> list[tuple[Era, list[Summit | Document]]]:
        """Each era of the timeline with what is dated in it."""
        eras = [era for loaded in self.corpus.eras for era in loaded.record.eras]
        dated = self.dated()
        return [(era, [record for record in dated if era.since <= record.date.year <= era.until]) for era in eras]

    def holders(self) -> dict[str, list[tuple[Position, Stance, Summit | None]]]:
        """Each holder's dated stances in order of time, with the last meeting before each."""
        found: dict[str, list[tuple[Position, Stance, Summit | None]]] = defaultdict(list)
        positions = [record for record in self.section("positions") if isinstance(record, Position)]
        for position in positions:
            for stance in position.stances:
                if stance.since and stance.stance != "reported":
                    found[stance.who].append((position, stance, self._last_meeting(stance.since)))
        rows = {who: sorted(row, key=lambda item: (item[1].since, item[0].title)) for who, row in found.items()}
        return dict(sorted(rows.items(), key=lambda item: (-len(item[1]), item[0])))

    def _last_meeting(self, date: FuzzyDate) -> Summit | None:
        place = bisect_left(self._two_sided, date, key=lambda meeting: meeting.date)
        return self._two_sided[place - 1] if place else None

    @cached_property
    def _two_sided(self) -> list[Summit]:
        """The meetings with somebody of each side, by date."""
        meetings = (record for record in self.section("summits") if isinstance(record, Summit))
        return [meeting for meeting in meetings if meeting.leaders.japan and meeting.leaders.russia]

    # -- what concerns a record ----------------------------------------------------------------------------------------

    @cached_property
    def disagreements(self) -> list[tuple[Record, Disagreement]]:
        """Every disagreement with the record that it stands in, by section and order."""
        return [(record, item) for kind in KINDS for record in self.section(kind) for item in record.disagreements]

    def disagreements_about(self, record_id: str) -> list[tuple[Record, Disagreement]]:
        """Disagreements that stand elsewhere and concern a record or give its view."""
        return [(record, item) for record, item in self._concerning[record_id] if record.id != record_id]

    @cached_property
    def _concerning(self) -> dict[str, list[tuple[Record, Disagreement]]]:
        found: dict[str, list[tuple[Record, Disagreement]]] = defaultdict(list)
        for record, item in self.disagreements:
            for concerned in dict.fromkeys(
                [*item.about, *(voice for account in item.accounts for voice in account.by)]
            ):
                found[concerned].append((record, item))
        return found

    def slips_about(self, record_id: str) -> list[tuple[str, Slip]]:
        """Slips in sources (key, slip) of which a record's readers must know."""
        return self._slips[record_id]

    @cached_property
    def _slips(self) -> dict[str, list[tuple[str, Slip]]]:
        found: dict[str, list[tuple[str, Slip]]] = defaultdict(list)
        for notes in self.corpus.notes:
            for slip in notes.record.slips:
                for record_id in dict.fromkeys(slip.about):
                    found[record_id].append((notes.record.id, slip))
        return found

    def meetings(self, leader_id: str) -> list[Summit]:
        """The meetings in which a person took part, by date."""
        return self._meetings[leader_id]

    @cached_property
    def _meetings(self) -> dict[str, list[Summit]]:
        found: dict[str, list[Summit]] = defaultdict(list)
        for meeting in self.section("summits"):
            if isinstance(meeting, Summit):
                for person in dict.fromkeys([*meeting.leaders.japan, *meeting.leaders.russia, *meeting.leaders.other]):
                    found[person].append(meeting)
        return found

    @cached_property
    def contested(self) -> dict[str, Names]:
        """The names of the contested places, by id."""
        return {key: loaded.record.names for key, loaded in self.records.items() if loaded.record.names.neutral}


@cache
def slug(text: str) -> str:
    """An ASCII anchor made of a text."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in names.fold(text).lower()).split())


def _order(record: Record) -> tuple[object, ...]:
    if isinstance(record, Summit | Document):
        return (record.date, record.title)
    if isinstance(record, Position):
        return (list(FAMILIES).index(record.family), record.title)
    if isinstance(record, Leader):
        return (list(SIDES).index(record.side), family_name(record.title, record.side))
    if isinstance(record, Author):
        return (0, names.fold(record.title).lower().removeprefix("the "))
    return (names.fold(record.title).lower(),)


def family_name(title: str, side: str) -> str:
    """The name by which a person is sorted: the first word of a Japanese name, the last of another."""
    words = names.fold(title).lower().split()
    return words[0] if side == "japan" else words[-1]


def _targets(leaf: Leaf) -> Sequence[str]:
    if leaf.mark.role == "ref" or (leaf.mark.role == "voice" and SLUG.match(leaf.value)):
        return [leaf.value]
    if leaf.mark.role == "claim":
        return [leaf.value.partition("#")[0]]
    return [prose.target(match)[0] for match in prose.references(leaf.value)] if leaf.mark.is_prose else []


def _anchor_of_path(record: Record) -> dict[FieldPath, str]:
    return {path[:2]: anchor for path, anchor in check.anchored(record)}
