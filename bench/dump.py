"""A MkDocs hook: writes each page's Markdown, as it is after the guide's own hook, into resolved/ for a plain build."""

from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page


@event_priority(-100)
def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> None:
    target = Path(config.config_file_path).with_name("resolved") / page.file.src_uri
    target.parent.mkdir(parents=True, exist_ok=True)
    front = yaml.safe_dump(dict(page.meta), allow_unicode=True, sort_keys=False) if page.meta else ""
    target.write_text(f"---\n{front}---\n{markdown}" if front else markdown, encoding="utf-8")
