import subprocess
import sys

import pytest
from conftest import Project
from guide.__main__ import main


def test_check_counts_and_says_yes(world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"


def test_report_coverage_and_draw(world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "coverage"]) == 0
    assert "ferro1990: 6 paragraphs" in capsys.readouterr().out
    assert main(["report", "draw", "--count", "2", "--seed", "5"]) == 0
    assert capsys.readouterr().out.startswith("seed 5\n1. ")


def test_schemas_are_checked(world: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--check"]) == 0


def test_the_program_runs_as_a_command(world: Project) -> None:
    done = world.run("guide", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 errors, 0 warnings\n", "")


def test_a_reader_who_leaves_early_sees_no_traceback(world: Project) -> None:
    command = f"{sys.executable} -m guide report support | true"
    done = subprocess.run(command, shell=True, cwd=world.root, capture_output=True, text=True, check=False)
    assert done.stderr == ""
