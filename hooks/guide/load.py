"""Files → records. Each value keeps the line that it stands on; whatever is wrong becomes a finding."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guide.findings import Finding, near
from guide.records import (
    KINDS,
    MODELS,
    Chapter,
    Eras,
    FieldPath,
    Kind,
    Leaf,
    Record,
    SourceNotes,
    Syllabus,
    leaves,
    models_in,
)

T = TypeVar("T", bound=BaseModel)
MAX_DEPTH = 12
PLAIN_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
YAML_HINTS = {
    "mapping values are not allowed in this context": "one ': ' too many, or wrong indentation; quote text with ': '",
    "found character that cannot start any token": "a value cannot begin so; indent with spaces, put text in quotes",
    "found unexpected end of stream": "the quotation mark that opens here is never closed",
}
TYPE_NAMES = {str: "text", list: "a list", dict: "a mapping", bool: "true or false", type(None): "nothing"}
WANTED = {
    "string_type": "text",
    "list_type": "a list: [first, second]",
    "model_type": "a mapping of fields",
    "dict_type": "a mapping of fields",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
}
RULE_OF_ERROR = {
    "missing": "missing-field",
    "string_too_short": "missing-field",
    "too_short": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "bad-value",
    "string_pattern_mismatch": "bad-value",
    "date": "date",
    "id-form": "id-form",
}


Lines = dict[str | int | None, "int | Lines"]
"""The lines (from 1) of a mapping's fields or a list's entries, nested as they are; None has the line of the whole."""


@dataclass(frozen=True)
class Tree:
    """A YAML file as plain values, with the lines on which they stand."""

    value: Any
    lines: Lines
    problems: list[tuple[int, str, str]]


@dataclass(frozen=True)
class Values:
    """A file with its values and the lines on which they stand: what can be checked of it."""

    path: Path
    lines: Lines
    text: str
    model: type[BaseModel]
    values: Any

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Every marked string of the values."""
        return leaves(self.model, self.values)

    def line(self, path: FieldPath) -> int:
        """The line of a value, or of the nearest mapping or list around it."""
        return nearest_line(self.lines, path)


class Refused(Values):
    """Plain values that are no record, for what is wrong with some of them."""


class Loaded(Values, Generic[T]):
    """A record with the file and the lines that it came from."""

    @property
    def record(self) -> T:
        """The values as the record that they are."""
        return cast("T", self.values)


@dataclass(frozen=True)
class Prose:
    """A hand-written page: Markdown under docs/, its front matter apart."""

    path: Path
    src_uri: str
    head: Tree
    text: str
    body: str

    @property
    def first_line(self) -> int:
        """The line of the file on which the body begins."""
        return self.text[: len(self.text) - len(self.body)].count("\n") + 1

    @property
    def docs(self) -> Path:
        """The folder below which the pages stand."""
        return self.path.parents[self.src_uri.count("/")]

    @property
    def is_chapter(self) -> bool:
        """Whether it is one of the guide's chapters."""
        return self.path.parent.name == "chapters" and self.path.stem != "index"

    @property
    def title(self) -> str:
        """The title of its front matter, else its first heading, else its path."""
        heading = re.search(r"^# +(.+?)(?: +\{.*\})?$", self.body, re.MULTILINE)
        return str(self.head.value.get("title") or (heading and heading.group(1)) or self.src_uri)


@dataclass
class Corpus:
    """All that was read, and what was wrong with it; `broken` has the ids of records that could not be read.

    Of a refused file the values are kept, so that what else is wrong with them is found in the same run.
    """

    records: list[Loaded[Record]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Loaded[SourceNotes]] = field(default_factory=list)
    pages: list[Prose] = field(default_factory=list)
    chapters: list[Loaded[Chapter]] = field(default_factory=list)
    eras: list[Loaded[Eras]] = field(default_factory=list)
    syllabi: list[Loaded[Syllabus]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def load(docs: Path) -> Corpus:
    """Read every record, source note and hand-written page below `docs`; never raises for bad content."""
    corpus = Corpus()
    records = [(path, kind) for kind in KINDS for path in _files(docs, f"{kind}/*.yml")]
    notes, eras, syllabi = (_files(docs, pattern) for pattern in ("sources/*.yml", "eras.yml", "syllabi/*.yml"))
    for path, kind in records:
        _keep(corpus, path, kind)
    corpus.notes = _several(corpus, notes, SourceNotes)
    corpus.eras = _several(corpus, eras, Eras)
    corpus.syllabi = _several(corpus, syllabi, Syllabus)
    corpus.findings += _strays(docs, {*(path for path, _ in records), *notes, *eras, *syllabi})
    for path in _files(docs, "**/*.md"):
        page, findings = load_page(path, docs)
        corpus.findings += findings
        if page:
            corpus.pages.append(page)
            _keep_chapter(corpus, page)
    return corpus


def _files(docs: Path, pattern: str) -> list[Path]:
    return sorted(path for path in docs.glob(pattern) if path.is_file())


def _strays(docs: Path, read: set[Path]) -> Iterator[Finding]:
    """YAML where nothing reads it."""
    for path in sorted({*docs.rglob("*.yml"), *docs.rglob("*.yaml")} - read):
        message = f"record must be a file docs/<kind>/<id>.yml; the kinds are {', '.join(KINDS)}"
        yield Finding(path, 1, "record-place", message)


def _several(corpus: Corpus, paths: Iterable[Path], model: type[T]) -> list[Loaded[T]]:
    """The files that can be read as records of one model; what prevents the others goes to the findings."""
    found = []
    for path in paths:
        loaded = _taken(corpus, *load_file(path, model))
        found += [loaded] if loaded else []
    return found


def _taken(corpus: Corpus, loaded: Loaded[T] | Refused | None, findings: list[Finding]) -> Loaded[T] | None:
    """A record; what prevents one goes to the corpus."""
    corpus.findings += findings
    if isinstance(loaded, Refused):
        corpus.refused.append(loaded)
        return None
    return loaded


def _keep_chapter(corpus: Corpus, page: Prose) -> None:
    if not page.is_chapter:
        return
    loaded = _taken(corpus, *validated(page.path, page.head, Chapter, page.text))
    if loaded is None:
        corpus.broken[page.path.stem] = "chapters"
    else:
        corpus.chapters.append(loaded)
        corpus.kinds[loaded.record.id] = "chapters"


def _keep(corpus: Corpus, path: Path, kind: Kind) -> None:
    loaded = _taken(corpus, *load_file(path, MODELS[kind]))
    if loaded is None:
        corpus.broken[path.stem] = kind
        return
    record_id = loaded.record.id
    first = (
        next((other for other in corpus.records if other.record.id == record_id), None)
        if (record_id in corpus.kinds)
        else None
    )
    if first:
        message = f"id {record_id!r} must name one record; {first.path.as_posix()} has it already"
        corpus.findings.append(Finding(loaded.path, loaded.line(("id",)), "id-duplicate", message))
        return
    corpus.records.append(loaded)
    corpus.kinds[record_id] = kind


def read_text(path: Path) -> tuple[str, list[Finding]]:
    """The text of a file, or a finding where it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return "", [Finding(path, line, "encoding", f"must be UTF-8; byte {error.start + 1} is not")]


def load_file(path: Path, model: type[T]) -> tuple[Loaded[T] | Refused | None, list[Finding]]:
    """One YAML file as a record of the given model, or its values and the findings that prevent it."""
    text, findings = read_text(path)
    if findings:
        return None, findings
    tree = parse(text)
    findings = [Finding(path, line, rule, message) for line, rule, message in tree.problems]
    if findings:
        return None, findings
    loaded, findings = validated(path, tree, model, text)
    record_id = getattr(loaded.values, "id", path.stem)
    if record_id != path.stem:
        message = f"id {record_id!r} must be the name of the file, {path.stem!r}"
        findings.append(Finding(path, loaded.line(("id",)), "id-file", message))
    return loaded, findings


def validated(path: Path, tree: Tree, model: type[T], text: str) -> tuple[Loaded[T] | Refused, list[Finding]]:
    """A tree as a record of the given model, or a finding for each thing that the model refuses."""
    try:
        return Loaded(path, tree.lines, text, model, model.model_validate(tree.value)), []
    except ValidationError as error:
        findings = [_finding(path, tree, model, details) for details in error.errors()]
        return Refused(path, tree.lines, text, model, tree.value), findings


def load_page(path: Path, docs: Path) -> tuple[Prose | None, list[Finding]]:
    """One Markdown page with its front matter taken apart; its id, the file's name, stands where '---' stood."""
    text, findings = read_text(path)
    if findings:
        return None, findings
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    head = match.group(0) if match else ""
    tree = parse(f"id: {path.stem}\n{match.group(1)}") if match else Tree({"id": path.stem}, {}, [])
    findings = [Finding(path, line, rule, message) for line, rule, message in tree.problems]
    tree = tree if isinstance(tree.value, dict) else Tree({"id": path.stem}, {}, [])
    return Prose(path, path.relative_to(docs).as_posix(), tree, text, text[len(head) :]), findings


def nearest_line(lines: Lines, path: FieldPath) -> int:
    """The line of a value, or of the nearest mapping or list around it that has one."""
    for part in path:
        inner = lines.get(part)
        if inner is None:
            break
        if isinstance(inner, int):
            return inner
        lines = inner
    return _own(lines)


def _own(lines: "int | Lines") -> int:
    """The line on which a value begins, whatever it holds."""
    return lines if isinstance(lines, int) else cast("int", lines.get(None, 1))


# -- YAML events → values with lines ----------------------------------------------------------------------------------


def parse(text: str) -> Tree:
    """Read YAML from its events, without recursion, constructors, aliases or tags."""
    builder = _Builder()
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        while event := loader.get_event():
            take = _Builder.TAKERS.get(type(event))
            if take:
                take(builder, event, event.start_mark.line + 1)
    except _TooDeepError as error:
        builder.problem(error.args[0], "yaml-syntax", f"must not be nested deeper than {MAX_DEPTH} levels")
    except yaml.MarkedYAMLError as error:
        line = _line(error.context_mark if "quoted" in str(error.context) else error.problem_mark)
        said = str(error.problem or error.context)
        builder.problem(line, "yaml-syntax", f"must be YAML: {YAML_HINTS.get(said, said)}")
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else 1
        builder.problem(line, "yaml-syntax", f"must be YAML: {error.reason}")
    return builder.tree()


class _Builder:
    """Collects the values of one document from its events; a blank field counts as left out.

    `container` is the mapping or list that is open, `lines` has its lines, and `key` is the field of an open mapping
    whose value comes next; `stack` holds the containers around it, with their lines.
    """

    def __init__(self) -> None:
        self.root: Any = None
        self.documents = 0
        self.problems: list[tuple[int, str, str]] = []
        self.root_lines: Lines = {}
        self.container: dict[str, Any] | list[Any] | None = None
        self.lines = self.root_lines
        self.key: str | None = None
        self.stack: list[tuple[dict[str, Any] | list[Any] | None, Lines]] = []

    def problem(self, line: int, rule: str, message: str) -> None:
        self.problems.append((line, rule, message))

    def tree(self) -> Tree:
        if not self.problems and self.root is None:
            self.problem(1, "empty-file", "must hold a record; the file is empty")
        elif not self.problems and not isinstance(self.root, dict):
            self.problem(1, "yaml-syntax", "must be a mapping of fields (name: value) at its top")
        return Tree(self.root, self.root_lines, self.problems)

    def _document(self, _event: yaml.Event, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.problem(line, "yaml-syntax", "must hold one document; a second begins here")

    def _refuse_extras(self, event: yaml.NodeEvent, tag: str | None, line: int) -> None:
        if tag and tag != "!":
            self.problem(line, "yaml-tag", f"must not use tags: {tag.removeprefix('tag:yaml.org,2002:')!r}")
        if event.anchor:
            self.problem(line, "yaml-alias", f"must not use anchors: &{event.anchor}")

    def _alias(self, event: yaml.AliasEvent, line: int) -> None:
        self.problem(line, "yaml-alias", f"must not use aliases: write the value of *{event.anchor} out")
        self._add(None, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag or event.anchor:
            self._refuse_extras(event, event.tag, line)
        if self.key is None and type(self.container) is dict:
            self._name(event, line)
        else:
            self._add(event.value if event.style else PLAIN_WORDS.get(event.value, event.value), line)

    def _name(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.value == "<<" and not event.style:
            self.problem(line, "yaml-alias", "must not use merge keys (<<)")
        self.key = event.value
        if event.value in self.lines:
            first = _own(self.lines[event.value])
            self.problem(line, "yaml-duplicate-key", f"field {event.value!r} must stand once; line {first} has it")
        self.lines[event.value] = line

    def _mapping(self, event: yaml.MappingStartEvent, line: int) -> None:
        self._open({}, event, line)

    def _sequence(self, event: yaml.SequenceStartEvent, line: int) -> None:
        self._open([], event, line)

    def _open(self, container: Any, event: yaml.CollectionStartEvent, line: int) -> None:
        if event.tag or event.anchor:
            self._refuse_extras(event, event.tag, line)
        if self.key is None and type(self.container) is dict:
            self.problem(line, "yaml-syntax", "must have words as field names")
            self.key = "?"
            self.lines[self.key] = line
        if len(self.stack) >= MAX_DEPTH:
            raise _TooDeepError(line)
        part = self._add(container, line)
        self.stack.append((self.container, self.lines))
        self.container = container
        if part is not None:
            inner: Lines = {None: self.lines[part]}
            self.lines[part] = inner
            self.lines = inner

    def _close(self, _event: yaml.Event, _line: int) -> None:
        self.container, self.lines = self.stack.pop()

    def _add(self, value: Any, line: int) -> str | int | None:
        """Put a value where it belongs and return its field or index there; None for the whole document."""
        container = self.container
        if type(container) is dict:
            key, self.key = self.key, None
            if value is not None:
                container.setdefault(cast("str", key), value)
            return key
        if type(container) is list:
            self.lines[len(container)] = line
            container.append(value)
            return len(container) - 1
        self.lines[None] = line
        self.root = value if self.root is None else self.root
        return None

    TAKERS: ClassVar[dict[type[yaml.Event], Callable[["_Builder", Any, int], object]]] = {
        yaml.DocumentStartEvent: _document,
        yaml.ScalarEvent: _scalar,
        yaml.AliasEvent: _alias,
        yaml.MappingStartEvent: _mapping,
        yaml.SequenceStartEvent: _sequence,
        yaml.MappingEndEvent: _close,
        yaml.SequenceEndEvent: _close,
    }


def _line(mark: Any) -> int:
    """The line (from 1) of a mark of PyYAML, of whichever of its parsers."""
    return 1 if mark is None else int(mark.line) + 1


class _TooDeepError(Exception):
    """A value is nested deeper than any record is."""


# -- what pydantic says → findings ------------------------------------------------------------------------------------


def _finding(path: Path, tree: Tree, model: type[BaseModel], details: ErrorDetails) -> Finding:
    location = tuple(part for part in details["loc"])
    rule = RULE_OF_ERROR.get(details["type"], "wrong-type")
    return Finding(path, nearest_line(tree.lines, location), rule, _message(rule, location, model, details))


def _message(rule: str, location: FieldPath, model: type[BaseModel], details: ErrorDetails) -> str:
    name = _dotted(location)
    if rule == "missing-field":
        return f"field {name!r} must be present and filled"
    if rule == "unknown-field":
        fields = _fields_around(model, location)
        return (
            f"field {name!r} is not known here{near(str(location[-1]), fields) or '; known are ' + ', '.join(fields)}"
        )
    if rule == "bad-value":
        allowed = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
        hint = near(str(details["input"]), allowed)
        must = f"must be one of {', '.join(allowed)}" if allowed else "must have the form that the field takes"
        return f"field {name!r} {must}, not {details['input']!r}{hint}"
    wanted = WANTED.get(details["type"])
    if wanted:
        return f"field {name!r} must be {wanted}, not {TYPE_NAMES.get(type(details['input']), 'that')}"
    return f"field {name!r}: {details['msg']}"


def _dotted(location: FieldPath) -> str:
    """claims.2.text, counted from 1 as a person counts."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _fields_around(model: type[BaseModel], location: FieldPath) -> list[str]:
    """The fields of the mapping in which the last part of a path stands."""
    current: Any = model
    for part in location[:-1]:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            known = current.model_fields.get(part)
            current = known.annotation if known else None
        current = next(models_in(current), None)
    return list(current.model_fields) if current else []
