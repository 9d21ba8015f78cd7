"""Rules that the cases in cases/ do not reach one by one; the cases are in test_bad_input.py."""

import re
from pathlib import Path

import yaml
from conftest import ROOT, WORLD, Project
from guide.check import read
from guide.findings import RULES, Finding, errors, near, summary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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


SIGNS = st.text(alphabet="{}[]()@:#|<>!`*_\"'“”\\\n \t-;,.~=/?&%^é0129abcA\u200b", max_size=40)
FIELDS = [
    "id",
    "title",
    "names",
    "ja",
    "also",
    "japan",
    "russia",
    "summary",
    "kind",
    "date",
    "place",
    "leaders",
    "next",
    "outcome",
    "claims",
    "text",
    "by",
    "about",
    "disagreements",
    "question",
    "accounts",
    "why",
    "further_reading",
]
WORDS = st.sampled_from(["1990-x", "judgment", "about 1990", "[@ferro1990, para. 2]", "[a][1990-x#b]", "`[@a, p. 1]`"])
VALUES = st.recursive(
    SIGNS | WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
    max_leaves=20,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=10), SIGNS)
def test_hostile_records_and_pages_give_findings_and_nothing_else(
    tmp_path: Path, values: dict[str, object], body: str
) -> None:
    (tmp_path / "summits").mkdir(exist_ok=True)
    (tmp_path / "summits/1990-x.yml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    (tmp_path / "index.md").write_text(body, encoding="utf-8")
    _, _, findings = read(tmp_path, WORLD / "bibliography.bib")
    assert findings
    assert all(finding.rule in RULES and finding.line >= 1 for finding in findings)
