"""An annotated record with blanks: what a contributor starts from. Made from the models, as everything is."""

import re
import typing
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guide.dates import PATTERN
from guide.records import MODELS, Date, Kind

DAY = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:-|\Z)")


def kind_of(word: str) -> Kind | None:
    """The kind that a contributor names, in singular or plural."""
    return next((kind for kind in MODELS if word.rstrip("s") == kind.rstrip("s")), None)


def record(kind: Kind, record_id: str) -> str:
    """The text of a new record: required fields as blanks, the others commented out, each with its hint."""
    lines = [
        f"# yaml-language-server: $schema=../../hooks/guide/schema/{kind}.json",
        "# Fill the blanks. Take the '#' away from a field that you need; delete the ones that you do not.",
    ]
    for name, field in MODELS[kind].model_fields.items():
        lines += _field(name, field, record_id)
    return "\n".join(lines) + "\n"


def _field(name: str, field: FieldInfo, record_id: str) -> Iterator[str]:
    known = {"id": record_id, "date": _date_of(record_id) if _is_date(field) else ""}.get(name, "")
    hint = "; ".join(filter(None, [_words(field.annotation), field.description]))
    yield f"{'' if field.is_required() else '# '}{name}:{' ' + known if known else ''}{'  # ' + hint if hint else ''}"
    inner = _model_in(field.annotation)
    if inner and not field.is_required():
        yield from _inner(inner, _is_list(field.annotation))
    elif inner:
        yield from (line.removeprefix("# ") for line in _inner(inner, _is_list(field.annotation)))


def _inner(model: type[BaseModel], is_list: bool) -> Iterator[str]:
    """The fields of a mapping inside a record, as comments."""
    for number, (name, field) in enumerate(model.model_fields.items()):
        dash = "- " if is_list and number == 0 else "  " if is_list else ""
        need = "" if field.is_required() else "optional"
        hint = "; ".join(filter(None, [need, _words(field.annotation), field.description]))
        yield f"#   {dash}{name}:{'  # ' + hint if hint else ''}"


def _date_of(record_id: str) -> str:
    match = DAY.match(record_id)
    return match.group(1) if match and re.match(PATTERN, match.group(1)) else ""


def _is_date(field: FieldInfo) -> bool:
    return bool(field.annotation is typing.get_args(Date)[0])


def _words(annotation: Any) -> str:
    """The words that a field takes, where it takes only some."""
    if typing.get_origin(annotation) is typing.Literal:
        return "one of: " + ", ".join(map(str, typing.get_args(annotation)))
    return ""


def _is_list(annotation: Any) -> bool:
    return typing.get_origin(annotation) is list


def _model_in(annotation: Any) -> type[BaseModel] | None:
    candidates = [annotation, *typing.get_args(annotation)]
    candidates += [typing.get_args(item)[0] for item in candidates if typing.get_origin(item) is Annotated]
    return next((item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)), None)
