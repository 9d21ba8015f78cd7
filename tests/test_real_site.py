"""The real guide, built once, strictly; its own words are not tested here, only that it holds together."""

import re
from pathlib import Path

import pytest
from conftest import ROOT, Project

LOCK_FILES = ("requirements.txt", "requirements-dev.txt")


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("real") / "site"
    done = Project(ROOT).build("--site-dir", str(site))
    assert done.returncode == 0, done.stderr
    assert not re.search("^WARNING", done.stderr, re.MULTILINE), done.stderr
    return site


def test_every_record_and_source_has_its_page(real_site: Path) -> None:
    files = [path for path in (ROOT / "docs").glob("*/*.yml") if path.parent.name != "syllabi"]
    records = {path.relative_to(ROOT / "docs").with_suffix("") for path in files}
    made = {path.parent.relative_to(real_site) for path in real_site.rglob("index.html")}
    assert records <= made


def test_nothing_is_loaded_from_another_host(real_site: Path) -> None:
    loading = re.compile(
        r"<(?:script|img|iframe|source)[^>]*\ssrc=\"https?:|<link[^>]*rel=\"(?!canonical)[^\"]*\"[^>]*href=\"https?:"
    )
    assert not [path for path in real_site.rglob("*.html") if loading.search(path.read_text(encoding="utf-8"))]


def test_every_content_paragraph_of_the_five_texts_is_cited() -> None:
    done = Project(ROOT).run("guide", "report", "coverage")
    heads = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert len(heads) == 5
    assert all(", 0 with content that nothing cites" in line for line in heads), heads


def test_lock_files_name_no_address() -> None:
    for name in LOCK_FILES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_workflows_pin_every_action_by_hash() -> None:
    used = [
        line
        for path in (ROOT / ".github/workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses:" in line
    ]
    assert used
    assert all(re.search(r"uses: \S+@[0-9a-f]{40}( |$)", line) for line in used), used
