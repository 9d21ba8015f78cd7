"""What each kind of record is: its fields, their types and their words. The vocabulary stands here, once.

The types carry marks (prose, reference, bibliography key, voice) that every later stage reads through `leaves`,
so that a new field is checked, linked and put into the editor's schema by being declared.
"""

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from guide import dates
from guide.dates import FuzzyDate

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
Kind = Literal["summits", "positions", "authors", "leaders", "documents", "terms"]
KINDS: tuple[Kind, ...] = typing.get_args(Kind)
FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Mark:
    """What a string is for: prose, prose that must cite, plain text, a reference, a reference or words, …"""

    role: Literal["prose", "cited", "text", "ref", "voice", "key", "claim"]
    kinds: tuple[str, ...] = KINDS

    @property
    def is_prose(self) -> bool:
        """Markdown in our own words, with or without the duty to cite."""
        return self.role in ("prose", "cited")


def _slug(value: str) -> str:
    if not SLUG.match(value):
        raise PydanticCustomError(
            "id-form",
            "id {value} must be lower-case ASCII words and numbers joined by hyphens",
            {"value": repr(value)},
        )
    return value


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


Filled = StringConstraints(strip_whitespace=True, min_length=1)
Id = Annotated[str, Filled, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]+$"})]
Prose = Annotated[str, Filled, Mark("prose")]
Cited = Annotated[str, Filled, Mark("cited")]
Text = Annotated[str, Filled, Mark("text")]
BibKey = Annotated[str, Filled, Mark("key")]
AnyRef = Annotated[str, Filled, Mark("ref")]
LeaderRef = Annotated[str, Filled, Mark("ref", ("leaders", "authors"))]
SummitRef = Annotated[str, Filled, Mark("ref", ("summits",))]
PositionRef = Annotated[str, Filled, Mark("ref", ("positions",))]
DocumentRef = Annotated[str, Filled, Mark("ref", ("documents",))]
TermRef = Annotated[str, Filled, Mark("ref", ("terms",))]
ChapterRef = Annotated[str, Filled, Mark("ref", ("chapters",))]
ClaimRef = Annotated[str, Filled, StringConstraints(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$"), Mark("claim")]
Voice = Annotated[str, Filled, Mark("voice")]
_several = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
Voices = Annotated[list[Voice], BeforeValidator(_one_or_many), _several]
Texts = Annotated[list[Text], BeforeValidator(_one_or_many), _several]
Date = Annotated[
    FuzzyDate,
    PlainValidator(FuzzyDate.parse),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": dates.PATTERN}),
]
Side = Literal["japan", "russia", "united-states", "other"]


class Model(BaseModel):
    """A mapping with the fields declared here and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Model):
    """A record's names in other scripts and spellings; all are found by the search."""

    japan: Text | None = Field(None, description="contested places: the form that Japanese usage has, romanised")
    russia: Text | None = Field(None, description="contested places: the form that Russian usage has, romanised")
    ja: Texts = Field([], description="in Japanese script")
    kana: Texts = Field([], description="in kana")
    ru: Texts = Field([], description="in Cyrillic")
    also: Texts = Field([], description="other romanised forms and older spellings")

    @property
    def neutral(self) -> str | None:
        """Both contested forms in alphabetical order, joined by '/'; None where the name is not contested."""
        if self.japan is None or self.russia is None:
            return None
        return "/".join(sorted({self.japan, self.russia}))

    def all(self) -> list[str]:
        """Every form, each once, in the order of the fields."""
        single = [name for name in (self.japan, self.russia) if name]
        return list(dict.fromkeys([*single, *self.also, *self.ja, *self.kana, *self.ru]))


class Claim(Model):
    """One statement in our own words, with a permanent id and at least one citation with a locator."""

    id: Id = Field(description="permanent; it is the claim's address on the page")
    kind: Literal["fact", "judgment", "forecast"] = "fact"
    by: Voices = Field([], description="whose judgment or forecast it is: ids of records, or words")
    secondhand: bool = Field(False, description="the cited source reports what another wrote or said")
    date: Date | None = Field(None, description="when it happened or was said; puts the claim on the timeline")
    text: Prose = Field(description="one statement; ends with its citation, [@key, para. 15]")
    about: list[AnyRef] = Field([], description="other records that it concerns")
    unverified: Prose | None = Field(None, description="what would settle it, where it could not be verified")


class Reading(Claim):
    """A claim about how one side has read a document."""

    side: Side


class Account(Model):
    """One answer to a disputed question."""

    by: Voices = Field(min_length=1)
    text: Cited
    followed: bool = Field(False, description="the guide follows this account")


class Disagreement(Model):
    """A question that sources answer differently."""

    id: Id
    question: Text
    accounts: list[Account] = Field(min_length=2)
    why: Prose = Field(description="which account the guide follows, if any, and why")
    about: list[AnyRef] = []


class Record(Model):
    """What every record has."""

    id: Id = Field(description="the same as the file's name")
    title: Text
    names: Names = Names()
    summary: Cited = Field(description="one paragraph with its citations")
    claims: list[Claim] = []
    disagreements: list[Disagreement] = []
    further_reading: list[BibKey] = []
    tags: Texts = []

    def statements(self) -> Iterator[tuple[FieldPath, Claim]]:
        """Every claim of the record, arguments and readings included, with its path in the record."""
        for index, claim in enumerate(self.claims):
            yield ("claims", index), claim


class Leaders(Model):
    """Who took part, by side."""

    japan: list[LeaderRef] = []
    russia: list[LeaderRef] = []
    other: list[LeaderRef] = []


class PutForward(Model):
    """Positions that each side put forward."""

    japan: list[PositionRef] = []
    russia: list[PositionRef] = []


class Summit(Record):
    """A meeting, visit or negotiation, held or planned."""

    kind: Literal[
        "summit",
        "visit",
        "ministerial",
        "negotiation",
        "treaty-signing",
        "planned-not-held",
        "call",
        "statement",
        "measure",
    ]
    date: Date
    date_reason: Prose | None = Field(None, description="why the date is put so, where it is inferred")
    place: Text
    leaders: Leaders = Leaders()
    occasion: Cited | None = None
    documents: list[DocumentRef] = []
    positions: PutForward = PutForward()
    outcome: Cited = Field(description="what was agreed or refused, in one or two sentences")
    moved: Cited | None = Field(None, description="what had changed since the meeting before")
    next: list[SummitRef] = Field([], description="the next step or steps")


class Fate(Model):
    """What a position would do with one island, and when."""

    goes_to: Literal["japan", "russia", "shared", "divided", "open"]
    when: Text | None = None


class Fates(Model):
    """What a position would do with each of the four islands."""

    etorofu: Fate
    kunashiri: Fate
    shikotan: Fate
    habomai: Fate


class Stance(Model):
    """How one person, government or group stood to a position, and from when to when."""

    who: Voice
    stance: Literal["held", "floated", "opposed", "reported"]
    since: Date | None = None
    until: Date | None = None
    text: Cited = Field(description="one sentence with its citation")


class Position(Record):
    """A formula for the islands, or an argument about how to reach one."""

    family: Literal[
        "all-four", "two-and-more", "two", "division", "shared-use", "no-dispute", "process", "strategy", "history"
    ]
    formula: Prose = Field(description="the position in one sentence")
    islands: Fates | None = None
    sovereignty: Cited | None = None
    sequence: Literal["treaty-first", "islands-first", "together", "in-stages", "open", "not-applicable"]
    economics: Cited | None = None
    arguments_for: list[Claim] = []
    arguments_against: list[Claim] = []
    stances: list[Stance] = []

    def statements(self) -> Iterator[tuple[FieldPath, Claim]]:
        """Every claim of the record, with its path in the record."""
        yield from super().statements()
        for field in ("arguments_for", "arguments_against"):
            for index, claim in enumerate(getattr(self, field)):
                yield (field, index), claim


class Answer(Model):
    """Whom an author answers, and on what."""

    who: AnyRef
    on: Cited


class Author(Record):
    """A person whose writing or argument the guide presents."""

    side: Side
    roles: Texts = Field(min_length=1)
    affiliation: Text | None = None
    argument: Cited = Field(description="the argument in one or two sentences")
    works: list[BibKey] = []
    answers: list[Answer] = []


class Office(Model):
    """An office with its dates, as far as the sources have them."""

    title: Text
    since: Date | None = None
    until: Date | None = None
    current: bool = Field(False, description="still held at the time of the newest source")
    source: Cited = Field(description="the citation, [@key, para. 15]")


class Leader(Record):
    """A person who negotiated or decided: head of government or state, minister, official."""

    side: Side
    offices: list[Office] = Field(min_length=1)


class Document(Record):
    """A treaty, declaration, statement or other paper of the negotiations."""

    kind: Literal["treaty", "declaration", "statement", "memorandum", "agreement", "letter", "law", "plan", "policy"]
    date: Date
    date_reason: Prose | None = None
    parties: Texts = Field(min_length=1)
    signed_by: list[LeaderRef] = []
    islands: Cited = Field(description="what it says about the islands")
    readings: list[Reading] = Field([], description="how each side has read it since")
    published: list[BibKey] = Field([], description="where its text is published")

    def statements(self) -> Iterator[tuple[FieldPath, Claim]]:
        """Every claim of the record, with its path in the record."""
        yield from super().statements()
        for index, claim in enumerate(self.readings):
            yield ("readings", index), claim


class Term(Record):
    """A place, institution, concept or word that a student needs explained; the summary is the explanation."""

    category: Literal["place", "institution", "concept", "phrase", "event", "person"]
    explanation: Cited | None = Field(None, description="more than the summary says, where a student needs it")
    related: list[AnyRef] = []


class NotesRange(Model):
    """Which paragraphs of a text are its numbered notes: note 1 is paragraph `first`."""

    first: int
    last: int


class LeftOut(Model):
    """Paragraphs that the guide has no use for, with the reason."""

    paras: Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?$")]
    reason: Text


class Slip(Model):
    """Something wrong or doubtful in a source."""

    id: Id
    title: Text = Field(description="what it is about, in a few words")
    at: Text = Field(description="the locator, para. 15")
    says: Prose
    right: Prose = Field(description="what is probably right")
    evidence: Cited
    sure: Literal["certain", "probable", "possible"]
    about: list[AnyRef] = Field([], description="records whose readers must know of it")


class SourceNotes(Model):
    """What the guide knows of a source beyond its bibliography entry."""

    id: Id
    text_kind: Prose = Field(description="what kind of text it is")
    counting: Prose | None = Field(None, description="how its paragraphs are counted")
    paragraphs: list[Text] = Field([], description="the opening words of each paragraph, five at most")
    notes: NotesRange | None = None
    left_out: list[LeftOut] = []
    slips: list[Slip] = []


class SelfCheck(Model):
    """A question with which a reader tests what was understood."""

    question: Text
    answer: Cited
    claim: ClaimRef = Field(description="the claim on which the answer rests, record-id#claim-id")


class Chapter(Model):
    """The front matter of a chapter; its text is the page's body."""

    id: Id
    title: Text
    question: Text = Field(description="the question that the chapter answers")
    objectives: list[Text] = Field(min_length=3, max_length=5)
    before: list[ChapterRef] = Field([], description="chapters to read before")
    terms: list[TermRef] = []
    documents: list[DocumentRef] = []
    discussion: list[Text] = Field(min_length=1)
    self_check: list[SelfCheck] = Field(min_length=6)

    @property
    def number(self) -> int:
        """Its place in the reading order, from the file's name."""
        return int(self.id.split("-")[0])


class Era(Model):
    """A stretch of the timeline, both years included."""

    title: Text
    since: int
    until: int
    text: Cited = Field(description="one or two sentences")


class Eras(Model):
    """The stretches into which the timeline falls, in order."""

    eras: list[Era] = Field(min_length=1)


class Session(Model):
    """One meeting of a class: what to read before it, and what to talk about."""

    title: Text
    chapters: list[ChapterRef] = []
    records: list[AnyRef] = []
    documents: list[DocumentRef] = Field([], description="to be read in the original")
    questions: list[Text] = Field(min_length=1)


class Syllabus(Model):
    """A course of sessions for one purpose."""

    id: Id
    title: Text
    purpose: Text
    sessions: list[Session] = Field(min_length=1)


MODELS: dict[Kind, type[Record]] = {
    "summits": Summit,
    "positions": Position,
    "authors": Author,
    "leaders": Leader,
    "documents": Document,
    "terms": Term,
}


class Leaf(NamedTuple):
    """One marked string of a record, with its path in the record."""

    path: FieldPath
    mark: Mark
    value: str


def leaves(model: type[BaseModel], values: Any) -> list[Leaf]:
    """Every marked string of a record, in the order of its fields; of plain values, what has the model's shape."""
    found: list[Leaf] = []
    _collect(values, None, model, (), found)
    return found


def _collect(value: Any, mark: Mark | None, model: type[BaseModel] | None, path: FieldPath, found: list[Leaf]) -> None:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            _collect(entry, mark, model, (*path, index), found)
    elif mark:
        if isinstance(value, str):
            found.append(Leaf(path, mark, value))
    elif model and isinstance(value, BaseModel | dict):
        fields = value if isinstance(value, dict) else vars(value)
        for name, inner_mark, inner in _marked_fields(model):
            if fields.get(name):
                _collect(fields[name], inner_mark, inner, (*path, name), found)


@cache
def _marked_fields(model: type[BaseModel]) -> tuple[tuple[str, Mark | None, type[BaseModel] | None], ...]:
    """The fields of a model that hold marked strings or other models, with their mark or that model."""
    fields = (
        (name, next(_marks([field.annotation, *field.metadata]), None), next(models_in(field.annotation), None))
        for name, field in model.model_fields.items()
    )
    return tuple((name, mark, inner) for name, mark, inner in fields if mark or inner)


def _marks(parts: typing.Iterable[Any]) -> Iterator[Mark]:
    for part in parts:
        if isinstance(part, Mark):
            yield part
        else:
            yield from _marks(typing.get_args(part))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that the annotation of a field names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    arguments = typing.get_args(annotation)
    for argument in arguments[:1] if typing.get_origin(annotation) is Annotated else arguments:
        yield from models_in(argument)
