from conftest import WORLD
from guide.library import Library
from guide.report import coverage, coverage_lines, draw, draw_lines
from guide.site import read


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
