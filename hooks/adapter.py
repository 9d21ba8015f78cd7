"""MkDocs events, and nothing else: all that is known of the guide lives in the package `guide`."""

import gc
import json
import os
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from bibtex_registry import GuideRegistry
from guide.findings import summary
from guide.site import GeneratedPage, Site, build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

CACHE = ".cache/guide"
log = get_plugin_logger("guide")
startup = SimpleNamespace(dirty=False)


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether the build is dirty; MkDocs says it here alone."""
    startup.dirty = dirty


@contextmanager
def _lasting() -> Iterator[None]:
    """What is made here lives as long as the build: the collector need not go through it again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _site(config: MkDocsConfig) -> Site:
    return config.plugins["bibtex"].site  # type: ignore[attr-defined, no-any-return]


@event_priority(100)
@_lasting()
def _before_plugins(config: MkDocsConfig) -> MkDocsConfig:
    """Load, check and link; data that is wrong ends the build before mkdocs-bibtex reads it or the site is touched."""
    gc.unfreeze()
    root = Path(config.config_file_path).parent
    docs, bib = (Path(os.path.relpath(path)) for path in (config.docs_dir, root / "bibliography.bib"))
    built = build(docs, bib, root / CACHE, config.extra["repository"])
    if not isinstance(built, Site):
        raise PluginError("\n".join([*map(str, built), summary(built)]))
    for finding in built.findings:
        log.warning(str(finding))
    config.plugins["bibtex"].site = built  # type: ignore[attr-defined]
    config.watch.append(str(root / "bibliography.bib"))
    return config


@event_priority(-50)
def _after_plugins(config: MkDocsConfig) -> MkDocsConfig:
    config.plugins["bibtex"].registry = GuideRegistry(_site(config))  # type: ignore[attr-defined]
    return config


on_config = CombinedEvent(_before_plugins, _after_plugins)


@event_priority(50)
@_lasting()
def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Put pages in the place of data."""
    for file in [file for file in files if file.src_uri.endswith(".yml")]:
        files.remove(file)
    for page in _site(config).generated_pages():
        if written := files.get_file_from_path(page.src_uri):
            files.remove(written)
        file = _kept_file(page, config) if startup.dirty else File.generated(config, page.src_uri, content=page.text)
        file.inclusion = InclusionLevel.INCLUDED if page.owner == page.src_uri else InclusionLevel.NOT_IN_NAV
        file.edit_uri = page.source
        files.append(file)
    files.append(File.generated(config, "assets/terms.json", content=_site(config).term_explanations()))
    return files


def _kept_file(page: GeneratedPage, config: MkDocsConfig) -> File:
    """A page as a file that is written only when its text changes: dirty builds pass over what has not changed."""
    path = Path(config.config_file_path).parent / CACHE / "pages" / page.src_uri
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != page.text:
        path.write_text(page.text, encoding="utf-8")
    return File.generated(config, page.src_uri, abs_src_path=str(path))


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Put each generated page under its section's index page, between its neighbours."""
    library = _site(config).library
    pages: dict[str, Page] = {file.src_uri: file.page for file in files.documentation_pages() if file.page}
    for owner, (before, after) in library.neighbours().items():
        page = pages[library.src_uri(owner)]
        page.edit_url = (page.edit_url or "").replace("docs/../", "")
        page.parent = pages[posixpath.dirname(page.file.src_uri) + "/index.md"].parent
        page.previous_page = pages[library.src_uri(before)] if before else None
        page.next_page = pages[library.src_uri(after)] if after else None
    return nav


@event_priority(50)
def _before_bibtex(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _site(config).before_citations(markdown, page.file.src_uri)


@event_priority(-50)
def _after_bibtex(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _site(config).after_citations(markdown, page.file.src_uri)


on_page_markdown = CombinedEvent(_before_bibtex, _after_bibtex)


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    """Make every record findable by every form of its name."""
    path = Path(config.site_dir, "search/search_index.json")
    index = _site(config).with_names(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
