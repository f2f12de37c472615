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
from uuid import UUID

from caseapp import report_commands
from caseapp.commands import (
    BROKEN,
    DONE,
    PARTLY,
    REFUSED,
    Outcome,
    Usage,
    show_progress,
    signed_in,
    with_database,
)
from caseapp.domain.access import Role
from caseapp.domain.errors import CaseAppError
from caseapp.domain.imports import ImportSummary
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import list_matching, maintenance, session
from caseapp.services.desk import Services
from caseapp.services.directory_exchange import DirectorySummary
from caseapp.store.engine import Damaged
from caseapp.system import files, hardening, logs, passwords, paths
from caseapp.system.keys import KeyFileDamaged
from caseapp.system.messages import sentence_for


class NoDisplay(CaseAppError):
    """A desk needs a screen."""

    code = "command.no-display"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    hardening.harden()
    options = _parser().parse_args(arguments)
    try:
        outcome: Outcome | int = options.run(options)
    except CaseAppError as error:
        print(sentence_for(error), file=sys.stderr)
        return BROKEN if isinstance(error, (Damaged, KeyFileDamaged)) else REFUSED
    except KeyboardInterrupt:
        print("Stopped. Nothing of it was saved.", file=sys.stderr)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="caseapp", description="The desk for follow-up after 911 calls.")
    parser.set_defaults(run=_open_desk, json=False, database=None, login=None, password_file=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    _desk_commands(commands)
    _file_commands(commands)
    _import_commands(commands)
    _way_out_commands(commands)
    _match_command(commands)
    _review_command(commands)
    report_commands.add(commands)
    return parser


def _desk_commands(commands: Any) -> None:
    demo = commands.add_parser("demo", help="make the sample agency and open the desk on it")
    demo.add_argument("--people", type=_positive, default=200)
    demo.add_argument("--seed", type=int, default=7)
    demo.add_argument("--file", type=Path)
    demo.add_argument("--no-desk", action="store_true", help="make the file and stop")
    demo.set_defaults(run=_demo)
    process = commands.add_parser("desk-process")
    process.add_argument("database", type=Path)
    process.set_defaults(run=_desk_process)
    tour = commands.add_parser("tour", help="drive the real windows through the main job")
    tour.add_argument("folder", type=Path)
    tour.add_argument("--theme", default="light,dark")
    tour.add_argument("--json", action="store_true")
    tour.set_defaults(run=_tour)


def _file_commands(commands: Any) -> None:
    create = commands.add_parser("create", help="a new encrypted database with one administrator")
    create.add_argument("file", type=Path)
    for name in ("--agency", "--time-zone", "--name", "--login"):
        create.add_argument(name, required=True)
    create.add_argument("--password-file", type=Path, required=True)
    create.add_argument("--recovery-out", type=Path)
    create.add_argument("--json", action="store_true")
    create.set_defaults(run=_create)
    verify = with_database(commands.add_parser("verify", help="check the whole file"))
    verify.set_defaults(run=signed_in(_verify))
    back_up = with_database(commands.add_parser("backup", help="an encrypted, verified copy"))
    back_up.add_argument("to", type=Path)
    back_up.set_defaults(run=signed_in(_back_up))
    restore = commands.add_parser("restore", help="put a backup in a new place")
    restore.add_argument("source", type=Path)
    restore.add_argument("--to", type=Path, required=True)
    restore.add_argument("--json", action="store_true")
    restore.set_defaults(run=_restore)


def _import_commands(commands: Any) -> None:
    importing = commands.add_parser("import", help="bring files in, or take a batch back")
    kinds = importing.add_subparsers(metavar="WHAT", required=True)
    calls = with_database(kinds.add_parser("calls", help="CSV or XLSX of a dispatch centre"))
    calls.add_argument("file", type=Path)
    layout = calls.add_mutually_exclusive_group()
    layout.add_argument("--layout", default="")
    layout.add_argument("--map", type=Path)
    calls.add_argument("--dry-run", action="store_true")
    calls.add_argument("--rejects", type=Path)
    calls.set_defaults(run=signed_in(_import_calls))
    people = with_database(kinds.add_parser("people", help="CSV or XLSX with a person a row"))
    people.add_argument("file", type=Path)
    people.add_argument("--dry-run", action="store_true")
    people.add_argument("--rejects", type=Path)
    people.set_defaults(run=signed_in(_import_people))
    directory = with_database(kinds.add_parser("directory", help="HSDS: a folder, a zip or a JSON file"))
    directory.add_argument("path", type=Path)
    directory.add_argument("--dry-run", action="store_true")
    directory.add_argument("--source", default="", help="whose list it is, where ids are not UUIDs")
    directory.add_argument("--rejects", type=Path)
    directory.set_defaults(run=signed_in(_import_directory))
    undo = with_database(kinds.add_parser("undo", help="take a batch back"))
    undo.add_argument("batch", type=_batch)
    undo.set_defaults(run=signed_in(_undo))


def _way_out_commands(commands: Any) -> None:
    export = commands.add_parser("export", help="take data out in an open form")
    kinds = export.add_subparsers(metavar="WHAT", required=True)
    calls = with_database(kinds.add_parser("calls", help="one row a call, without people"))
    calls.add_argument("out", type=Path)
    calls.set_defaults(run=signed_in(_export_calls))
    directory = with_database(kinds.add_parser("directory", help="the directory as an HSDS 3.1 package"))
    directory.add_argument("out", type=Path)
    directory.set_defaults(run=signed_in(_export_directory))
    report_commands.add_extracts(kinds)
    everything = with_database(kinds.add_parser("everything", help="the whole database as CSV"))
    everything.add_argument("folder", type=Path)
    everything.set_defaults(run=signed_in(_export_everything))
    printing = commands.add_parser("print", help="the documents of the desk, with the same consent check")
    papers = printing.add_subparsers(metavar="WHAT", required=True)
    handoff = with_database(papers.add_parser("handoff", help="the warm handoff of a referral"))
    handoff.add_argument("--referral", required=True, help="its id or its reply code")
    handoff.add_argument("--out", type=Path, required=True)
    handoff.set_defaults(run=signed_in(_print_handoff))


def _match_command(commands: Any) -> None:
    match = commands.add_parser("match", help="find the same person in one list, or in two")
    match.add_argument("people", type=Path)
    match.add_argument("against", type=Path, nargs="?")
    match.add_argument("--out", type=Path, required=True, help="the pairs as CSV")
    match.add_argument("--id", default="", help="the column that names each row")
    match.add_argument("--all", action="store_true", help="every pair compared, with its probability")
    match.add_argument("--json", action="store_true")
    match.set_defaults(run=_match)


def _review_command(commands: Any) -> None:
    review = with_database(commands.add_parser("review", help="look for people who stand twice"))
    review.add_argument("--link-certain", action="store_true", help="link the pairs that are certain")
    review.set_defaults(run=signed_in(_review))


def _open_desk(_options: argparse.Namespace) -> int:
    from caseapp import app

    if not app.has_display():
        raise NoDisplay()
    return app.run_gate(database=app.last_database())


def _desk_process(options: argparse.Namespace) -> int:
    from caseapp import app

    return app.run_desk_process(options.database)


def _demo(options: argparse.Namespace) -> Outcome | int:
    from caseapp import app

    path = app.make_sample(options.file, people=options.people, seed=options.seed)
    if options.no_desk:
        return Outcome({"file": path.name}, f"Made {path.name}. {app.SAMPLE_HINT}")
    if not app.has_display():
        print("There is no display here, so the tour runs instead, into the folder “demo”.", file=sys.stderr)
        return _tour(argparse.Namespace(folder=Path("demo"), theme="light"))
    return app.run_gate(database=path, sample_is_open=True)


def _tour(options: argparse.Namespace) -> Outcome:
    from caseapp import app

    report = app.run_tour(options.folder, themes=tuple(options.theme.split(",")))
    block = report["longest_block_ms"]
    words = f"{len(report['steps'])} steps, longest block {block} ms, into {options.folder.name}."
    return Outcome(report, words, DONE if report["ok"] else PARTLY)


def _check_room(path: Path | None) -> None:
    """A command that cannot write its file is refused before it does anything."""
    if path is not None:
        files.check_writable(path)


def _create(options: argparse.Namespace) -> Outcome:
    if options.recovery_out and options.recovery_out.exists():
        raise Usage(words=f"“{options.recovery_out.name}” exists already; choose another name")
    _check_room(options.recovery_out)
    printed = session.create(
        options.file,
        agency=Agency(name=options.agency, time_zone=options.time_zone),
        administrator=StaffDetails(options.name, options.login, Role.ADMINISTRATOR),
        password=passwords.from_file(options.password_file),
    )
    if options.recovery_out:
        sheet = session.recovery_pdf(options.agency, options.file, printed)
        files.write_atomically(options.recovery_out, sheet)
    else:
        print(f"Recovery key, shown only once: {printed}", file=sys.stderr)
    return Outcome({"file": options.file.name}, f"Made {options.file.name}.")


def _verify(services: Services, _options: argparse.Namespace) -> Outcome:
    checked = services.maintenance.verify()
    facts = {
        "ok": checked.ok,
        "checked": {
            "pages": checked.pages,
            "rows": checked.rows,
            "journal_entries": checked.journal_entries,
            "index_entries": checked.index_entries,
        },
        "problems": checked.problems,
    }
    counted = f"{checked.pages} pages, {checked.rows} rows, {checked.journal_entries} journal entries"
    words = f"Checked {counted}. " + ("All whole." if checked.ok else "\n".join(checked.problems))
    return Outcome(facts, words, DONE if checked.ok else BROKEN)


def _back_up(services: Services, options: argparse.Namespace) -> Outcome:
    checked = services.maintenance.back_up(target=options.to)
    facts = {"file": options.to.name, "rows": checked.rows, "pages": checked.pages, "verified": True}
    return Outcome(facts, f"Copied and verified {checked.rows} rows into {options.to.name}.")


def _restore(options: argparse.Namespace) -> Outcome:
    maintenance.restore(options.source, options.to)
    return Outcome(
        {"file": options.to.name},
        f"Restored {options.to.name}. Sign in to it with the passwords of that day.",
    )


def _import_calls(services: Services, options: argparse.Namespace) -> Outcome:
    _check_room(options.rejects)
    data = files.read(options.file)
    reading = services.imports.read_calls(
        data=data, name=options.file.name, map_file=options.map, layout=options.layout
    )
    if options.dry_run:
        summary = services.imports.preview_calls(reading=reading)
    else:
        summary = services.imports.import_calls(
            reading=reading, name=options.file.name, data=data, progress=show_progress
        )
    if options.rejects and reading.problems:
        files.write_atomically(options.rejects, services.imports.rejects(reading=reading))
    return _summary(summary)


def _summary(summary: ImportSummary) -> Outcome:
    facts = {
        "rows": summary.rows,
        "calls_new": summary.new,
        "calls_changed": summary.changed,
        "calls_same": summary.same,
        "responses_new": summary.responses_new,
        "rows_rejected": summary.rows_rejected,
        "rows_skipped": summary.rows_skipped,
        "warnings": summary.warnings,
        "layout": summary.layout,
        "batch": str(summary.batch) if summary.batch else None,
    }
    words = (
        f"{summary.rows} rows: {summary.new} calls new, {summary.changed} changed, {summary.same} same, "
        f"{summary.rows_rejected} rows rejected. Layout {summary.layout}, {summary.how_read}."
    )
    return Outcome(facts, words, PARTLY if summary.rows_rejected else DONE)


def _import_people(services: Services, options: argparse.Namespace) -> Outcome:
    _check_room(options.rejects)
    data, lists = files.read(options.file), services.people_lists
    reading = lists.read(data=data, name=options.file.name)
    if options.dry_run:
        summary = lists.preview(reading=reading)
    else:
        summary = lists.bring_in(reading=reading, name=options.file.name, data=data, progress=show_progress)
    if options.rejects and reading.problems:
        files.write_atomically(options.rejects, lists.rejects(reading=reading))
    return _people_summary(summary)


def _people_summary(summary: ImportSummary) -> Outcome:
    facts = {
        "rows": summary.rows,
        "people_new": summary.new,
        "people_changed": summary.changed,
        "people_same": summary.same,
        "rows_rejected": summary.rows_rejected,
        "rows_skipped": summary.rows_skipped,
        "look_known": summary.look_known,
        "warnings": summary.warnings,
        "batch": str(summary.batch) if summary.batch else None,
    }
    words = (
        f"{summary.rows} rows: {summary.new} people new, {summary.changed} changed, {summary.same} same, "
        f"{summary.rows_rejected} rows rejected; {summary.look_known} of the new look like somebody known. "
        f"Read as {summary.how_read}."
    )
    return Outcome(facts, words, PARTLY if summary.rows_rejected else DONE)


def _import_directory(services: Services, options: argparse.Namespace) -> Outcome:
    _check_room(options.rejects)
    exchange, name = services.directory_exchange, options.path.name or "directory"
    reading = exchange.read_path(path=options.path)
    if options.dry_run:
        found = exchange.preview(reading=reading, name=name, source=options.source)
    else:
        found = exchange.bring_in(reading=reading, name=name, source=options.source, progress=show_progress)
    if options.rejects and reading.notes:
        files.write_atomically(options.rejects, exchange.rejects(reading=reading))
    return _directory_summary(found)


def _directory_summary(found: DirectorySummary) -> Outcome:
    summary = found.summary
    words = (
        f"{summary.rows} rows: {summary.new} new, {summary.changed} changed, {summary.same} same, "
        f"{summary.rows_rejected} rejected; {len(found.notes)} remarks. Read as {summary.how_read}."
    )
    return Outcome(found.facts(), words, PARTLY if summary.rows_rejected else DONE)


def _export_directory(services: Services, options: argparse.Namespace) -> Outcome:
    content, counts = services.directory_exchange.export()
    files.write_atomically(options.out, content)
    words = f"Wrote {options.out.name}, {counts['service']} services, {sum(counts.values())} rows."
    return Outcome({"file": options.out.name, "tables": counts}, words)


def _undo(services: Services, options: argparse.Namespace) -> Outcome:
    undone = services.imports.undo(batch_id=options.batch)
    facts = {
        "batch": str(options.batch),
        "removed": undone.removed,
        "put_back": undone.put_back,
        "stayed": undone.stayed,
    }
    return Outcome(facts, undone.words)


def _export_calls(services: Services, options: argparse.Namespace) -> Outcome:
    content = services.calls.export()
    files.write_atomically(options.out, content)
    rows = content.count(b"\r\n") - 1
    return Outcome({"rows": rows, "file": options.out.name}, f"Wrote {options.out.name}.")


def _export_everything(services: Services, options: argparse.Namespace) -> Outcome:
    counts = services.maintenance.export_everything(folder=options.folder)
    return Outcome({"tables": counts}, f"Wrote {len(counts)} tables, {sum(counts.values())} rows.")


def _print_handoff(services: Services, options: argparse.Namespace) -> Outcome:
    referral_id = _referral(services, options.referral)
    if options.out.exists():
        raise Usage(words=f"“{options.out.name}” exists already; choose another name")
    _check_room(options.out)
    printed = services.handoff.print(referral_id=referral_id)
    files.write_atomically(options.out, printed.pdf)
    facts = {"file": options.out.name, "disclosure": printed.number}
    return Outcome(facts, f"Wrote {options.out.name}, disclosure {printed.number}.")


def _match(options: argparse.Namespace) -> Outcome:
    found = list_matching.match_files(
        options.people, options.against, key_column=options.id, keeps_all=options.all, progress=show_progress
    )
    files.write_atomically(options.out, found.table)
    facts = {name: getattr(found, name) for name in ("left", "right", "compared", "pairs", "groups")}
    words = f"{found.pairs} pairs in {found.groups} groups. Wrote {options.out.name}."
    return Outcome(facts, words)


def _review(services: Services, options: argparse.Namespace) -> Outcome:
    recognition = services.recognition
    found = recognition.look(progress=show_progress)
    linked = recognition.link_certain(progress=show_progress).pairs if options.link_certain else 0
    facts = {
        "records": found.records,
        "pairs": recognition.count(),
        "certain": recognition.certain(),
        "linked": linked,
    }
    words = (
        f"Compared {found.records} records: {facts['pairs']} pairs to review, {facts['certain']} certain, "
        f"{linked} linked."
    )
    return Outcome(facts, words)


def _referral(services: Services, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        found = services.referrals.by_reply_code(text=text)
    if found is None:
        raise Usage(words="No referral has this reply code")
    return found


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("a number from 1 to 100000")
    return number


def _batch(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("the batch that an import printed") from None
