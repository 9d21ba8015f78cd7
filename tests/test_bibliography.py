from pathlib import Path

from conftest import WORLD
from guide import bibliography
from hypothesis import given, settings
from hypothesis import strategies as st


def test_entries_know_their_lines_and_what_named_them() -> None:
    found = bibliography.read(WORLD / "bibliography.bib")
    assert not found.findings
    assert {key: entry.line for key, entry in found.entries.items()} == {
        "ferro1990": 1,
        "holm1985": 13,
        "holm1985-answer": 26,
        "registry1991": 36,
        "courier1989": 47,
    }
    assert found.entries["courier1989"].via == (bibliography.Via("ferro1990", "n. 1"),)
    assert found.entries["registry1991"].year == "1991"
    assert found.entries["ferro1990"].title == "The Strait and the Two Capitals"


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet='@{}(),="#\n abtikey1%\\'))
def test_hostile_bibtex_gives_findings_and_nothing_else(text: str) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".bib", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        found = bibliography.read(Path(file.name))
    assert all(finding.line >= 1 for finding in found.findings)
