"""Imports from the command line: calls, people and directories in, and a batch taken back."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

from caseapp.commands import (
    DONE,
    PARTLY,
    Outcome,
    Usage,
    show_progress,
    signed_in,
    with_database,
)
from caseapp.domain.counted import counted
from caseapp.domain.imports import ImportSummary
from caseapp.domain.people_lists import ColumnsRead
from caseapp.exchange.sheet import READ_AT_MOST
from caseapp.services.call_files import Recognition
from caseapp.services.desk import Services
from caseapp.services.directory_exchange import DirectorySummary
from caseapp.services.imports import STAGES
from caseapp.services.stages import in_stages
from caseapp.services.watched_folder import STILL, Orders, Swept
from caseapp.system import files
from caseapp.system.messages import sentence_for


def add(commands: Any) -> None:
    """Put the imports beside the others."""
    importing = commands.add_parser("import", help="bring files in, or take a batch back")
    kinds = importing.add_subparsers(metavar="WHAT", required=True)
    calls = with_database(kinds.add_parser("calls", help="CSV, XLSX or JSON of a dispatch centre"))
    calls.add_argument("file", type=Path, nargs="?", help="the export; none with --watch")
    calls.add_argument("--watch", type=Path, metavar="DIR", help="bring in what is put into this folder")
    calls.add_argument("--once", action="store_true", help="with --watch: what lies there now, then end")
    layout = calls.add_mutually_exclusive_group()
    layout.add_argument("--layout", default="", metavar="NAME-or-FILE", help="a layout, or its TOML file")
    layout.add_argument("--map", type=Path, help="a TOML file that says which column is what")
    _looked_at_first(calls)
    calls.set_defaults(run=signed_in(_import_calls))
    people = with_database(kinds.add_parser("people", help="CSV or XLSX with a person a row"))
    people.add_argument("file", type=Path, help="the list")
    _looked_at_first(people)
    people.set_defaults(run=signed_in(_import_people))
    directory = with_database(kinds.add_parser("directory", help="HSDS: a folder, a zip or a JSON file"))
    directory.add_argument("path", type=Path, help="the folder, zip or JSON file")
    directory.add_argument("--source", default="", help="whose list it is, where ids are not UUIDs")
    _looked_at_first(directory)
    directory.set_defaults(run=signed_in(_import_directory))
    undo = with_database(kinds.add_parser("undo", help="take a batch back"))
    undo.add_argument("batch", type=_batch, help="the number that the import told at its end")
    undo.set_defaults(run=signed_in(_undo))


def _looked_at_first(importing: argparse.ArgumentParser) -> None:
    importing.add_argument("--dry-run", action="store_true", help="tell what it would do, and do nothing")
    importing.add_argument("--rejects", type=Path, help="a CSV file for the rows that could not be read")


def _watch(services: Services, options: argparse.Namespace) -> Outcome:
    """Sweep the folder again and again; each file is told in a line of its own as it is done."""
    orders = Orders(options.watch, options.layout, options.map)
    found: list[dict[str, object]] = []
    pause = Event()
    while True:
        for one in services.watched_folder.sweep(orders=orders):
            facts = _swept(one)
            found.append(facts)
            if not options.once:
                print(json.dumps(facts) if options.json else facts["words"], flush=True)
        if options.once and not services.watched_folder.waiting(folder=options.watch):
            break
        pause.wait(STILL + 0.1)
    wrong = any(one["problem"] or one["rows_rejected"] for one in found)
    words = "\n".join(str(one["words"]) for one in found) or "Nothing lies there."
    return Outcome({"files": found}, words, PARTLY if wrong else DONE)


def _swept(one: Swept) -> dict[str, object]:
    summary = one.summary
    told = [sentence_for(one.error)] if one.error else []
    if summary is not None:
        told.insert(0, f"{one.file}: {_summary(summary).words}")
    words = " ".join(told) or f"{one.file}: was imported before."
    return {
        "file": one.file,
        "problem": sentence_for(one.error) if one.error else "",
        "rows": summary.rows if summary else 0,
        "calls_new": summary.new if summary else 0,
        "rows_rejected": summary.rows_rejected if summary else 0,
        "batch": str(summary.batch) if summary and summary.batch else None,
        "words": words,
    }


def _import_calls(services: Services, options: argparse.Namespace) -> Outcome:
    if (options.file is None) == (options.watch is None):
        raise Usage(words="Name a file, or a folder with --watch")
    if options.watch is not None:
        return _watch(services, options)
    imports = services.imports
    finding, looking, rest = in_stages(show_progress, *(STAGES if options.dry_run else (0, *STAGES[1:])))
    found: Recognition | None = None
    if options.dry_run:
        found = imports.recognise_calls(
            path=options.file, map_file=options.map, layout=options.layout, progress=finding
        )
    reading = imports.read_calls(
        path=options.file,
        map_file=None if found else options.map,
        layout=found.layout if found else options.layout,
        progress=looking,
    )
    if options.dry_run:
        summary = imports.preview_calls(reading=reading, progress=rest)
    else:
        summary = imports.import_calls(reading=reading, path=options.file, progress=rest)
    if options.rejects and summary.rows_rejected:
        files.write_pieces(options.rejects, imports.rejects(reading=reading))
    return _understood(_summary(summary), found) if found else _summary(summary)


def _understood(outcome: Outcome, found: Recognition) -> Outcome:
    """A dry run tells of a layout that was proposed which column is what, and what to look at."""
    fields = {field: list(source.columns) for field, source in found.layout.fields.items()}
    facts = {**outcome.facts, "is_known": found.is_known, "fields": fields, "unsure": list(found.unsure)}
    if found.is_known:
        return replace(outcome, facts=facts)
    lines = [f"{field.replace('_', ' ')}: {', '.join(columns)}" for field, columns in fields.items()]
    lines += ["Please look at: " + " ".join(found.unsure)] if found.unsure else []
    return replace(outcome, facts=facts, words="\n".join((outcome.words, *lines)))


def _summary(summary: ImportSummary) -> Outcome:
    return _counted(
        summary,
        "calls",
        "call",
        f". Layout {summary.layout}, {summary.how_read}.",
        responses_new=summary.responses_new,
        rows_further=summary.rows_further,
        types_new=summary.types_new,
        layout=summary.layout,
    )


def _counted(summary: ImportSummary, noun: str, one: str, further: str, **facts: object) -> Outcome:
    """The counts that every import of rows tells, and what is told of these rows alone."""
    counts = {
        "rows": summary.rows,
        f"{noun}_new": summary.new,
        f"{noun}_changed": summary.changed,
        f"{noun}_same": summary.same,
        "rows_rejected": summary.rows_rejected,
        "rows_skipped": summary.rows_skipped,
        "warnings": summary.warnings,
        "batch": str(summary.batch) if summary.batch else None,
    }
    words = (
        f"{counted(summary.rows, 'row')}: {counted(summary.new, one, noun)} new, "
        f"{summary.changed:,} changed, {summary.same:,} same, "
        f"{counted(summary.rows_rejected, 'row')} rejected{further}{_noticed(summary)}{_way_back(summary)}"
    )
    return Outcome({**counts, **facts}, words, PARTLY if summary.rows_rejected else DONE)


def _noticed(summary: ImportSummary) -> str:
    """What was dropped or looks odd, as the desk says it; nothing where all is well."""
    words = summary.noticed
    return f" Noticed: {words}." if words else ""


def _way_back(summary: ImportSummary) -> str:
    """How to take back what was saved; nothing where nothing was."""
    return f" To take it back: caseapp import undo {summary.batch}" if summary.batch else ""


def _import_people(services: Services, options: argparse.Namespace) -> Outcome:
    data, lists = files.read(options.file, at_most=READ_AT_MOST), services.people_lists
    reading = lists.read(data=data, name=options.file.name, progress=show_progress)
    if options.dry_run:
        summary = lists.preview(reading=reading, progress=show_progress)
    else:
        summary = lists.bring_in(reading=reading, name=options.file.name, data=data, progress=show_progress)
    if options.rejects and reading.problems:
        files.write_atomically(options.rejects, lists.rejects(reading=reading))
    done = _people_summary(summary)
    return _columns(done, reading.columns, options.file.name) if options.dry_run else done


def _columns(outcome: Outcome, columns: ColumnsRead, name: str) -> Outcome:
    """A dry run tells how the columns were understood: what was not read would be lost."""
    facts = {**outcome.facts, "columns": {"read": columns.fields, "not_read": columns.unread}}
    return replace(outcome, facts=facts, words="\n".join((columns.sentence(name), outcome.words)))


def _people_summary(summary: ImportSummary) -> Outcome:
    further = f"; {summary.look_known} of the new look like somebody known. Read as {summary.how_read}."
    return _counted(summary, "people", "person", further, look_known=summary.look_known)


def _import_directory(services: Services, options: argparse.Namespace) -> Outcome:
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
        f"{counted(summary.rows, 'row')}: {summary.new:,} new, {summary.changed:,} changed, "
        f"{summary.same:,} same, {summary.rows_rejected:,} rejected; {counted(len(found.notes), 'remark')}. "
        f"Read as {summary.how_read}.{_way_back(summary)}"
    )
    return Outcome(found.facts(), words, PARTLY if summary.rows_rejected else DONE)


def _undo(services: Services, options: argparse.Namespace) -> Outcome:
    undone = services.imports.undo(batch_id=options.batch, progress=show_progress)
    facts = {
        "batch": str(options.batch),
        "removed": undone.removed,
        "put_back": undone.put_back,
        "stayed": undone.stayed,
    }
    return Outcome(facts, undone.words)


def _batch(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("the batch that an import printed") from None
