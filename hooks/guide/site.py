"""The whole guide as pages: what a site generator needs, whichever it is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide import pandoc, prose
from guide.check import read
from guide.citations import Block
from guide.findings import Finding, errors
from guide.library import Library
from guide.load import Prose
from guide.names import family_names, folded_words, search_forms, search_tokens
from guide.records import Author, Leader, Record
from guide.render import markdown
from guide.render.pages import Renderer

BOOSTS = {"leaders": 4, "authors": 4, "positions": 3, "terms": 2, "documents": 1.5, "chapters": 1.5, "sources": 0.5}
"""How much more a page of a kind counts in the search: a person's own page before meetings named after the person."""


@dataclass(frozen=True)
class GeneratedPage:
    """A page made from data: its Markdown, where it belongs, and the file that it was made from (both below docs/)."""

    owner: str
    src_uri: str
    source: str
    text: str


@dataclass(frozen=True)
class Site:
    """A checked corpus, linked and ready to be rendered page by page."""

    library: Library
    renderer: Renderer
    findings: list[Finding]

    def generated_pages(self) -> Iterator[GeneratedPage]:
        """A page for every record and source, and every hand-written page that calls for a list of them."""
        library = self.library
        for record_id, loaded in library.records.items():
            source = f"{library.kind(record_id)}/{loaded.path.name}"
            yield GeneratedPage(record_id, library.src_uri(record_id), source, self.renderer.record_page(record_id))
        for key, entry in library.sources.items():
            source = f"sources/{key}.yml" if entry.notes else "../bibliography.bib"
            yield GeneratedPage(key, library.src_uri(key), source, self.renderer.source_page(key))
        for uri, page in library.pages.items():
            if page.is_chapter:
                chapter = library.chapters[page.path.stem]
                yield GeneratedPage(uri, uri, uri, self.renderer.chapter_page(chapter, page.body))
            elif prose.DIRECTIVE.search(page.body):
                yield GeneratedPage(uri, uri, uri, self._with_lists(page))

    def _with_lists(self, page: Prose) -> str:
        return prose.DIRECTIVE.sub(lambda match: self.renderer.directive(match.group(1), page.src_uri), page.text)

    def before_citations(self, text: str, src_uri: str) -> str:
        """A page's Markdown with its references resolved and its reference list at its end."""
        here = src_uri.rsplit("/", 1)[-1].removesuffix(".md")
        text = markdown.resolve_references(text, self.library, here)
        return text + markdown.reference_list(text, self.renderer.formatted)

    def citation(self, block: Block) -> str:
        """One citation block as Markdown."""
        return markdown.citation(block, self.library, self.renderer.formatted)

    def after_citations(self, text: str, src_uri: str) -> str:
        """A page's Markdown with every link of the guide made relative."""
        return markdown.relative_links(text, self.library, src_uri)

    def term_explanations(self) -> str:
        """What each term means, in short, as JSON: record id → words; for previews."""
        library = self.library
        return json.dumps(
            {term.id: library.gist(term.summary, 45) for term in library.section("terms")}, ensure_ascii=False
        )

    def with_names(self, index: dict[str, Any]) -> dict[str, Any]:
        """A search index with every name of a record at its page, and plain forms beside words with diacritics."""
        library = self.library
        forms = {_address(library.src_uri(key)): names for key, names in self._names().items()}
        known = {entry["location"] for entry in index["docs"]}
        lists = [_list_entry(page) for page in library.pages.values() if _address(page.src_uri) not in known]
        return {**index, "docs": [_searchable(entry, forms) for entry in [*index["docs"], *lists]]}

    @staticmethod
    def _forms(record: Record) -> list[str]:
        forms = search_forms(record.title, record.names)
        if isinstance(record, Leader | Author):
            forms += family_names(forms, first=record.side == "japan")
        return forms

    def _names(self) -> dict[str, list[str]]:
        library = self.library
        records = (loaded.record for loaded in library.corpus.records)
        return {
            **{record.id: self._forms(record) for record in records},
            **{chapter.id: [f"{chapter.number}. {chapter.title}"] for chapter in library.chapters.values()},
            **{key: [self.renderer.formatted.shown[key]] for key in library.sources},
            **{uri: [page.title] for uri, page in library.pages.items() if not page.is_chapter},
        }


def build(docs: Path, bib: Path, cache: Path, repository: str) -> Site | list[Finding]:
    """The site of a corpus, or its findings where any of them is an error."""
    corpus, entries, findings = read(docs, bib)
    if errors(findings):
        return findings
    library = Library(corpus, entries)
    return Site(library, Renderer(library, pandoc.format_bibliography(entries, cache), repository), findings)


def _address(src_uri: str) -> str:
    """The address of a page in the site, as the search index has it."""
    folder = src_uri.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{folder}/" if folder else ""


def _list_entry(page: Prose) -> dict[str, Any]:
    """The entry of a page whose lists are kept out of the index: its title and first words."""
    body = prose.blank(page.body, prose.COMMENT).split("\n\n")
    words = next((" ".join(part.split()) for part in body if part.strip() and not part.lstrip().startswith("#")), "")
    return {"location": _address(page.src_uri), "title": page.title, "text": words}


def _searchable(entry: dict[str, Any], forms: dict[str, list[str]]) -> dict[str, Any]:
    """One entry of a search index (location, title, text); the names of a record's page become its tags.

    Of a source the index holds the reference alone: what rests on it is found where it stands.
    """
    if entry["location"].startswith("sources/") and "#" not in entry["location"]:
        entry = {**entry, "text": entry["text"].partition("</p>")[0]}
    extra = folded_words(f"{entry['title']} {entry['text']}")
    entry = {**entry, "text": " ".join([entry["text"], *extra])} if extra else entry
    names = forms.get(entry["location"])
    boost = BOOSTS.get(entry["location"].split("/")[0], 1)
    return {**entry, "tags": search_tokens(names), "boost": boost} if names else entry
