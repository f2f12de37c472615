"""The desk from the command line: opened, on a sample agency, or walked through by the tour."""

import argparse
import sys
from pathlib import Path
from typing import Any

from caseapp.commands import (
    DONE,
    JSON_HELP,
    PARTLY,
    Outcome,
)
from caseapp.domain.errors import CaseAppError
from caseapp.system import paths


class NoDisplay(CaseAppError):
    """A desk needs a screen."""

    code = "command.no-display"


def add(commands: Any) -> None:
    """Put the commands that open a window beside the others."""
    demo = commands.add_parser("demo", help="make the sample agency and open the desk on it")
    _add_size(demo)
    demo.add_argument("--file", type=Path, help="where to make it; else among the program's own data")
    demo.add_argument("--fresh", action="store_true", help="make it anew, without what was tried in it")
    demo.add_argument("--no-desk", action="store_true", help="make the file and stop")
    demo.set_defaults(run=_demo)
    process = commands.add_parser("desk-process")
    process.add_argument("database", type=Path, help="the file")
    process.set_defaults(run=_desk_process)
    tour = commands.add_parser("tour", help="drive the real windows through the main job")
    tour.add_argument("folder", type=Path, help="where the pictures go")
    tour.add_argument(
        "--theme",
        type=_themes,
        default=("light", "dark"),
        help="themes, with commas between; light and dark where nothing is said",
    )
    tour.add_argument("--json", action="store_true", help=JSON_HELP)
    _add_size(tour)
    tour.set_defaults(run=_tour)


def _add_size(command: Any) -> None:
    """How many people the sample agency has, and which ones."""
    command.add_argument(
        "--people", type=_positive, default=200, help="how many people it has; 200 where nothing is said"
    )
    command.add_argument("--seed", type=int, default=7, help="another number makes other people")


def open_desk(_options: argparse.Namespace) -> int:
    from caseapp import app

    if not app.has_display():
        raise NoDisplay()
    return app.run_gate(database=app.last_database())


def _desk_process(options: argparse.Namespace) -> int:
    from caseapp import app

    return app.run_desk_process(options.database)


def _demo(options: argparse.Namespace) -> Outcome | int:
    from caseapp import app

    if not options.no_desk and not app.has_display():
        print("There is no display here, so the tour runs instead, into the folder “demo”.", file=sys.stderr)
        return _tour(argparse.Namespace(folder=Path("demo"), theme=("light",), **_size(options)))
    path = app.make_sample(options.file, fresh=options.fresh, **_size(options))
    if options.no_desk:
        return Outcome({"file": path.name}, f"Made {path.name}. {app.SAMPLE_HINT}")
    return app.run_gate(database=path, sample_is_open=True)


def _size(options: argparse.Namespace) -> dict[str, int]:
    return {"people": options.people, "seed": options.seed}


def _themes(text: str) -> tuple[str, ...]:
    known = sorted(file.stem for file in paths.resource("themes").glob("*.toml"))
    names = tuple(name.strip() for name in text.split(","))
    if not set(names) <= set(known):
        raise argparse.ArgumentTypeError(f"choose among {', '.join(known)}, with commas between")
    return names


def _tour(options: argparse.Namespace) -> Outcome:
    from caseapp import app

    report = app.run_tour(options.folder, themes=options.theme, people=options.people, seed=options.seed)
    block = report["longest_block_ms"]
    words = f"{len(report['steps'])} steps, longest block {block} ms, into {options.folder.name}."
    return Outcome(report, words, DONE if report["ok"] else PARTLY)


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("a number from 1 to 100000")
    return number
