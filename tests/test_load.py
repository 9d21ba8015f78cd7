from pathlib import Path

from guide.load import load, load_file, parse
from guide.records import Term
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

TERM = """\
id: isle
title: Isle
names:
  also:
    - Old Isle
    - "Yes"
category: place
summary: >
  An isle.

  [@a, p. 1]
related: [port]
"""


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "isle.yml"
    path.write_text(TERM)
    loaded, findings = load_file(path, Term)
    assert loaded is not None
    assert not findings
    lines = {field: loaded.line(field) for field in [("title",), ("names", "also", 1), ("summary",), ("related", 0)]}
    assert lines == {("title",): 2, ("names", "also", 1): 6, ("summary",): 8, ("related", 0): 12}
    assert loaded.line(("names", "ru")) == 3, "a missing value has the line of the mapping around it"


def test_plain_words_stay_words() -> None:
    value = parse("a: 1998\nb: no\nc: 1998-04-18\nd: true\ne: ~\nf: 0x1f\n").value
    assert value == {"a": "1998", "b": "no", "c": "1998-04-18", "d": True, "f": "0x1f"}


def test_a_quoted_word_is_never_a_truth_value() -> None:
    assert parse("a: 'true'\nb: \"\"\n").value == {"a": "true", "b": ""}


def test_a_file_that_is_not_utf_8_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "isle.yml"
    path.write_bytes(b"id: isle\ntitle: \xff\n")
    loaded, findings = load_file(path, Term)
    assert loaded is None
    assert [(finding.line, finding.rule) for finding in findings] == [(2, "encoding")]


def test_a_page_is_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("---\ntitle: A page\n---\n\n# Heading\n")
    (tmp_path / "bare.md").write_text("# Bare *title* {: #x }\n")
    bare, page = load(tmp_path).pages
    assert (page.title, page.first_line, page.body) == ("A page", 4, "\n# Heading\n")
    assert (bare.title, bare.first_line) == ("Bare *title*", 1)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(), st.text(alphabet="{}[]:-&*!#|>'\"\n \tab<%@`?,"), st.binary().map(lambda b: b.decode("latin-1"))
    )
)
@example("{[")
@example("{? [a]: b}")
@example("{[a]: {b: [")
def test_hostile_yaml_gives_findings_and_nothing_else(tmp_path: Path, text: str) -> None:
    path = tmp_path / "isle.yml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    loaded, findings = load_file(path, Term)
    assert loaded is not None or findings
    assert all(1 <= finding.line <= text.count("\n") + text.count("\r") + 2 for finding in findings)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.text(max_size=5) | st.none() | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "title", "names", "also", "claims", "text", "summary", "by"]), inner, max_size=5
            )
        ),
        max_leaves=12,
    )
)
def test_any_shape_of_data_gives_findings_and_nothing_else(tmp_path: Path, data: object) -> None:
    import yaml

    path = tmp_path / "isle.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    loaded, findings = load_file(path, Term)
    assert loaded is not None or findings


def test_a_deep_nest_is_refused_without_recursion() -> None:
    block = "".join(f"{' ' * depth}a:\n" for depth in range(3000))
    assert [rule for _, rule, _ in parse(block).problems] == ["yaml-syntax"]
