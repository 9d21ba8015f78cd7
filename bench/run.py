"""Measures the guide on made-up corpora against plain MkDocs Material, and writes what it finds into RESULTS.md.

Processor seconds (user + system, children included) are what counts: wall seconds depend on who else uses the machine.
"""

import argparse
import datetime
import math
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import corpus
import pypandoc
import yaml
from guide.records import KINDS

BIN = corpus.ROOT / ".venv/bin"
KEEPS_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
ENVIRONMENT = {**os.environ, **KEEPS_BYTECODE, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
SIZES = [100, 1000, 5000]
TARGET_SIZE = 1000
SERVED_SIZE = 200
SAVES = 5
CHECKS = 3
TURNS = 5
PATIENCE = 300.0
PACKAGES = ["mkdocs", "mkdocs-material", "mkdocs-bibtex", "markdown", "pydantic", "pypandoc_binary"]
PAGE = """\
# What the build costs

Measured on {date} by `make bench` on a machine with {cores} cores:
{versions}, pandoc {pandoc}.
Figures are seconds of CPU (user + system, children included), the least of {turns} runs up to {target_size:,} records
and of one run beyond; the check, which is short, runs {checks} times in each turn.

| Promise | Measured | At most | Kept |
| --- | ---: | ---: | --- |
{targets}

“Plain” is MkDocs Material with the same settings, without our hooks, on the same Markdown with its lists, citations
and links already resolved; its pages are as many as ours. “Cold” is without `.cache`, “warm” with it.

| Records | Pages | Words a record | Check | Cold | Warm | Plain | Cold / plain | Warm / plain |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}

Growth of the cold build, and in brackets of what it adds to a plain one (k of CPU = c · sizeᵏ): {steps}.

From saving a record to seeing it in the page, {served} records, median of {saves}, wall seconds:
{dirty:.2f} with `make serve`, {whole:.2f} with whole rebuilds; ratio {ratio:.2f}.
"""


@dataclass(frozen=True)
class Row:
    """What was measured at one size; processor seconds, the least of the repeats."""

    size: int
    pages: int
    words: float
    check: float
    cold: float
    pandoc_cold: float
    warm: float
    pandoc_warm: float
    plain: float


@dataclass(frozen=True)
class Target:
    """A figure with the most that it may be."""

    name: str
    value: float
    most: float

    def __str__(self) -> str:
        return f"| {self.name} | {self.value:.2f} | {self.most:g} | {'yes' if self.value <= self.most else '**no**'} |"


def cpu(folder: Path, *command: str) -> float:
    """The processor seconds of a command that must succeed."""
    with (folder / "output.txt").open("w+", encoding="utf-8") as output:
        arguments = [str(BIN / command[0]), *command[1:]]
        environment = {**ENVIRONMENT, "PYPANDOC_PANDOC": str(folder / "pandoc")}
        process = subprocess.Popen(arguments, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{output.read()}")
    return usage.ru_utime + usage.ru_stime


def build(folder: Path, kind: corpus.Build) -> float:
    """The processor seconds of one build into an empty folder."""
    shutil.rmtree(folder / f"site-{kind}", ignore_errors=True)
    command = ["mkdocs", "build", "--quiet", "--strict", "--config-file", corpus.SETTINGS[kind]]
    return cpu(folder, *command, "--site-dir", f"site-{kind}")


def measure(folder: Path, size: int, repeats: int) -> Row:
    """Everything about one size; the builds that are compared take turns."""
    corpus.write(folder, size)
    put_pandoc(folder)
    build(folder, "dump")
    turns = [turn(folder) for _ in range(repeats)]
    pages, plain_pages = (len(list((folder / f"site-{kind}").rglob("*.html"))) for kind in ("guide", "plain"))
    assert pages == plain_pages, f"{pages} pages in our site, {plain_pages} in the plain one"
    return Row(size, pages, words_a_page(folder), *map(min, zip(*turns, strict=True)))


def turn(folder: Path) -> tuple[float, ...]:
    """The measured fields of a row, once."""
    check = min(cpu(folder, "guide", "check") for _ in range(CHECKS))
    shutil.rmtree(folder / ".cache")
    cold = counted_build(folder)
    warm = counted_build(folder)
    return check, *cold, *warm, build(folder, "plain")


def put_pandoc(folder: Path) -> None:
    """A stand-in for pandoc that keeps a log of what it is run for."""
    stand_in = folder / "pandoc"
    count = f'case "$1" in --version | --list-*) ;; *) echo run >> {folder / "pandoc.log"} ;; esac'
    stand_in.write_text(f'#!/bin/sh\n{count}\nexec {pypandoc.get_pandoc_path()} "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)


def counted_build(folder: Path) -> tuple[float, int]:
    """The processor seconds of one build of ours, and how often pandoc converted something in it."""
    log = folder / "pandoc.log"
    log.write_text("", encoding="utf-8")
    return build(folder, "guide"), log.read_text(encoding="utf-8").count("run")


def words_a_page(folder: Path) -> float:
    """The mean length of a record's page, Markdown and HTML signs aside."""
    signs = re.compile(r"\A---\n.*?\n---\n|<[^>]+>|\]\([^)]*\)|\{[^}]*\}", re.DOTALL)
    texts = (path.read_text(encoding="utf-8") for kind in KINDS for path in (folder / "resolved" / kind).glob("*-*.md"))
    return statistics.mean(len(re.findall(r"\w\S*", signs.sub(" ", text))) for text in texts)


def exponent(rows: list[Row], seconds: Callable[[Row], float]) -> float:
    """k of CPU = c * size ** k, by least squares on the logarithms."""
    sizes = [math.log(row.size) for row in rows]
    return statistics.linear_regression(sizes, [math.log(max(seconds(row), 0.01)) for row in rows]).slope


def cold(row: Row) -> float:
    """What a cold build costs."""
    return row.cold


def added(row: Row) -> float:
    """What a cold build costs beyond a plain one."""
    return row.cold - row.plain


def save_to_seen(folder: Path, *flags: str) -> float:
    """The median wall seconds from saving a record to seeing the change in the browser's page."""
    record = folder / "docs/summits/summit-10.yml"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = [str(BIN / "mkdocs"), "serve", *flags, "--livereload", "--dev-addr", host]
    server = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        page = f"http://{host}/summits/{record.stem}/"
        wait_for(page, "<h1")
        return statistics.median(_save(record, page, f"Edit {number} {' '.join(flags)}") for number in range(SAVES))
    finally:
        server.terminate()
        server.wait()


def _save(record: Path, page: str, words: str) -> float:
    fields = yaml.safe_load(record.read_text(encoding="utf-8"))
    fields["claims"][0]["text"] = f"{words}. {fields['claims'][0]['text']}"
    time.sleep(1)
    start = time.perf_counter()
    record.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
    wait_for(page, words)
    return time.perf_counter() - start


def wait_for(page: str, words: str) -> None:
    """Ask for a page until it has some words in it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(page, timeout=PATIENCE) as answer:
                if words in answer.read().decode():
                    return
        except urllib.error.URLError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{page} does not show {words!r}")


def targets(rows: list[Row]) -> Iterator[Target]:
    """What the project has promised, as far as the sizes that were run tell."""
    for row in rows:
        if row.size == TARGET_SIZE:
            yield Target(f"`guide check` of {row.size:,} records, CPU s", row.check, 1)
            yield Target(f"cold build of {row.size:,} records / plain Material, CPU", row.cold / row.plain, 1.2)
    if len(rows) > 1:
        yield Target("growth of the cold build: CPU ~ size ** k, k", exponent(rows, cold), 1.1)
    yield Target("pandoc runs of a cold build", max(row.pandoc_cold for row in rows), 1)
    yield Target("pandoc runs of a warm build", max(row.pandoc_warm for row in rows), 0)


def report(rows: list[Row], dirty: float, whole: float, date: str) -> str:
    """The figures as a Markdown page."""
    steps = (
        f"{exponent([a, b], cold):.2f} ({exponent([a, b], added):.2f}) from {a.size:,} to {b.size:,} records"
        for a, b in pairwise(rows)
    )
    return PAGE.format(
        date=date,
        turns=TURNS,
        target_size=TARGET_SIZE,
        checks=CHECKS,
        cores=os.cpu_count(),
        versions=", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]),
        pandoc=pypandoc.get_pandoc_version(),
        targets="\n".join(map(str, targets(rows))),
        rows="\n".join(map(_line, rows)),
        steps=", ".join(steps) or "one size only",
        served=SERVED_SIZE,
        saves=SAVES,
        dirty=dirty,
        whole=whole,
        ratio=dirty / whole,
    )


def _line(row: Row) -> str:
    seconds = " | ".join(f"{value:.2f}" for value in (row.check, row.cold, row.warm, row.plain))
    ratios = f"{row.cold / row.plain:.2f} | {row.warm / row.plain:.2f}"
    return f"| {row.size:,} | {row.pages:,} | {row.words:.0f} | {seconds} | {ratios} |"


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--date", default=datetime.datetime.now(tz=datetime.UTC).date().isoformat())
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as name:
        rows = []
        for size in args.sizes:
            rows.append(measure(Path(name, str(size)), size, repeats=TURNS if size <= TARGET_SIZE else 1))
            print(_line(rows[-1]), file=sys.stderr, flush=True)
        served = Path(name, "served")
        corpus.write(served, SERVED_SIZE)
        page = report(rows, save_to_seen(served, "--dirty"), save_to_seen(served), args.date)
    args.output.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
