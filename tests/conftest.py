"""The invented world: two countries, one sound. Tests work on copies of it, never on the real data."""

import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORLD = Path(__file__).parent / "world"


@dataclass(frozen=True)
class Project:
    """A copy of a project in a folder of its own."""

    root: Path

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file, its folder included."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the project's folder."""
        program, *arguments = command
        executable = [str(Path(sys.executable).parent / program)]
        return subprocess.run([*executable, *arguments], cwd=self.root, capture_output=True, text=True, check=False)

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Build the site strictly into site/."""
        return self.run("mkdocs", "build", "--strict", *options)


def copy_world(target: Path) -> Project:
    """The invented world as a project that builds: its own data, the real code, theme and configuration."""
    shutil.copytree(WORLD, target)
    shutil.copytree(ROOT / "docs/assets", target / "docs/assets")
    (target / "hooks").symlink_to(ROOT / "hooks")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {path.relative_to(target / "docs").as_posix() for path in (target / "docs").rglob("*.md")}
    head, nav = config.split("\nnav:\n")
    (target / "mkdocs.yml").write_text(head + "\nnav:\n" + yaml.safe_dump(_present(yaml.safe_load(nav), pages)))
    return Project(target)


def _present(nav: list[object], pages: set[str]) -> list[object]:
    """The entries of a navigation whose pages the world has."""
    kept: list[object] = []
    for entry in nav:
        if isinstance(entry, dict):
            ((title, value),) = entry.items()
            value = _present(value, pages) if isinstance(value, list) else value
            if value and (isinstance(value, list) or value in pages):
                kept.append({title: value})
        elif entry in pages:
            kept.append(entry)
    if "chapters/index.md" in kept:
        kept += sorted(page for page in pages if page.startswith("chapters/") and page not in kept)
    return kept


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A fresh copy of the invented world, which is the current folder."""
    project = copy_world(tmp_path / "world")
    monkeypatch.chdir(project.root)
    return project


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the invented world; not to be changed."""
    project = copy_world(tmp_path_factory.mktemp("built") / "world")
    done = project.build()
    assert done.returncode == 0, done.stderr
    return project.root / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(built_world: Path) -> Iterator[str]:
    """The address on this machine at which the built world is served."""
    handler = functools.partial(_Quiet, directory=str(built_world))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
