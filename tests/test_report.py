from conftest import WORLD
from guide.check import read
from guide.library import Library
from guide.report import coverage, coverage_lines, draw, draw_lines, support, support_lines, tally


def library() -> Library:
    corpus, entries, _ = read(WORLD / "docs", WORLD / "bibliography.bib")
    return Library(corpus, entries)


def test_a_paragraph_is_cited_left_out_or_a_gap() -> None:
    rows = coverage(library())["ferro1990"]
    assert [row.number for row in rows if row.uses] == [2, 3, 4, 5, 6]
    assert [(row.number, row.left_out) for row in rows if row.left_out] == [(1, "title")]
    assert not any(row.is_gap for row in rows)


def test_coverage_is_told_line_by_line() -> None:
    lines = list(coverage_lines(library()))
    assert lines[0] == "ferro1990: 6 paragraphs, 0 with content that nothing cites"
    assert lines[1] == "  para. 1: title"
    assert "1990-05-port#no-answer" in lines[6]


def test_a_draw_can_be_repeated() -> None:
    world = library()
    assert draw(world, 3, 7) == draw(world, 3, 7)
    assert len(draw(world, 99, 1)) == len(list(draw_lines(world, 99, 1))) - 1 == 6


def test_support_tells_what_a_record_rests_on() -> None:
    world = library()
    found = support(world)
    assert {entry.key for entry in found["1990-05-port"].entries} == {"ferro1990", "holm1985", "holm1985-answer"}
    assert found["1990-05-port"].missing_sides == []
    assert found["etorofu"].is_thin
    assert not found["1990-port-declaration"].is_thin
    assert found["1991-hall"].missing_sides == ["russia"]
    assert found["etorofu"].missing_sides == []


def test_cited_sources_are_counted_by_kind_language_and_side() -> None:
    assert tally(library()) == {
        "kind": {"scholarly": 2, "press": 1, "primary": 1},
        "langid": {"english": 3, "russian": 1},
        "side": {"japan": 2, "russia": 2},
    }
    lines = list(support_lines(library()))
    assert lines[0] == "kind: 2 scholarly, 1 press, 1 primary"
    assert "1991-hall: no source published in russia" in lines
