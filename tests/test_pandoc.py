from pathlib import Path

import pytest
from conftest import WORLD
from guide import bibliography, pandoc


@pytest.fixture(scope="module")
def entries() -> bibliography.Bibliography:
    return bibliography.read(WORLD / "bibliography.bib")


def test_years_dashes_and_dois_are_right(entries: bibliography.Bibliography, tmp_path: Path) -> None:
    found = pandoc.format_bibliography(entries, tmp_path)
    assert found.shown == {
        "ferro1990": "Ferro 1990",
        "holm1985": "Hølm 1985a",
        "holm1985-answer": "Hølm 1985b",
        "registry1991": "Arvenian Registry c. 1991",
        "courier1989": "Haldvik Courier 1989",
    }
    assert "10.1000/xyz_abc" in found.references["holm1985"]
    assert "10–42" in found.references["holm1985"]
    assert "(1985a)" in found.references["holm1985"]


def test_nothing_is_run_when_nothing_changed(
    entries: bibliography.Bibliography, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pandoc.format_bibliography(entries, tmp_path)
    monkeypatch.setattr(pandoc, "_run", lambda _: pytest.fail("pandoc ran again"))
    assert pandoc.format_bibliography(entries, tmp_path) == first


def test_a_changed_bibliography_is_formatted_again(entries: bibliography.Bibliography, tmp_path: Path) -> None:
    pandoc.format_bibliography(entries, tmp_path)
    path = tmp_path / "changed.bib"
    path.write_text(entries.text.replace("Ferro, Ada", "Farro, Ada"), encoding="utf-8")
    assert pandoc.format_bibliography(bibliography.read(path), tmp_path).shown["ferro1990"] == "Farro 1990"
