"""Finds the same person within a list, or between two lists, without a database: nothing is stored.

Nobody's right is asked, since nothing of ours is read: the lists are the caller's own files.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.domain.matching import lists
from caseapp.domain.matching.model import THRESHOLD
from caseapp.domain.people_lists import ListedPerson
from caseapp.exchange import people_pairs, people_sheet, sheet
from caseapp.system import files, paths

Told = Callable[[str, int, int], bool]
"""What is done, how much, of how much; a False stops the work."""


class Stopped(CaseAppError):
    """Whoever asked for it stopped it."""

    code = "match.stopped"


@dataclass(frozen=True, slots=True)
class ListsMatched:
    """How many records were read, how many pairs and groups were found, and the pairs as CSV."""

    left: int
    right: int
    compared: int
    pairs: int
    groups: int
    table: bytes


def match_files(
    left: Path, right: Path | None, *, key_column: str = "", keeps_all: bool = False, progress: Told
) -> ListsMatched:
    """Compare one file with itself, or two with each other; CSV or XLSX.

    Raises NotPeople where a file has no column of names, NoSuchColumn for an unknown `key_column`, and
    what reading a file raises.
    """
    mine = _read(left, key_column)
    others = _read(right, key_column) if right else []
    profiles = [people_pairs.profile_of(one) for one in (*mine, *others)]

    def tick(share: float) -> None:
        if not progress("Comparing", round(share * 100), 100):
            raise Stopped()

    boundary = len(mine) if right else None
    found = lists.match(profiles, boundary=boundary, keeps_all=keeps_all, tick=tick)
    return ListsMatched(
        left=len(mine),
        right=len(others),
        compared=found.compared,
        pairs=sum(one.probability >= THRESHOLD for one in found.matches),
        groups=len(found.groups),
        table=people_pairs.write_pairs(found.matches, _ids(mine) + _ids(others), found.model),
    )


def _read(file: Path, key_column: str) -> list[ListedPerson]:
    content = sheet.read(files.read(file), file.name)
    columns = paths.resource("recogniser", "people-columns.toml")
    today = date.today()  # noqa: DTZ011 - ages in a file without dates are as of the day on this desk
    return list(people_sheet.every_row(content, columns_file=columns, today=today, key_column=key_column))


def _ids(people: list[ListedPerson]) -> list[str]:
    """The list's own ids where each row has another one, else the numbers of the rows."""
    counts = Counter(one.key for one in people)
    has_ids = "" not in counts and all(number == 1 for number in counts.values())
    return [one.key if has_ids else str(one.row) for one in people]
