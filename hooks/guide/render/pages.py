"""One page a record and a source, and the lists that hand-written pages call for with <!-- guide: name -->."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined

from guide import report
from guide.dates import FuzzyDate
from guide.library import FAMILIES, SIDES, Library, Source, Use, slug
from guide.names import any_of
from guide.pandoc import Formatted
from guide.records import SLUG, Chapter, FieldPath, Record
from guide.render import markdown, timeline
from guide.render.markdown import Markdown

DESCRIPTION = 155
LABELS: dict[str, str] = {
    "summit": "Summit",
    "visit": "Visit",
    "ministerial": "Ministers' meeting",
    "negotiation": "Negotiation",
    "treaty-signing": "Signing of a treaty",
    "planned-not-held": "Planned, not held",
    "treaty-first": "Treaty first, islands after",
    "islands-first": "Islands first, treaty after",
    "together": "Treaty and islands together",
    "in-stages": "In stages",
    "open": "Open",
    "not-applicable": "Not a matter of sequence",
    "japan": "Japan",
    "russia": "Russia",
    "shared": "Shared",
    "divided": "Divided",
    "united-states": "United States",
    "other": "Others",
    **FAMILIES,
}
KIND_TITLES: dict[str, str] = {
    "chapters": "Chapters and pages",
    "summits": "Meetings",
    "positions": "Positions",
    "authors": "Authors",
    "leaders": "Leaders",
    "documents": "Documents",
    "terms": "Terms",
}


@dataclass
class Renderer:
    """Renders pages of one library; `repository` is the web address of the project's repository."""

    library: Library
    formatted: Formatted
    repository: str

    def __post_init__(self) -> None:
        self.environment = Environment(  # noqa: S701 - `_markdown` escapes all that is printed
            loader=PackageLoader("guide.render"),
            finalize=_markdown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.environment.filters |= {
            "safe": Markdown,
            "prose": _prose,
            "line": _line,
            "plain": self.library.plain,
            "label": label,
            "date": _date,
            "slug": slug,
            "named": self._named,
            "links": self._links,
            "voices": self._voices,
            "uses": self._uses,
        }
        self.neutral_forms = {names.neutral or "": key for key, names in self.library.contested.items()}
        self.neutral_pattern = any_of(self.neutral_forms)
        self.title = cache(self._title)
        self.environment.globals |= {
            "library": self.library,
            "formatted": self.formatted,
            "title": self.title,
            "svg_name": self._svg_name,
            "strip": self._strip,
            "link": self._link,
            "line_url": self.line_url,
            "spot": self._spot,
            "work": self._work,
            "coverage": report.coverage,
            "support": report.support(self.library),
            "tally": report.tally,
            "name_forms": _name_forms,
            "kind_titles": KIND_TITLES,
            "sides": SIDES,
            "families": FAMILIES,
        }

    def record_page(self, record_id: str) -> str:
        """The Markdown page of a record."""
        loaded = self.library.records[record_id]
        kind = self.library.kind(record_id)
        header = markdown.front_matter(
            hide=["navigation"],
            title=loaded.record.title,
            description=_shortened(self.library.plain(loaded.record.summary)),
        )
        return header + self._render(f"{kind}.md.j2", record=loaded.record, kind=kind)

    def source_page(self, key: str) -> str:
        """The Markdown page of a source: its reference, its slips, and all that rests on it."""
        source = self.library.sources[key]
        shown = self.formatted.shown[key]
        header = markdown.front_matter(
            hide=["navigation"],
            title=f"{shown}: {source.entry.title}",
            description=_shortened(f"What the guide takes from {shown}, {source.entry.title}"),
        )
        reference = Markdown(markdown.inline_html(self.formatted.references[key]))
        return header + self._render(
            "source.md.j2", key=key, source=source, shown=shown, reference=reference, rows=self._rows(source)
        )

    def chapter_page(self, chapter: Chapter, body: str) -> str:
        """The Markdown page of a chapter: its question and objectives, its text, its questions and their answers."""
        header = markdown.front_matter(title=chapter.title, description=f"{chapter.title}: {chapter.question}")
        return header + self._render("chapter.md.j2", chapter=chapter, body=Markdown(body))

    def directive(self, name: str, src_uri: str) -> str:
        """The list that a directive of a hand-written page stands for; 'index' is that of the page's folder."""
        folder = PurePosixPath(src_uri).parent.name
        return self._render(f"index-{folder}.md.j2" if name == "index" else f"{name}.md.j2")

    def line_url(self, record_id: str, path: FieldPath) -> str:
        """The address of the line of a record's file on which a value stands."""
        loaded = self.library.records[record_id]
        return (
            f"{self.repository}/blob/main/docs/{self.library.kind(record_id)}/{loaded.path.name}#L{loaded.line(path)}"
        )

    def _render(self, template: str, **context: object) -> str:
        return self.environment.get_template(template).render(**context)

    def _rows(self, source: Source) -> list[tuple[str, str, str, list[Use]]]:
        """(anchor, locator, opening words, uses) for each paragraph, or for each locator of a text without a key."""
        key = source.entry.key
        if source.notes and source.numbered:
            uses = self.library.uses_by_paragraph(key)
            return [
                (f"para-{number}", source.paragraph_label(number), opening, uses[number])
                for number, opening in enumerate(source.notes.paragraphs, start=1)
            ]
        groups: dict[str, list[Use]] = {}
        for use in self.library.uses.get(key, []):
            groups.setdefault(source.anchor(use.citation), []).append(use)
        return [(anchor, uses[0].citation.locator or "the whole", "", uses) for anchor, uses in groups.items()]

    def _link(self, target: str, words: str | None = None, anchor: str = "") -> Markdown:
        shown = markdown.escape(words) if words else self.title(target)
        return Markdown(markdown.link(shown, target, anchor))

    def _named(self, words: str) -> Markdown:
        """Plain words, in which the neutral form of a contested place stands as its switchable name."""
        return Markdown(
            self.neutral_pattern.sub(
                lambda match: markdown.contested_name(self.library, self.neutral_forms[match.group(0)]),
                markdown.escape(words),
            )
        )

    def _title(self, owner: str) -> Markdown:
        return Markdown(markdown.title(self.library, owner))

    def _svg_name(self, record_id: str) -> Markdown:
        return Markdown(self.title(record_id).replace("span", "tspan"))

    def _strip(self) -> Markdown:
        return Markdown(timeline.strip(self.library))

    def _work(self, key: str) -> Markdown:
        return self._link(key, f"{self.formatted.shown[key]}, {self.library.title(key)}")

    def _spot(self, use: Use) -> Markdown:
        return self._link(use.spot.owner, None, use.spot.anchor)

    def _uses(self, uses: Iterable[Use]) -> Markdown:
        """Where a source is cited, each place with its first words."""
        return Markdown(" · ".join(f"{self._spot(use)}: {self._named(use.spot.gist)}" for use in uses))

    def _links(self, owners: Iterable[str]) -> Markdown:
        """Links to records or pages, joined by commas."""
        return Markdown(", ".join(map(self._link, owners)))

    def _voices(self, voices: Iterable[str]) -> Markdown:
        """Ids as links, words as they are, joined by commas."""
        return Markdown(
            ", ".join(self._link(voice) if SLUG.match(voice) else markdown.escape(voice) for voice in voices)
        )


def _shortened(text: str) -> str:
    """A text of at most 155 characters, cut between words, as search engines show it."""
    return text if len(text) <= DESCRIPTION else text[: DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def label(word: str) -> str:
    """A word of the vocabulary as a reader sees it."""
    return LABELS.get(word) or word.replace("-", " ").capitalize()


def _markdown(value: object) -> str:
    """What a template prints: Markdown as it is, everything else as safe text."""
    return value if isinstance(value, Markdown) else markdown.escape(str(value))


def _name_forms(record: Record) -> Markdown:
    """The forms of a record's name, each tagged with its language; contested forms with the side that uses them."""
    names = record.names
    plain = [markdown.escape(name) for name in names.also]
    if names.neutral and names.japan != names.russia:
        usage = [(names.japan, "Japanese usage"), (names.russia, "Russian usage")]
        plain = [f"{markdown.escape(form or '')} ({words})" for form, words in usage] + plain
    tagged = [("ja", name) for name in (*names.ja, *names.kana)] + [("ru", name) for name in names.ru]
    scripts = [f'<span lang="{language}">{markdown.escape(name)}</span>' for language, name in tagged]
    return Markdown("; ".join([*plain, *scripts]))


def _prose(value: str) -> Markdown:
    """Prose as it stands; a line break in a folded value begins a new paragraph."""
    return Markdown(value.strip().replace("\n", "\n\n"))


def _line(value: str) -> Markdown:
    """Prose on one line, for lists and tables."""
    return Markdown(" ".join(str.split(value)).replace("|", "&#124;"))


def _date(value: FuzzyDate) -> Markdown:
    """A date in words that sorts by its machine form."""
    words = markdown.escape(value.display())
    if value.is_point:
        return Markdown(f'<time class="date" datetime="{value.machine}" data-sort="{value.machine}">{words}</time>')
    return Markdown(f'<span class="date" data-sort="{value.machine}">{words}</span>')
