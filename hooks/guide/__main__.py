"""The commands: check | new | schema | report. Each works on the project in the current folder."""

import argparse
import gc
import os
import random
import sys
from pathlib import Path
from typing import NoReturn

from guide import check, new, report, schema
from guide.findings import errors, near, summary
from guide.library import Library
from guide.records import MODELS, SLUG

DOCS = Path("docs")
BIBLIOGRAPHY = Path("bibliography.bib")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 1 where something must be mended."""
    args = _parser().parse_args(arguments)
    try:
        code = int(args.action(args))
        sys.stdout.flush()
    except BrokenPipeError:  # a reader such as head may leave early; the way out is that of Python's documentation
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def run() -> NoReturn:
    """The program: main, then out at once; to free every record one by one would take a tenth of a check's time."""
    code = main()
    sys.stderr.flush()
    os._exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guide", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for action in (_check, _new, _schema, _report):
        name, text = action.__name__.strip("_"), action.__doc__
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(action=action)
        if action is _new:
            command.add_argument("kind", help=", ".join(MODELS))
            command.add_argument("id", help="for example 2031-05-reykjavik")
        elif action is _schema:
            command.add_argument(
                "--check", action="store_true", help="only say whether the checked-in files are current"
            )
        elif action is _report:
            command.add_argument("what", choices=["coverage", "support", "draw"])
            command.add_argument("--count", type=int, default=40, help="how many claims to draw")
            command.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser


def _check(_args: argparse.Namespace) -> int:
    """Show every problem of every file in one run."""
    gc.disable()  # the process ends before there is garbage worth a pause
    _, _, findings = check.read(DOCS, BIBLIOGRAPHY)
    print(*findings, summary(findings), sep="\n")
    return 1 if errors(findings) else 0


def _new(args: argparse.Namespace) -> int:
    """Write an annotated record whose blanks are to be filled."""
    kind = new.kind_of(args.kind)
    if kind is None:
        return _refuse(f"{args.kind!r} must be one of {', '.join(MODELS)}{near(args.kind, MODELS)}")
    if not SLUG.match(args.id):
        return _refuse(f"id {args.id!r} must be lower-case ASCII words and numbers joined by hyphens")
    path = DOCS / kind / f"{args.id}.yml"
    for there in DOCS.glob(f"*/{args.id}.*"):
        return _refuse(f"id {args.id!r} must be new; {there} has it")
    path.write_text(new.record(kind, args.id), encoding="utf-8")
    print(f"{path}: fill its blanks, then run: make check")
    return 0


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _schema(args: argparse.Namespace) -> int:
    """Write the editor's schemas from the models, or say which are stale."""
    if not args.check:
        schema.write()
        return 0
    stale = schema.stale()
    for name in stale:
        print(f"hooks/guide/schema/{name}:1: must be made from the models again: guide schema [schema-stale]")
    return 1 if stale else 0


def _library() -> Library:
    corpus, entries, _ = check.read(DOCS, BIBLIOGRAPHY)
    return Library(corpus, entries)


def _report(args: argparse.Namespace) -> int:
    """Show what rests on each paragraph, what each record rests on, or claims drawn for a second reading."""
    library = _library()
    if args.what == "coverage":
        print(*report.coverage_lines(library), sep="\n")
    elif args.what == "support":
        print(*report.support_lines(library), sep="\n")
    else:
        print(*report.draw_lines(library, args.count, args.seed), sep="\n")
    return 0


if __name__ == "__main__":
    run()
