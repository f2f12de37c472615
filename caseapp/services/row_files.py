"""Any number of rows into a CSV file: they flow from the database, and few are ever held."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import cells
from caseapp.services.context import Context
from caseapp.services.stages import Progress
from caseapp.system import files

_EACH = 2000
"""Rows between two looks at whether to go on."""


class ExportStopped(CaseAppError):
    """Somebody stopped the export before its file was whole."""

    code = "export.stopped"


def write_rows(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    whole: Callable[[int], object] = lambda _count: None,
) -> int:
    """Write the rows and return how many there were; `whole` is told before the file takes its name.

    Raises CannotWrite, BelongsToDatabase, or what `rows` and `whole` raise; then a file that was there
    before stays as it was, and nothing remains of the other.
    """
    count = 0

    def counting() -> Iterator[Sequence[str]]:
        nonlocal count
        for count, row in enumerate(rows, start=1):  # noqa: B007
            yield row

    def pieces() -> Iterator[bytes]:
        yield from cells.csv_pieces(header, counting())
        whole(count)

    files.write_pieces(path, pieces())
    return count


def export_rows(
    context: Context,
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    verb: str,
    what: str,
) -> int:
    """The same of an export, which stands in the journal before anybody can read its file."""

    def journal(count: int) -> None:
        with context.write(verb) as work:
            work.note("exported", detail={"format": what, "rows": count})
            work.commit()

    return write_rows(path, header, rows, whole=journal)


def watched(
    rows: Iterable[Sequence[str]], progress: Progress, words: str, total: int
) -> Iterator[Sequence[str]]:
    """The rows, told of as they go by; raises ExportStopped once `progress` says not to go on."""
    for done, row in enumerate(rows):
        if done % _EACH == 0 and not progress(words, done, total):
            raise ExportStopped()
        yield row
