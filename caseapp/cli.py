"""The command line: parse, call a service, print; no rule of its own.

Exit status: 0 done; 1 done, with rows rejected or checks not holding; 2 refused, with one sentence;
3 the data is damaged. Results go to standard output, messages to standard error.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caseapp import desk_commands, file_commands, import_commands, print_commands, report_commands
from caseapp.commands import (
    BROKEN,
    JSON_HELP,
    REFUSED,
    Outcome,
    Parser,
    Stopped,
    check_outputs,
    show_progress,
    signed_in,
    with_database,
)
from caseapp.domain.counted import counted
from caseapp.domain.errors import CaseAppError
from caseapp.services import list_matching
from caseapp.services.desk import Services
from caseapp.store.failures import Damaged
from caseapp.system import files, hardening, logs, paths
from caseapp.system.keys import KeyFileDamaged
from caseapp.system.messages import sentence_for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    hardening.harden()
    options = every_command().parse_args(arguments)
    try:
        check_outputs(options)
        outcome: Outcome | int = options.run(options)
    except CaseAppError as error:
        print(sentence_for(error), file=sys.stderr)
        return BROKEN if isinstance(error, (Damaged, KeyFileDamaged)) else REFUSED
    except KeyboardInterrupt:
        print(sentence_for(Stopped()), file=sys.stderr)
        return REFUSED
    except Exception as error:
        logs.start(paths.state_folder())
        number = logs.report(error)
        print(f"This should not happen. Nothing was saved. Report {number} is in the log.", file=sys.stderr)
        return REFUSED
    if isinstance(outcome, int):
        return outcome
    print(json.dumps(outcome.facts, default=str) if getattr(options, "json", False) else outcome.words)
    return outcome.status


def every_command() -> argparse.ArgumentParser:
    """The words of all commands."""
    parser = Parser(prog="caseapp", description="The desk for follow-up after 911 calls.")
    parser.set_defaults(
        run=desk_commands.open_desk, json=False, database=None, login=None, password_file=None
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    desk_commands.add(commands)
    file_commands.add(commands)
    import_commands.add(commands)
    _way_out_commands(commands)
    _match_command(commands)
    _review_command(commands)
    print_commands.add(commands)
    report_commands.add(commands)
    return parser


def _way_out_commands(commands: Any) -> None:
    export = commands.add_parser("export", help="take data out in an open form")
    kinds = export.add_subparsers(metavar="WHAT", required=True)
    calls = with_database(kinds.add_parser("calls", help="one row a call, without people"))
    calls.add_argument("out", type=Path, help="the CSV file to write")
    calls.set_defaults(run=signed_in(_export_calls))
    directory = with_database(kinds.add_parser("directory", help="the directory as an HSDS 3.1 package"))
    directory.add_argument("out", type=Path, help="the zip file to write")
    directory.set_defaults(run=signed_in(_export_directory))
    report_commands.add_extracts(kinds)
    everything = with_database(kinds.add_parser("everything", help="the whole database as CSV"))
    everything.add_argument("folder", type=Path, help="a folder that is new or empty")
    everything.set_defaults(run=signed_in(_export_everything))


def _match_command(commands: Any) -> None:
    match = commands.add_parser("match", help="find the same person in one list, or in two")
    match.add_argument("people", type=Path, help="a list of people as CSV or XLSX, one a row")
    match.add_argument("against", type=Path, nargs="?", help="the other list; without it, the list itself")
    match.add_argument("--out", type=Path, required=True, help="the pairs as CSV")
    match.add_argument("--id", default="", help="the column that names each row")
    match.add_argument("--all", action="store_true", help="every pair compared, with its probability")
    match.add_argument("--json", action="store_true", help=JSON_HELP)
    match.set_defaults(run=_match)


def _review_command(commands: Any) -> None:
    review = with_database(commands.add_parser("review", help="look for people who stand twice"))
    review.add_argument("--link-certain", action="store_true", help="link the pairs that are certain")
    review.set_defaults(run=signed_in(_review))


def _export_directory(services: Services, options: argparse.Namespace) -> Outcome:
    content, counts = services.directory_exchange.export()
    files.write_atomically(options.out, content)
    words = f"Wrote {options.out.name}, {counts['service']} services, {sum(counts.values())} rows."
    return Outcome({"file": options.out.name, "tables": counts}, words)


def _export_calls(services: Services, options: argparse.Namespace) -> Outcome:
    rows = services.calls.export(out=options.out, progress=show_progress)
    return Outcome({"rows": rows, "file": options.out.name}, f"Wrote {options.out.name}.")


def _export_everything(services: Services, options: argparse.Namespace) -> Outcome:
    counts = services.maintenance.export_everything(folder=options.folder)
    return Outcome({"tables": counts}, f"Wrote {len(counts)} tables, {sum(counts.values())} rows.")


def _match(options: argparse.Namespace) -> Outcome:
    found = list_matching.match_files(
        options.people, options.against, key_column=options.id, keeps_all=options.all, progress=show_progress
    )
    files.write_atomically(options.out, found.table)
    facts = {name: getattr(found, name) for name in ("left", "right", "compared", "pairs", "groups")}
    numbered = (
        f"Rows are named by their numbers: “{options.id}” is empty or the same in several. "
        if options.id and found.is_by_row
        else ""
    )
    lists = [one.name for one in (options.people, options.against) if one]
    read_as = list(zip(lists, found.read_as, strict=True))
    words = (
        f"{counted(found.pairs, 'pair')} in {counted(found.groups, 'group')}. {numbered}"
        f"Wrote {options.out.name}."
    )
    columns = [{"file": name, "read": one.fields, "not_read": one.unread} for name, one in read_as]
    return Outcome(
        {**facts, "columns": columns}, "\n".join([*(one.sentence(name) for name, one in read_as), words])
    )


def _review(services: Services, options: argparse.Namespace) -> Outcome:
    recognition, certain_links = services.recognition, services.certain_links
    found = recognition.look(progress=show_progress)
    linked = certain_links.link(progress=show_progress).pairs if options.link_certain else 0
    facts = {
        "records": found.records,
        "pairs": recognition.count(),
        "certain": certain_links.count(),
        "linked": linked,
    }
    words = (
        f"Compared {counted(found.records, 'record')}: {counted(facts['pairs'], 'pair')} to review, "
        f"{facts['certain']:,} certain, {linked:,} linked."
    )
    return Outcome(facts, words)
