import re

import pytest
from conftest import Project
from guide import new
from guide.__main__ import main
from guide.records import KINDS, MODELS


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_lacks_nothing_but_its_blanks(
    kind: str, world: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", kind, "2019-06-29-hall"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 1
    *found, _ = capsys.readouterr().out.splitlines()
    assert found
    assert all(line.endswith("must be present and filled [missing-field]") for line in found), found


def test_a_new_summit_passes_once_its_blanks_are_filled(world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "summit", "2019-06-29-hall"]) == 0
    path = world.root / "docs/summits/2019-06-29-hall.yml"
    text = path.read_text(encoding="utf-8")
    assert "date: 2019-06-29" in text
    blanks = {
        "title": "Hall",
        "kind": "summit",
        "place": "Hall",
        "summary": "X. '[@holm1985, p. 1]'",
        "outcome": "Y. '[@holm1985, p. 1]'",
    }
    for name, value in blanks.items():
        text, count = re.subn(rf"^{name}:.*$", f"{name}: {value}", text, flags=re.MULTILINE)
        assert count == 1
    path.write_text(text, encoding="utf-8")
    assert main(["check"]) == 0


def test_every_field_of_every_kind_is_in_its_form() -> None:
    for kind, model in MODELS.items():
        text = new.record(kind, "x")
        assert all(re.search(rf"^(# )?{name}:", text, re.MULTILINE) for name in model.model_fields)


@pytest.mark.parametrize("arguments", [["sumit", "2019-hall"], ["summit", "Not An Id"], ["summit", "1990-05-port"]])
def test_a_new_record_that_cannot_be_is_refused(
    arguments: list[str], world: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *arguments]) == 1
    assert capsys.readouterr().err


def test_an_id_that_another_record_has_is_refused(world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "summit", "lund-eva"]) == 1
    assert "docs/leaders/lund-eva.yml has it" in capsys.readouterr().err
