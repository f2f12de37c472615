"""What a chosen file can hold, calls, people or services: how each is looked at and brought in."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from caseapp.domain.changes import Kind
from caseapp.domain.counted import counted
from caseapp.domain.dispatch import RowProblem
from caseapp.domain.imports import ImportSummary
from caseapp.exchange.layouts import Layout
from caseapp.exchange.sheet import READ_AT_MOST
from caseapp.services.desk import Services
from caseapp.services.imports import STAGES
from caseapp.services.stages import Progress, in_stages
from caseapp.system import files
from caseapp.ui.imports.directory_source import DirectorySource
from caseapp.ui.imports.looked import Looked
from caseapp.ui.layouts.words import FIELDS

_AT_MOST = 9
_REASONS = 3
"""Reasons why rows are rejected that are told on the screen; all stand in the file of rejected rows."""
_SHARES = 0.2, 0.8
"""How much of the time it takes to read a list of people, and to compare it with ours."""


class CallsSource:
    """An export of a dispatch centre."""

    words = "Calls from dispatch"
    prompt = "Dispatch export"
    files = "Dispatch exports (*.csv *.xlsx *.txt *.json *.jsonl)"
    kinds = frozenset({Kind.CALL, Kind.IMPORT})

    def __init__(self, layout: str | Layout = "") -> None:
        self._layout = layout

    def look(self, services: Services, path: Path, progress: Progress) -> Looked:
        """Recognise the layout, unless it was chosen, and count what importing would do."""
        imports = services.imports
        first, second, third = in_stages(progress, *STAGES)
        found = imports.recognise_calls(path=path, layout=self._layout, progress=first)
        reading = imports.read_calls(path=path, layout=found.layout, progress=second)
        sample = found.sample[0] if found.sample else ()
        values = dict(zip(found.header, sample, strict=False))
        read = [
            (words, found.layout.fields[field])
            for field, words in FIELDS.items()
            if field in found.layout.fields
        ]
        columns = tuple(
            (
                words,
                f"{', '.join(source.columns)}: {' '.join(values.get(one, '') for one in source.columns)}",
            )
            for words, source in read[:_AT_MOST]
        )
        summary = imports.preview_calls(reading=reading, progress=third)
        title = found.layout.title if found.is_known else "new layout, proposed"
        return Looked(
            reading,
            summary,
            summary.how_read,
            found.is_known,
            title,
            columns,
            path,
            layout=found.layout,
            unsure=found.unsure,
        )

    def bring_in(self, services: Services, looked: Looked, progress: Progress) -> ImportSummary:
        """Write all of it."""
        return services.imports.import_calls(reading=looked.reading, path=looked.path, progress=progress)

    def rejects(self, services: Services, reading: Any) -> Iterable[bytes]:
        """The rejected rows as a file."""
        return services.imports.rejects(reading=reading)

    def counts(self, summary: ImportSummary) -> list[tuple[str, str]]:
        """The lines that only calls have, under the nouns of calls."""
        return [
            ("Calls new", f"{summary.new:,}"),
            ("Calls changed", f"{summary.changed:,}"),
            ("Calls the same", f"{summary.same:,}"),
            ("Unit responses new", f"{summary.responses_new:,}"),
        ]

    def done(self, summary: ImportSummary) -> str:
        """What was done, in a sentence."""
        new = counted(summary.new, "call")
        return f"Imported: {new} new, {summary.changed:,} changed, {summary.same:,} same."


class PeopleSource:
    """A list with a person a row."""

    words = "List of people"
    prompt = "List of people"
    files = "Tables (*.csv *.xlsx *.txt)"
    kinds = frozenset({Kind.PERSON, Kind.IMPORT})

    def look(self, services: Services, path: Path, progress: Progress) -> Looked:
        """Recognise the columns and count what importing would do."""
        lists, data = services.people_lists, files.read(path, at_most=READ_AT_MOST)
        first, then = in_stages(progress, *_SHARES)
        reading = lists.read(data=data, name=path.name, progress=first)
        columns = reading.columns.in_words()
        summary = lists.preview(reading=reading, progress=then)
        title = f"{counted(len(reading.columns.fields), 'column')} known"
        shown = (*columns[: _AT_MOST - 1], *columns[_AT_MOST - 1 :][-1:])
        unsure = tuple(_why_rejected(reading.problems))
        return Looked(reading, summary, reading.how_read, True, title, shown, path, data, unsure=unsure)

    def bring_in(self, services: Services, looked: Looked, progress: Progress) -> ImportSummary:
        """Write all of it."""
        return services.people_lists.bring_in(
            reading=looked.reading, name=looked.path.name, data=looked.data, progress=progress
        )

    def rejects(self, services: Services, reading: Any) -> Iterable[bytes]:
        """The rejected rows as a file."""
        return [services.people_lists.rejects(reading=reading)]

    def counts(self, summary: ImportSummary) -> list[tuple[str, str]]:
        """The lines that only people have, under the nouns of people."""
        return [
            ("People new", f"{summary.new:,}"),
            ("Look like somebody known", f"{summary.look_known:,}"),
            ("People changed", f"{summary.changed:,}"),
            ("People the same", f"{summary.same:,}"),
        ]

    def done(self, summary: ImportSummary) -> str:
        """What was done, in a sentence."""
        new = counted(summary.new, "person", "people")
        return f"Imported: {new} new, {summary.changed:,} changed, {summary.same:,} same."


def _why_rejected(problems: Iterable[RowProblem]) -> Iterator[str]:
    """Why rows are rejected, the commonest reasons first, with the first row of each to look at."""
    rows: dict[str, list[int]] = {}
    for one in problems:
        rows.setdefault(one.reason, []).append(one.row)
    reasons = sorted(rows, key=lambda reason: -len(rows[reason]))
    for reason in reasons[:_REASONS]:
        more = f" and {len(rows[reason]) - 1:,} more" if len(rows[reason]) > 1 else ""
        yield f"Row {rows[reason][0]}{more}: {reason}."
    if rest := sum(len(rows[reason]) for reason in reasons[_REASONS:]):
        yield f"{counted(rest, 'row')} more for other reasons: save the rejected rows to read them."


Source = CallsSource | PeopleSource | DirectorySource
SOURCES: dict[str, Source] = {
    "calls": CallsSource(),
    "people": PeopleSource(),
    "directory": DirectorySource(),
}
