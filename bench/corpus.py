"""A made-up project of any size, the same for the same seed: records, bibliography, pages and settings."""

import itertools
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from guide.prose import DIRECTIVE
from guide.records import KINDS, Kind
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).resolve().parents[1]
ISLANDS: dict[str, dict[str, str]] = {
    "etorofu": {"japan": "Etorofu", "russia": "Iturup"},
    "kunashiri": {"japan": "Kunashiri", "russia": "Kunashir"},
    "shikotan": {},
    "habomai": {},
}
LATIN = [first + rest for first in "bdfgklmnprstvz" for rest in ["a", "e", "i", "o", "u", "an", "en", "in", "or", "ul"]]
KANJI = "会談首脳北方領土日露川奈東京島海条約平和交渉共同宣言"
CYRILLIC = ["ба", "ве", "го", "ди", "же", "за", "ки", "ло", "му", "на", "пе", "ри", "со", "ту"]
NUMBERED = "source-0"
PARAGRAPHS = 120
Build = Literal["guide", "dump", "plain"]
SETTINGS: dict[Build, str] = {"guide": "mkdocs.yml", "dump": "dump.yml", "plain": "plain.yml"}
Fields = dict[str, Any]


def write(folder: Path, size: int, seed: int = 1) -> None:
    """A project of `size` records in a folder: what `guide`, dump and plain builds need."""
    writer = Writer.of(size, random.Random(seed))
    docs = folder / "docs"
    for kind in KINDS:
        for number, record_id in enumerate(writer.ids[kind]):
            _write_yaml(docs / kind / f"{record_id}.yml", writer.record(kind, record_id, number))
    _write_yaml(docs / "sources" / f"{NUMBERED}.yml", writer.notes())
    (folder / "bibliography.bib").write_text("\n".join(map(writer.entry, writer.keys)), encoding="utf-8")
    _write_yaml(docs / "eras.yml", {"eras": [writer.era(1855, 1944), writer.era(1945, 2030)]})
    _write_yaml(docs / "syllabi/seminar.yml", writer.syllabus())
    for uri in nav_pages(_settings()["nav"]):
        page = docs / uri
        page.parent.mkdir(parents=True, exist_ok=True)
        is_chapter = page.parent.name == "chapters" and page.stem != "index"
        text = writer.chapter() if is_chapter else _page((ROOT / "docs" / uri).read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    for docs_dir in ("docs", "resolved"):
        shutil.copytree(ROOT / "docs/assets", folder / docs_dir / "assets")
    for build, name in SETTINGS.items():
        _write_yaml(folder / name, settings(build))


def settings(build: Build) -> Fields:
    """The project's own settings; a plain build has no hooks and no citations, but the resolved pages."""
    config = _settings()
    config["hooks"] = [str(ROOT / hook) for hook in config["hooks"]]
    if build == "dump":
        config["hooks"].append(str(ROOT / "bench/dump.py"))
    if build == "plain":
        del config["hooks"]
        config["plugins"] = [plugin for plugin in config["plugins"] if "bibtex" not in plugin]
        config |= {"docs_dir": "resolved", "not_in_nav": "/*/*.md\n!index.md\n"}
    return config


def nav_pages(nav: list[Any]) -> Iterator[str]:
    """The path of every page of a navigation tree."""
    for item in nav:
        target = next(iter(item.values())) if isinstance(item, dict) else item
        yield from [target] if isinstance(target, str) else nav_pages(target)


def _settings() -> Fields:
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        return dict(yaml_load(file))


def _page(text: str) -> str:
    """A hand-written page of the project without its words: front matter, title and lists."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    title = re.search(r"^# .*$", text, re.MULTILINE)
    lists = [match.group(0) for match in DIRECTIVE.finditer(text)]
    return (front.group(0) if front else "") + "\n\n".join([title.group(0) if title else "# Page", *lists]) + "\n"


def _write_yaml(path: Path, fields: Fields) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_yaml(fields), encoding="utf-8")


def _yaml(fields: Fields) -> str:
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)


@dataclass
class Writer:
    """Makes up fields that keep every rule of the guide."""

    rng: random.Random
    ids: dict[Kind, list[str]]
    keys: list[str]
    vocabulary: list[str]
    at_hand: list[str]

    @classmethod
    def of(cls, size: int, rng: random.Random) -> "Writer":
        """A writer for a corpus whose records are spread evenly over the kinds."""
        ids: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
        ids["terms"] += ISLANDS
        for number, kind in zip(range(len(ISLANDS), size), itertools.cycle(KINDS), strict=False):
            ids[kind].append(f"{kind.removesuffix('s')}-{number}")
        keys = [f"source-{number}" for number in range(max(20, size // 10))]
        vocabulary = ["".join(rng.choices(LATIN, k=rng.choice([1, 2, 2, 3]))) for _ in range(2000)]
        return cls(rng, ids, keys, vocabulary, keys)

    # -- words ---------------------------------------------------------------------------------------------------------

    def words(self, count: int) -> str:
        return " ".join(self.rng.choices(self.vocabulary, k=count))

    def name(self) -> str:
        return self.words(2).title()

    def ref(self, *kinds: Kind) -> str:
        return self.rng.choice(self.ids[self.rng.choice(kinds or KINDS)])

    def refs(self, count: int, *kinds: Kind) -> list[str]:
        return list(dict.fromkeys(self.ref(*kinds) for _ in range(count)))

    def cite(self) -> str:
        """One or two of the sources that the record rests on; in one of twenty the numbered text."""
        keys = self.rng.sample(self.at_hand, self.rng.choice([1, 1, 2]))
        keys = [NUMBERED if self.rng.random() < 0.05 else key for key in keys]
        return f"[{'; '.join(f'@{key}, {self.locator(key)}' for key in keys)}]"

    def locator(self, key: str) -> str:
        first = self.rng.randint(1, PARAGRAPHS)
        return f"para. {first}" if key == NUMBERED else f"pp. {first}-{first + self.rng.randint(1, 5)}"

    def cited(self, count: int) -> str:
        """A sentence with a reference in it and its citation."""
        half = count // 2
        words = self.rng.choice(["", self.words(2)])
        return f"{self.words(half).capitalize()} [{words}][{self.ref()}] {self.words(count - half)}. {self.cite()}"

    def date(self) -> str:
        return f"{self.rng.randint(1855, 2026)}-{self.rng.randint(1, 12):02d}-{self.rng.randint(1, 28):02d}"

    # -- records -------------------------------------------------------------------------------------------------------

    def record(self, kind: Kind, record_id: str, number: int) -> Fields:
        """A record of a kind with its summary, four to eight claims and, in one of ten, a disagreement."""
        contested = ISLANDS.get(record_id, {})
        self.at_hand = [self.keys[(3 * number + step) % len(self.keys)] for step in range(3)]
        return {
            "id": record_id,
            "title": "/".join(sorted(contested.values())) or f"{self.words(1).title()} {number}",
            "names": {**contested, **self.names()},
            "summary": f"{self.cited(18)} {self.cited(18)}",
            **getattr(self, f"{kind}_fields")(),
            "claims": [self.claim(f"claim-{n}") for n in range(self.rng.randint(4, 8))],
            "disagreements": [self.disagreement()] if number % 10 == 5 else [],
            "further_reading": [self.rng.choice(self.keys)],
        }

    def names(self) -> Fields:
        """Names in kanji, Cyrillic and in Latin letters with a macron."""
        return {
            "ja": "".join(self.rng.choices(KANJI, k=4)),
            "ru": "".join(self.rng.choices(CYRILLIC, k=4)).capitalize(),
            "also": [self.name().replace("o", "ō") + " Tō"],
        }

    def claim(self, claim_id: str) -> Fields:
        view = {"kind": "judgment", "by": [self.ref("authors")]} if self.rng.random() < 0.3 else {}
        return {"id": claim_id, **view, "text": self.cited(18), "about": self.refs(2)}

    def disagreement(self) -> Fields:
        accounts = [{"by": [self.ref("authors")], "text": self.cited(12)} for _ in range(2)]
        question = f"{self.words(6).capitalize()}?"
        return {"id": "who", "question": question, "accounts": accounts, "why": self.words(12), "about": self.refs(2)}

    def summits_fields(self) -> Fields:
        return {
            "kind": "summit",
            "date": self.date(),
            "place": self.name(),
            "leaders": {"japan": self.refs(2, "leaders"), "russia": self.refs(2, "leaders")},
            "documents": self.refs(1, "documents"),
            "positions": {"japan": self.refs(1, "positions"), "russia": self.refs(1, "positions")},
            "outcome": self.cited(20),
            "moved": self.cited(20),
            "next": self.refs(1, "summits"),
        }

    def positions_fields(self) -> Fields:
        stances = [
            {"who": self.ref("leaders"), "stance": "held", "since": self.date(), "text": self.cited(12)}
            for _ in range(2)
        ]
        return {
            "family": self.rng.choice(["all-four", "two", "process", "history"]),
            "formula": self.words(15),
            "islands": {island: {"goes_to": "open"} for island in ISLANDS},
            "sequence": "open",
            "arguments_for": [self.claim("for")],
            "arguments_against": [self.claim("against")],
            "stances": stances,
        }

    def authors_fields(self) -> Fields:
        answers = [{"who": self.ref("authors"), "on": self.cited(20)}]
        return {
            "side": "japan",
            "roles": ["historian"],
            "argument": self.cited(30),
            "works": [self.rng.choice(self.keys)],
            "answers": answers,
        }

    def leaders_fields(self) -> Fields:
        offices = [{"title": self.words(3), "since": self.date(), "source": self.cite()} for _ in range(2)]
        return {"side": "russia", "offices": offices}

    def documents_fields(self) -> Fields:
        return {
            "kind": "declaration",
            "date": self.date(),
            "parties": ["Japan", "Russia"],
            "signed_by": self.refs(2, "leaders"),
            "islands": self.cited(20),
            "readings": [{**self.claim(f"reading-{side}"), "side": side} for side in ("japan", "russia")],
            "published": [self.rng.choice(self.keys)],
        }

    def terms_fields(self) -> Fields:
        return {"category": "concept", "explanation": f"{self.cited(20)} {self.cited(20)}", "related": self.refs(2)}

    # -- pages ---------------------------------------------------------------------------------------------------------

    def chapter(self) -> str:
        """A chapter's page: its front matter and some paragraphs."""
        checks = [{"question": self.words(9), "answer": self.cited(10), "claim": self.claim_ref()} for _ in range(6)]
        front = {
            "title": self.name(),
            "question": self.words(10),
            "objectives": [self.words(10) for _ in range(3)],
            "terms": self.refs(3, "terms"),
            "documents": self.refs(3, "documents"),
            "discussion": [self.words(12) for _ in range(3)],
            "self_check": checks,
        }
        return "\n\n".join([f"---\n{_yaml(front)}---\n", *(self.cited(60) for _ in range(12))])

    def claim_ref(self) -> str:
        return f"{self.ref('summits', 'authors', 'documents')}#claim-{self.rng.randint(0, 3)}"

    def era(self, since: int, until: int) -> Fields:
        return {"title": self.name(), "since": since, "until": until, "text": self.cited(20)}

    def syllabus(self) -> Fields:
        session = {"title": self.name(), "records": self.refs(5), "questions": [self.words(12)]}
        return {"id": "seminar", "title": self.name(), "purpose": self.words(10), "sessions": [session]}

    # -- sources -------------------------------------------------------------------------------------------------------

    def notes(self) -> Fields:
        """The one text whose paragraphs are counted."""
        return {
            "id": NUMBERED,
            "text_kind": self.words(12),
            "paragraphs": [self.words(5) for _ in range(PARAGRAPHS)],
            "notes": {"first": PARAGRAPHS - 9, "last": PARAGRAPHS},
        }

    def entry(self, key: str) -> str:
        """A BibTeX entry; some authors have several works of one year."""
        fields = {
            "author": f"{self.rng.choice(self.vocabulary[:300]).title()}, {self.rng.choice(LATIN).title()}",
            "title": f"{{{self.words(6).title()}}}",
            "journaltitle": self.name(),
            "date": self.date(),
            "url": f"https://{key}.example/text",
            "urldate": "2026-11-22",
            "kind": "scholarly",
            "langid": "english",
            "side": "japan",
        }
        return "\n".join(
            [f"@article{{{key},", *(f"  {name} = {{{value}}}," for name, value in fields.items()), "}", ""]
        )
