"""Records → findings. Each check is a generator; none prints, raises or changes anything."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from guide import bibliography, names, prose
from guide.bibliography import Bibliography
from guide.citations import BLOCK, Citation, MalformedCitationError, blocks, read_blocks
from guide.findings import Finding, near, plural
from guide.load import Corpus, Lines, Loaded, Prose, Values, load, nearest_line
from guide.records import SLUG, Claim, FieldPath, Leaf, Record, SourceNotes

DIRECTIVES = frozenset(
    {
        "index",
        "sources",
        "disagreements",
        "coverage",
        "timeline",
        "strip",
        "comparison",
        "holders",
        "quiz",
        "syllabi",
        "map",
        "support",
    }
)
MENTIONS = (re.compile(r"@([a-z0-9-]+)"), re.compile(r"\]\[([a-z0-9-]+)"))
PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
UNCITED_WORDS = 25
BROKEN_CITATION = re.compile(r"\[[^\[\]\n]*@[^\[\]\n]*\n[^\[\]]*?\]|\[[^\[\]\n]*\n[^\[\]]*?@[^\[\]]*?\]")


@dataclass(frozen=True)
class Place:
    """Where a piece of prose stands: its file, with the lines of its values and its text, and its path in the file.

    A page is `exact`: its prose stands in the file as it is; a YAML value may be folded or indented there.
    """

    file: Path
    lines: Lines
    text: str
    path: FieldPath = ()
    exact: bool = False

    @property
    def first_line(self) -> int:
        """The line on which the prose begins."""
        return nearest_line(self.lines, self.path)

    def line(self, match: re.Match[str]) -> int:
        """The line of a match in the prose; in a YAML value, of the next occurrence of its first line."""
        first = self.first_line
        if self.exact:
            return first + match.string.count("\n", 0, match.start())
        token = match.group(0).strip().split("\n")[0]
        for number, row in enumerate(self.text.splitlines()[first - 1 :], start=first):
            if token in row:
                return number
        return first

    def finding(self, match: re.Match[str], rule: str, message: str) -> Finding:
        """A finding at the line of a match."""
        return Finding(self.file, self.line(match), rule, message)


@dataclass(frozen=True)
class World:
    """What exists, for checks to look things up in."""

    corpus: Corpus
    bibliography: Bibliography

    @cached_property
    def records(self) -> dict[str, Loaded[Record]]:
        """Every record by id."""
        return {loaded.record.id: loaded for loaded in self.corpus.records}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of every record, those included that could not be read."""
        return {**self.corpus.broken, **self.corpus.kinds}

    @cached_property
    def known(self) -> set[str]:
        """Whatever prose may refer to: records and sources."""
        return {*self.kinds, *self.bibliography.heads}

    @cached_property
    def pages(self) -> set[str]:
        """Every page by its path below docs/, those of records and sources included."""
        return {
            *(page.src_uri for page in self.corpus.pages),
            *(f"{kind}/{record_id}.md" for record_id, kind in self.kinds.items()),
            *(f"sources/{key}.md" for key in self.bibliography.heads),
        }

    @cached_property
    def notes(self) -> dict[str, SourceNotes]:
        """The notes on sources by key."""
        return {loaded.record.id: loaded.record for loaded in self.corpus.notes}

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        """The anchors of each record's page, and of each page of a source that has notes."""
        return {
            **{key: {anchor for _, anchor in anchored(loaded.record)} for key, loaded in self.records.items()},
            **{key: _anchors_of_notes(notes) for key, notes in self.notes.items()},
        }

    @cached_property
    def contested(self) -> dict[str, str]:
        """Each contested form of a name → the id of its place."""
        return names.contested_forms({key: loaded.record.names for key, loaded in self.records.items()})

    @cached_property
    def contested_pattern(self) -> re.Pattern[str]:
        """Finds the contested forms."""
        return names.any_of(self.contested)


def read(docs: Path, bib: Path) -> tuple[Corpus, Bibliography, list[Finding]]:
    """Load and check; the findings include those of the loading."""
    corpus, entries = load(docs), bibliography.read(bib)
    return corpus, entries, check(corpus, entries)


def check(corpus: Corpus, entries: Bibliography) -> list[Finding]:
    """Every finding of a corpus, the loading's own included, in the order of files and lines."""
    world = World(corpus, entries)
    found = [*corpus.findings, *entries.findings]
    if any(finding.rule == "encoding" for finding in entries.findings):
        return sorted(found)  # without its keys every citation would seem wrong
    for record in corpus.records:
        found += check_record(world, record)
    for notes in corpus.notes:
        found += check_notes(world, notes)
    others: list[Values] = [*corpus.chapters, *corpus.eras, *corpus.syllabi, *corpus.refused]
    for values in others:
        found += check_leaves(world, values)
    for page in corpus.pages:
        found += check_page(world, page)
    found += check_paths(corpus)
    found += check_unused(world)
    return sorted(set(found))


def check_record(world: World, loaded: Loaded[Record]) -> Iterator[Finding]:
    """Everything that concerns one record."""
    yield from check_leaves(world, loaded)
    yield from check_anchors(loaded)
    record = loaded.record
    neutral = record.names.neutral
    if neutral and record.title != neutral:
        message = f"title must be {neutral!r}: both names in alphabetical order"
        yield Finding(loaded.path, loaded.line(("title",)), "neutral-title", message)
    date = getattr(record, "date", None)
    if date and date.about and not getattr(record, "date_reason", None):
        yield Finding(loaded.path, loaded.line(("date",)), "date-reason", "date is 'about'; date_reason must say why")
    for path, claim in record.statements():
        yield from check_claim(loaded, path, claim)


def check_claim(loaded: Loaded[Record], path: FieldPath, claim: Claim) -> Iterator[Finding]:
    """A claim has a located citation, and a view has an owner."""
    cited = [citation for block in blocks(claim.text) for citation in block.citations]
    if not any(citation.locator for citation in cited):
        line = loaded.line((*path, "text"))
        yield Finding(
            loaded.path, line, "cite-missing", f"claim {claim.id!r} must cite a source with a locator: [@key, para. 15]"
        )
    if claim.kind != "fact" and not claim.by:
        message = f"claim {claim.id!r} is a {claim.kind}; 'by' must say whose (an id, or words)"
        yield Finding(loaded.path, loaded.line((*path, "id")), "voice", message)


def check_leaves(world: World, values: Values) -> Iterator[Finding]:
    """Every marked string of a record, by what it is for."""
    for leaf in values.leaves:
        yield from LEAF_CHECKS[leaf.mark.role](world, values, leaf)


def _check_text(_world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    if found := prose.MARKUP.search(leaf.value):
        message = f"{leaf.path[-1]!r} must be plain text, without {found.group(0)!r}"
        yield Finding(values.path, values.line(leaf.path), "plain-text", message)


def _check_voice(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    return _check_ref(world, values, leaf) if SLUG.match(leaf.value) else _check_text(world, values, leaf)


def _check_key(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    if leaf.value not in world.bibliography.heads:
        message = f"{leaf.value!r} must be a key of bibliography.bib{near(leaf.value, world.bibliography.entries)}"
        yield Finding(values.path, values.line(leaf.path), "cite-unknown", message)


def _check_ref(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    kind = world.kinds.get(leaf.value)
    if kind in leaf.mark.kinds:
        return
    line = values.line(leaf.path)
    if kind is None:
        wanted = [key for key, of in world.kinds.items() if of in leaf.mark.kinds]
        yield Finding(values.path, line, "ref-unknown", f"{leaf.value!r} must name a record{near(leaf.value, wanted)}")
    else:
        message = f"{leaf.value!r} is in {kind}; this field takes {' or '.join(leaf.mark.kinds)}"
        yield Finding(values.path, line, "ref-kind", message)


def _check_claim_ref(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    record_id, _, claim = leaf.value.partition("#")
    anchors = world.anchors.get(record_id)
    if record_id not in world.kinds:
        message = f"{leaf.value!r} must name a claim of a record{near(record_id, world.kinds)}"
        yield Finding(values.path, values.line(leaf.path), "ref-unknown", message)
    elif anchors is not None and claim not in anchors:
        message = f"{record_id!r} has no claim {claim!r}{near(claim, anchors)}"
        yield Finding(values.path, values.line(leaf.path), "ref-unknown", message)


def _check_record_prose(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    place = Place(values.path, values.lines, values.text, leaf.path)
    for match in prose.raw_html(leaf.value):
        message = f"prose must hold no HTML or braces, but has {match.group(0)[:40]!r}"
        yield place.finding(match, "html", message)
    for match in prose.images(leaf.value):
        yield place.finding(match, "html", f"prose must hold no image, but has {match.group(0)[:40]!r}")
    for match in prose.page_links(leaf.value):
        message = f"link to a page of the guide must be written [words][id], not {match.group(0)[:40]!r}"
        yield place.finding(match, "link-scheme", message)
    yield from check_prose(world, place, leaf.value)


def _check_cited(world: World, values: Values, leaf: Leaf) -> Iterator[Finding]:
    yield from _check_record_prose(world, values, leaf)
    if not blocks(leaf.value):
        message = f"{leaf.path[-1]!r} must cite its source: [@key, para. 15]"
        yield Finding(values.path, values.line(leaf.path), "cite-missing", message)


LEAF_CHECKS: dict[str, Callable[[World, Values, Leaf], Iterator[Finding]]] = {
    "ref": _check_ref,
    "voice": _check_voice,
    "key": _check_key,
    "claim": _check_claim_ref,
    "text": _check_text,
    "prose": _check_record_prose,
    "cited": _check_cited,
}


def check_page(world: World, page: Prose) -> Iterator[Finding]:
    """A hand-written page: its directives, HTML and prose."""
    place = Place(page.path, {None: page.first_line}, page.text, exact=True)
    for match in prose.active_html(page.body):
        message = f"page must hold no script, frame or event handler: {match.group(0)[:40]!r}"
        yield place.finding(match, "html", message)
    for match in prose.remote_loads(page.body):
        yield place.finding(match, "html", f"page must load nothing from another host: {match.group(0)[:60]!r}")
    yield from _check_page_links(world, place, page)
    for match in prose.DIRECTIVE.finditer(page.body):
        if match.group(1) not in DIRECTIVES:
            message = f"directive {match.group(1)!r} is not known{near(match.group(1), DIRECTIVES)}"
            yield place.finding(match, "directive", message)
    if page.is_chapter:
        yield from _check_paragraphs(place, page.body)
    yield from check_prose(world, place, page.body)


def _check_page_links(world: World, place: Place, page: Prose) -> Iterator[Finding]:
    for match in prose.page_links(page.body):
        path = (match.group(1) or match.group(2) or "").partition("#")[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.src_uri), path))
        is_file = not target.startswith(("/", "..")) and (page.docs / target).is_file()
        if path and target not in world.pages and not is_file:
            message = f"link leads to {target!r}, which does not exist{near(target, world.pages)}"
            yield place.finding(match, "link-unknown", message)


def _check_paragraphs(place: Place, body: str) -> Iterator[Finding]:
    for match in PARAGRAPH.finditer(body):
        text = match.group(0)
        if len(text.split()) >= UNCITED_WORDS and not text.startswith("#") and not blocks(text):
            yield place.finding(match, "chapter-uncited", f"paragraph must cite its sources: {text[:40]!r}…")


def check_prose(world: World, place: Place, text: str) -> Iterator[Finding]:
    """What holds for prose wherever it stands."""
    for match in prose.foreign_schemes(text):
        message = f"link must lead to http, https or a record, not {(match.group(1) or match.group(2))[:40]!r}"
        yield place.finding(match, "link-scheme", message)
    for match in prose.long_quotations(text):
        message = f"quotation must have at most {prose.MAX_QUOTED_WORDS} words: {match.group(0)[:60]}"
        yield place.finding(match, "quotation-long", message)
    said = prose.bare(text) if any(map(text.__contains__, world.contested)) else ""
    for match in world.contested_pattern.finditer(said):
        form = match.group(0)
        message = f"{form!r} must be written [][{world.contested[form]}], which shows both names, or be quoted"
        yield place.finding(match, "contested-name", message)
    yield from _check_references(world, place, text)
    yield from _check_citations(world, place, text)


def _check_references(world: World, place: Place, text: str) -> Iterator[Finding]:
    for match in prose.references(text) if "][" in text else ():
        record_id, anchor = prose.target(match)
        if record_id not in world.known:
            message = f"[…][{record_id}] must name a record or a source{near(record_id, world.known)}"
            yield place.finding(match, "ref-unknown", message)
        elif anchor and record_id in world.anchors and anchor not in world.anchors[record_id]:
            what = "claim" if record_id in world.records else "place"
            message = f"{record_id!r} has no {what} {anchor!r}{near(anchor, world.anchors[record_id])}"
            yield place.finding(match, "ref-unknown", message)


def _check_citations(world: World, place: Place, text: str) -> Iterator[Finding]:
    readable = prose.blank(prose.without_code(text), prose.COMMENT)
    for match in BLOCK.finditer(prose.blank(text, prose.COMMENT)) if readable != text else ():
        if readable[match.start()] == " ":
            yield place.finding(match, "cite-code", "a citation in code is not shown; it must stand in prose")
    for match in BROKEN_CITATION.finditer(readable) if "\n" in readable else ():
        yield place.finding(match, "cite-form", "citation must stand on one line")
    for match, block in read_blocks(readable):
        if isinstance(block, MalformedCitationError):
            yield place.finding(match, "cite-form", str(block))
            continue
        for citation in block.citations:
            for rule, message in citation_problems(world, citation):
                yield place.finding(match, rule, message)


def citation_problems(world: World, citation: Citation) -> Iterator[tuple[str, str]]:
    """(rule, message) for whatever is wrong with one citation."""
    if citation.key not in world.bibliography.heads:
        hint = near(citation.key, world.bibliography.entries)
        yield "cite-unknown", f"@{citation.key} must be a key of bibliography.bib{hint}"
        return
    entry = world.bibliography.entries.get(citation.key)
    if entry and entry.via:
        others = ", ".join(f"@{via.key}, {via.locator}" for via in entry.via)
        yield "cite-unread", f"@{citation.key} was not read, only named by another: cite [{others}]"
    notes = world.notes.get(citation.key)
    if notes and notes.paragraphs:
        yield from _range_problems(notes, citation)


def _range_problems(notes: SourceNotes, citation: Citation) -> Iterator[tuple[str, str]]:
    spans = citation.spans()
    if not spans:
        yield "cite-locator", f"@{citation.key} must have a paragraph: [@{citation.key}, para. 15]"
    count = {"para": len(notes.paragraphs), "n": notes.notes.last - notes.notes.first + 1 if notes.notes else 0}
    for span in spans:
        if span.first > span.last:
            yield "cite-range", f"@{citation.key}: {span.first}-{span.last} runs backwards"
        elif not 1 <= span.first <= span.last <= count[span.unit]:
            has = plural(count[span.unit], "paragraph" if span.unit == "para" else "note")
            wanted = str(span.first) if span.first == span.last else f"{span.first}–{span.last}"
            yield "cite-range", f"@{citation.key} has {has}; {wanted} is not among them"


def anchored(record: Record) -> Iterator[tuple[FieldPath, str]]:
    """Every anchor of a record's page, with the path of the id that makes it."""
    for path, claim in record.statements():
        yield (*path, "id"), claim.id
    for index, disagreement in enumerate(record.disagreements):
        yield ("disagreements", index, "id"), disagreement.id


def check_anchors(loaded: Loaded[Record]) -> Iterator[Finding]:
    """No two claims of a page share an id."""
    seen: dict[str, FieldPath] = {}
    for path, anchor in anchored(loaded.record):
        if anchor in seen:
            message = f"id {anchor!r} must be the only one on its page; line {loaded.line(seen[anchor])} has it"
            yield Finding(loaded.path, loaded.line(path), "anchor-duplicate", message)
        seen.setdefault(anchor, path)


def _anchors_of_notes(notes: SourceNotes) -> set[str]:
    slips = {f"slip-{slip.id}" for slip in notes.slips}
    return slips | {f"para-{number}" for number in range(1, len(notes.paragraphs) + 1)}


def check_notes(world: World, loaded: Loaded[SourceNotes]) -> Iterator[Finding]:
    """Notes on a source belong to an entry, and quote no more than its opening words."""
    notes = loaded.record
    if notes.id not in world.bibliography.heads:
        message = f"{notes.id!r} must be a key of bibliography.bib{near(notes.id, world.bibliography.entries)}"
        yield Finding(loaded.path, loaded.line(("id",)), "source-unknown", message)
    for index, opening in enumerate(notes.paragraphs):
        if len(opening.split()) > 5:
            message = f"paragraph {index + 1} must show at most five opening words"
            yield Finding(loaded.path, loaded.line(("paragraphs", index)), "quotation-long", message)
    for index, slip in enumerate(notes.slips):
        for rule, message in citation_problems(world, Citation(notes.id, slip.at)):
            yield Finding(loaded.path, loaded.line(("slips", index, "at")), rule, message)
    yield from check_leaves(world, loaded)


def check_paths(corpus: Corpus) -> Iterator[Finding]:
    """No two pages are written to one path, whatever the case of its letters."""
    taken: dict[str, Path] = {}
    places = [(f"{corpus.kinds[loaded.record.id]}/{loaded.path.stem}", loaded.path) for loaded in corpus.records]
    for page in corpus.pages:
        stem = page.src_uri.removesuffix(".md")
        places.append((stem.removesuffix("index").rstrip("/"), page.path))
    for url, path in places:
        first = taken.setdefault(url.casefold(), path)
        if first is not path:
            yield Finding(path, 1, "page-clash", f"its page /{url}/ is already made by {first.as_posix()}")


def check_unused(world: World) -> Iterator[Finding]:
    """Bibliography entries that nothing uses; a warning, once every record can be read."""
    if world.corpus.broken:
        return
    corpus = world.corpus
    files: list[Loaded[Any]] = [*corpus.records, *corpus.eras, *corpus.notes]
    text = "\n".join([*(file.text for file in files), *(page.body for page in corpus.pages)])
    used = {key for mention in MENTIONS for key in mention.findall(text)}
    used |= {leaf.value for loaded in world.corpus.records for leaf in loaded.leaves if leaf.mark.role == "key"}
    for entry in world.bibliography.entries.values():
        if entry.key not in used and not entry.via:
            message = f"entry {entry.key!r} is cited nowhere"
            yield Finding(world.bibliography.path, entry.line, "bib-unused", message, "warning")
