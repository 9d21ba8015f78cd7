"""Each file in cases/ changes the invented world for the worse; `finds` is all that `guide check` must say of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Project
from guide.__main__ import main

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def spoil(world: Project, case: dict[str, Any]) -> None:
    for edit in case.get("edits", []):
        world.edit(edit["file"], edit["old"], edit["new"])
    for path, text in case.get("files", {}).items():
        world.write(path, text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_problem_is_found_in_one_run(path: Path, world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    spoil(world, case)
    exit_code = main(["check"])
    *found, closing = capsys.readouterr().out.splitlines()
    assert found == case["finds"]
    failed = sum(": warning: " not in line for line in found)
    assert exit_code == (1 if failed else 0)
    assert closing.startswith(f"{failed} error")
