"""A directory of services, as the import screen looks at it and brings it in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from caseapp.domain.changes import Kind
from caseapp.domain.counted import counted
from caseapp.domain.imports import ImportSummary
from caseapp.services.desk import Services
from caseapp.services.stages import Progress
from caseapp.system import files
from caseapp.ui.imports.looked import Looked

_SHOWN = 9


class DirectorySource:
    """HSDS: a zip of CSV or a JSON file."""

    words = "Directory of services"
    prompt = "Directory (HSDS)"
    files = "Directories (*.zip *.json *.csv)"
    kinds = frozenset({Kind.DIRECTORY, Kind.IMPORT})

    def look(self, services: Services, path: Path, progress: Progress) -> Looked:
        """Recognise the tables and count what importing would do."""
        del progress
        exchange, data, name = services.directory_exchange, files.read(path), path.name
        reading = exchange.read_bytes(data=data, name=name)
        found = exchange.preview(reading=reading, name=name)
        largest = sorted(found.tables.items(), key=lambda pair: -pair[1].new - pair[1].same - pair[1].changed)
        columns = tuple(
            (
                table.replace("_", " "),
                f"{counts.new:,} new, {counts.changed:,} changed, {counts.same:,} same, "
                f"{counts.rejected:,} rejected",
            )
            for table, counts in largest[:_SHOWN]
        )
        title = f"{len(found.tables)} tables, source {found.source}"
        return Looked(reading, found.summary, reading.how_read, True, title, columns, path)

    def bring_in(self, services: Services, looked: Looked, progress: Progress) -> ImportSummary:
        """Write all of it; what was read is all that is needed of the file."""
        reading, name = looked.reading, looked.path.name
        return services.directory_exchange.bring_in(reading=reading, name=name, progress=progress).summary

    def rejects(self, services: Services, reading: Any) -> Iterable[bytes]:
        """What is wrong, row by row."""
        return [services.directory_exchange.rejects(reading=reading)]

    def counts(self, summary: ImportSummary) -> list[tuple[str, str]]:
        """The lines that every directory has."""
        return [
            ("Rows new", f"{summary.new:,}"),
            ("Rows changed", f"{summary.changed:,}"),
            ("Rows the same", f"{summary.same:,}"),
        ]

    def done(self, summary: ImportSummary) -> str:
        """What was done, in a sentence."""
        new = counted(summary.new, "row")
        return f"Imported: {new} new, {summary.changed:,} changed, {summary.same:,} same."
