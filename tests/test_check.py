"""Rules that the cases in cases/ do not reach one by one; the cases are in test_bad_input.py."""

import re

import yaml
from conftest import ROOT, Project
from guide.check import read
from guide.findings import RULES, Finding, errors, near, summary
from test_bad_input import CASES


def test_the_invented_world_has_no_findings(world: Project) -> None:
    _, _, findings = read(world.root / "docs", world.root / "bibliography.bib")
    assert findings == []


def test_every_rule_has_a_case() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in CASES)
    tried = set(re.findall(r"\[([a-z-]+)\]'?$", text, re.MULTILINE))
    assert tried <= set(RULES)
    assert set(RULES) - tried == {"encoding"}, "encoding is tried in test_load.py, where a file is bytes"


def test_every_case_says_what_it_is_about() -> None:
    assert all(yaml.safe_load(path.read_text(encoding="utf-8"))["title"] for path in CASES)


def test_contributing_lists_the_rules() -> None:
    listed = dict(
        re.findall(
            r"^\| `([a-z-]+)` \| (.+?) \|$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    assert listed == {rule: sentence.replace("|", "\\|") for rule, sentence in RULES.items()}


def test_a_finding_is_a_line_that_editors_can_open(world: Project) -> None:
    finding = Finding(world.root / "a.yml", 12, "date", "a date must be a date")
    assert str(finding).endswith("a.yml:12: a date must be a date [date]")
    warning = Finding(world.root / "a.yml", 1, "bib-unused", "unused", "warning")
    assert errors([finding, warning]) == [finding]
    assert summary([finding, warning]) == "1 error, 1 warning"


def test_a_near_miss_is_named_and_a_far_one_is_not() -> None:
    assert near("sumit", ["summit", "treaty"]) == " (did you mean 'summit'?)"
    assert near("xyz", ["summit"]) == ""
