"""The one pandoc run of a build: every bibliography entry as 'Author year' and as a full reference.

The run covers the whole bibliography, so that years (2019a, 2019b) agree on every page. Its answer depends on the
bibliography, the style and the versions alone and is kept on disk under a name made of them.
"""

import hashlib
import html
import json
import re
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import pypandoc

from guide.bibliography import Bibliography

STYLE = Path(__file__).with_name("author-date.csl")
FORM = 1
CITED = re.compile(
    r'<div id="cited-(?P<key>[^"]+)">\s*<p>.*?<span class="citation"[^>]*>\((?P<shown>.*?)\)</span>', re.DOTALL
)
REFERENCE = re.compile(r'<div id="ref-(?P<key>[^"]+)" class="csl-entry"[^>]*>\s*(?P<html>.*?)\s*</div>', re.DOTALL)


@dataclass(frozen=True)
class Formatted:
    """What pandoc says of each key: `shown` as in '(Hisane 2005, …)', `references` as HTML."""

    shown: dict[str, str]
    references: dict[str, str]

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each key in the order of the references."""
        return {key: place for place, key in enumerate(self.references)}


def format_bibliography(bibliography: Bibliography, cache: Path) -> Formatted:
    """Every entry formatted; from the cache folder where nothing has changed since the last run."""
    kept = cache / f"bibliography-{_fingerprint(bibliography)}.json"
    if kept.exists():
        return Formatted(**json.loads(kept.read_text(encoding="utf-8")))
    formatted = _read(_run(bibliography))
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(asdict(formatted), ensure_ascii=False), encoding="utf-8")
    return formatted


def _fingerprint(bibliography: Bibliography) -> str:
    parts = [bibliography.text, STYLE.read_text(encoding="utf-8"), version("pypandoc_binary"), str(FORM)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _run(bibliography: Bibliography) -> str:
    source = "\n\n".join(f"::: {{#cited-{key}}}\n[@{key}]\n:::" for key in bibliography.entries)
    arguments = ["--citeproc", "--wrap=none", f"--bibliography={bibliography.path}", f"--csl={STYLE}"]
    return str(pypandoc.convert_text(source, to="html", format="markdown", extra_args=[*arguments, "-M", "lang=en-GB"]))


def _read(page: str) -> Formatted:
    shown = {match["key"]: _plain(match["shown"]) for match in CITED.finditer(page)}
    references = {match["key"]: _tidy(match["html"]) for match in REFERENCE.finditer(page)}
    return Formatted(shown, references)


def _tidy(markup: str) -> str:
    """A reference on one line, without the spans that only keep capitals."""
    return re.sub(r"</?span[^>]*>", "", " ".join(markup.split()))


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
