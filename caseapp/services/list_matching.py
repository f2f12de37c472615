"""Finds the same person within a list, between two lists, or between a list and our people; imports nothing.

`match_files` is without a database and asks no right, since the lists are the caller's own files; the service
looks at our people, and so asks for rights and is journaled.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.errors import CaseAppError
from caseapp.domain.matching import lists
from caseapp.domain.matching.candidates import TICK_EVERY
from caseapp.domain.matching.lists import Match
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.row_numbers import without_row_numbers
from caseapp.domain.matching.traits import as_percent, profile_of
from caseapp.domain.people import PersonDetails
from caseapp.domain.people_lists import ColumnsRead, ListedPerson
from caseapp.exchange import people_pairs, people_sheet, sheet
from caseapp.services.context import Service, utc_now, verb
from caseapp.services.groups import open_groups
from caseapp.services.list_sides import Side, side_of, sides_of_ours
from caseapp.services.stages import Progress, in_stages
from caseapp.system import files, memory, paths

_SHARES = 0.2, 0.8
"""How much of the time it takes to read the lists, and to compare them."""


class MatchingStopped(CaseAppError):
    """Whoever asked for it stopped it."""

    code = "match.stopped"


@dataclass(frozen=True, slots=True)
class ListsMatched:
    """How many records were read, how many pairs and groups were found, and the pairs as CSV.

    `is_by_row` says that a list whose ids do not name each row has its rows named by their numbers; `read_as`
    how the columns of each list were understood.
    """

    left: int
    right: int
    compared: int
    pairs: int
    groups: int
    table: bytes
    is_by_row: bool
    read_as: tuple[ColumnsRead, ...]


@dataclass(frozen=True, slots=True)
class ListPair:
    """Two records that are taken to be one person, for somebody to look at."""

    id: int
    left: Side
    right: Side
    probability: float
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        """As it is shown."""
        return as_percent(self.probability)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A comparison on the screen, how the columns of each list were understood, and what saving it needs."""

    left: int
    right: int
    read_as: tuple[ColumnsRead, ...]
    pairs: tuple[ListPair, ...]
    matches: tuple[Match, ...]
    ids: tuple[str, ...]
    model: Model
    mark: str
    """Of these very lists, compared like this: what was left out of them before is known again by it."""

    def key_of(self, pair: ListPair) -> str:
        """The two records of a pair, as they are told in the same lists another time."""
        match = self.matches[pair.id]
        return f"{self.ids[match.low]} {self.ids[match.high]}"


class ListMatchingService(Service):
    """Compares lists for review; what is taken out is asked for and journaled like every export."""

    @verb(Right.IMPORT)
    @memory.uncollected()
    def match(
        self, *, left: Path, right: Path | None = None, with_ours: bool = False, progress: Progress
    ) -> Reviewed:
        """Compare a list with our people, with another list, or with itself; writes nothing but the look.

        Raises MatchingStopped and what reading a file raises. People whose record is sealed are not compared.
        """
        reading, comparing = in_stages(progress, *_SHARES)
        read_as, (mine, others) = _read_both(left, right, today=self._context.today(), progress=reading)
        ours = self._ours() if with_ours else {}
        look = _ticking(comparing)
        theirs = _profiles(others, look) or [profile_of(details) for details in ours.values()]
        sides_of = _profiles(mine, look), theirs
        profiles = without_row_numbers(*sides_of)
        boundary = len(mine) if right or with_ours else None
        found = lists.match(profiles, boundary=boundary, tick=look)
        likely = sorted(
            (one for one in found.matches if one.probability >= THRESHOLD),
            key=lambda one: (-one.probability, one.low, one.high),
        )
        sides = [side_of(one) for one in (*mine, *others)]
        if with_ours:
            matches, pairs = self._with_people(likely, sides, list(ours), found.model)
        else:
            matches, pairs = likely, _pairs(likely, sides, found.model)
        return Reviewed(
            left=len(mine),
            right=len(others) + len(ours),
            read_as=read_as,
            pairs=tuple(pairs),
            matches=tuple(matches),
            ids=(*_ids(mine), *_ids(others), *(str(one) for one in ours)),
            model=found.model,
            mark=_mark(left, right, with_ours=with_ours),
        )

    @verb(Right.EXPORT)
    def save(self, *, reviewed: Reviewed, left_out: frozenset[int] = frozenset()) -> bytes:
        """The pairs as CSV, without those that somebody left out; the way out is journaled."""
        kept = [pair for pair in reviewed.pairs if pair.id not in left_out]
        people = {
            side.person_id for pair in kept for side in (pair.left, pair.right) if side.person_id is not None
        }
        with self._context.write("match.export") as work:
            for person_id in sorted(self._context.closed(work, people)):
                self._context.open_person(work, person_id, verb="match.export")
            work.note("exported", detail={"pairs": len(kept)}, subjects=tuple(sorted(people)))
            work.commit()
        matches = [reviewed.matches[pair.id] for pair in kept]
        return people_pairs.write_pairs(matches, reviewed.ids, reviewed.model)

    def _ours(self) -> dict[UUID, PersonDetails]:
        with self._context.read("match.read") as work:
            return work.known.facts(work.known.everybody())

    def _with_people(
        self, found: list[Match], sides: list[Side], ours: list[UUID], model: Model
    ) -> tuple[list[Match], list[ListPair]]:
        """Each person of ours once a row, with all their records; whoever was compared is journaled."""
        first = len(sides)
        with self._context.write("match.people") as work:
            wholes = open_groups(self._context, work, {ours[one.high - first] for one in found})
            best: dict[tuple[int, UUID], Match] = {}
            for one in found:
                whole = wholes.get(ours[one.high - first])
                if whole is not None:
                    best.setdefault((one.low, whole.id), one)
            people = sides_of_ours(self._context, work, {whole.id: whole for whole in wholes.values()})
            work.note("matched", detail={"pairs": len(best)}, subjects=tuple(sorted(people)))
            work.commit()
        both = [(sides[low], people[one], match) for (low, one), match in best.items()]
        pairs = [_pair(number, *each, model) for number, each in enumerate(both)]
        return list(best.values()), pairs


@memory.uncollected()
def match_files(
    left: Path, right: Path | None, *, key_column: str = "", keeps_all: bool = False, progress: Progress
) -> ListsMatched:
    """Compare one file with itself, or two with each other; CSV or XLSX.

    Raises NotPeople where a file has no column of names, NoSuchColumn for an unknown `key_column`, and
    what reading a file raises.
    """
    reading, comparing = in_stages(progress, *_SHARES)
    today = utc_now().astimezone().date()
    read_as, (mine, others) = _read_both(left, right, key_column, today=today, progress=reading)
    look = _ticking(comparing)
    profiles = without_row_numbers(_profiles(mine, look), _profiles(others, look))
    boundary = len(mine) if right else None
    found = lists.match(profiles, boundary=boundary, keeps_all=keeps_all, tick=look)
    return ListsMatched(
        left=len(mine),
        right=len(others),
        compared=found.compared,
        pairs=sum(one.probability >= THRESHOLD for one in found.matches),
        groups=len(found.groups),
        table=people_pairs.write_pairs(found.matches, _ids(mine) + _ids(others), found.model),
        is_by_row=not (_has_ids(mine) and _has_ids(others)),
        read_as=read_as,
    )


def _profiles(people: Iterable[ListedPerson], look: Callable[[float], None]) -> list[Profile]:
    found = []
    for place, one in enumerate(people):
        if not place % TICK_EVERY:
            look(0.0)
        found.append(people_pairs.profile_of(one))
    return found


def _ticking(progress: Progress) -> Callable[[float], None]:
    def tick(share: float) -> None:
        if not progress("Comparing", round(share * 100), 100):
            raise MatchingStopped()

    return tick


def _pair(number: int, left: Side, right: Side, match: Match, model: Model) -> ListPair:
    return ListPair(number, left, right, match.probability, people_pairs.reasons_of(match, model))


def _pairs(matches: list[Match], sides: list[Side], model: Model) -> list[ListPair]:
    return [_pair(number, sides[one.low], sides[one.high], one, model) for number, one in enumerate(matches)]


def _read_both(
    left: Path, right: Path | None, key_column: str = "", *, today: date, progress: Progress
) -> tuple[tuple[ColumnsRead, ...], tuple[list[ListedPerson], list[ListedPerson]]]:
    """How the columns of each list were understood, and the rows of both; none of one that is not there.

    Ages in a list without dates are as of `today`.
    """
    wanted = [file for file in (left, right) if file]
    stages = in_stages(progress, *[1.0] * len(wanted))
    read = [_read(file, key_column, today, stage) for file, stage in zip(wanted, stages, strict=True)]
    people = [rows for _columns, rows in read]
    return tuple(columns for columns, _rows in read), (people[0], people[1] if right else [])


def _read(
    file: Path, key_column: str, today: date, progress: Progress
) -> tuple[ColumnsRead, list[ListedPerson]]:
    content = sheet.read(files.read(file, at_most=sheet.READ_AT_MOST), file.name)
    names = paths.resource("recogniser", "people-columns.toml")
    columns = people_sheet.columns_read(content, columns_file=names, key_column=key_column)
    rows = list[ListedPerson]()
    for one in people_sheet.every_row(content, columns_file=names, today=today, key_column=key_column):
        if not len(rows) % TICK_EVERY and not progress("Reading", len(rows), len(content.rows)):
            raise MatchingStopped()
        rows.append(one)
    return columns, rows


def _mark(left: Path, right: Path | None, *, with_ours: bool) -> str:
    content = sha256(b"ours" if with_ours else b"")
    for file in filter(None, (left, right)):
        content.update(bytes.fromhex(files.digest_of(file)))
    return content.hexdigest()[:32]


def _ids(people: list[ListedPerson]) -> list[str]:
    """The list's own ids where each row has another one, else the numbers of the rows."""
    has_ids = _has_ids(people)
    return [one.key if has_ids else str(one.row) for one in people]


def _has_ids(people: list[ListedPerson]) -> bool:
    counts = Counter(one.key for one in people)
    return "" not in counts and all(number == 1 for number in counts.values())
