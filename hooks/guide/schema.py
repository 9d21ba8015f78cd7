"""The editor's JSON Schema of each kind of record, made from the models; checked in, so that editors find it."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.records import MODELS, SourceNotes

FOLDER = Path(__file__).with_name("schema")


def schemas() -> dict[str, str]:
    """File name → JSON text, for every kind of record and for notes on sources."""
    models: list[tuple[str, type[BaseModel]]] = [*MODELS.items(), ("sources", SourceNotes)]
    return {f"{kind}.json": _text(model) for kind, model in models}


def write() -> None:
    """Write every schema into its file."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def stale() -> list[str]:
    """The names of the checked-in schemas that differ from the models."""
    return [
        name
        for name, text in schemas().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]


def _text(model: type[BaseModel]) -> str:
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
