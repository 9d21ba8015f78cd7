import json

from guide import schema
from guide.records import KINDS


def test_the_checked_in_schemas_are_those_of_the_models() -> None:
    assert schema.stale() == []
    assert set(schema.schemas()) == {f"{kind}.json" for kind in (*KINDS, "sources")}


def test_a_schema_refuses_unknown_fields_and_lists_words() -> None:
    summit = json.loads(schema.schemas()["summits.json"])
    assert summit["additionalProperties"] is False
    assert "planned-not-held" in summit["properties"]["kind"]["enum"]
    assert summit["properties"]["date"]["type"] == "string"
