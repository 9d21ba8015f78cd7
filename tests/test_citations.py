import pytest
from guide.citations import Citation, MalformedCitationError, Span, blocks, parse_block

SPANS = [
    ("para. 15", [Span("para", 15, 15)]),
    ("paras. 3-4", [Span("para", 3, 4)]),
    ("paras. 9, 12", [Span("para", 9, 9), Span("para", 12, 12)]),
    ("paras. 3–4 and 7", [Span("para", 3, 4), Span("para", 7, 7)]),
    ("para. 7, n. 3", [Span("para", 7, 7), Span("n", 3, 3)]),
    ("nn. 1-2", [Span("n", 1, 2)]),
    ("p. 10", []),
    ("art. 2(c)", []),
    ("", []),
]


@pytest.mark.parametrize(("locator", "spans"), SPANS)
def test_a_locator_names_paragraphs_and_notes(locator: str, spans: list[Span]) -> None:
    assert list(Citation("key", locator).spans()) == spans


def test_a_block_holds_several_citations_with_prefixes() -> None:
    block = parse_block("see @a2014, paras. 3-4; @b2016")
    assert block.citations == (Citation("a2014", "paras. 3-4", "see"), Citation("b2016"))
    assert block.raw == "[see @a2014, paras. 3-4; @b2016]"
    assert block.citations[0].shown_locator == "paras. 3–4"


@pytest.mark.parametrize("inside", ["see @, para. 2", "@a; ", "a@b c", "@a 15"])
def test_a_block_out_of_form_is_refused(inside: str) -> None:
    with pytest.raises(MalformedCitationError):
        parse_block(inside)


def test_links_and_references_are_no_citations() -> None:
    text = "[write to a@b.example](https://b.example) [@words][id] [@a2014, p. 1] [plain]"
    assert [block.raw for block in blocks(text)] == ["[@a2014, p. 1]"]
