"""Keeps the pairs that wait for a judgement, and the agency's own weights."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, union

from caseapp.domain.judgements import worth
from caseapp.store.bulk import table_of
from caseapp.store.chunks import MANY, chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import EncounterRow
from caseapp.store.tables.people import PersonRow, RecognitionBegunRow, RecognitionWeightsRow, ReviewPairRow

_NOBODY: frozenset[UUID] = frozenset()
_PAIR, _BEGUN = table_of(ReviewPairRow), table_of(RecognitionBegunRow)
_MET, _PERSON = table_of(EncounterRow), table_of(PersonRow)
_VERSION = select(table_of(RecognitionWeightsRow).c.version)


class FoundPair(NamedTuple):
    """A pair as the search found it; `evidence` is the same as long as the records say the same.

    `reasons` are what of it is shown.
    """

    left_id: UUID
    right_id: UUID
    probability: float
    reasons: tuple[str, ...]
    evidence: str


class StoredPair(NamedTuple):
    """A pair that waits."""

    id: UUID
    left_id: UUID
    right_id: UUID
    probability: float
    reasons: tuple[str, ...]
    evidence: str
    is_put_off: bool

    @property
    def people(self) -> tuple[UUID, UUID]:
        return self.left_id, self.right_id


class ReviewStore(Repository):
    """Reads and writes waiting pairs."""

    def waiting(
        self, *, limit: int, offset: int = 0, besides: AbstractSet[UUID] = _NOBODY
    ) -> list[StoredPair]:
        """Pairs without any of these people, those of most worth first, those put off at the end."""
        query = (
            select(ReviewPairRow)
            .where(*_without(besides))
            .order_by(ReviewPairRow.is_put_off, ReviewPairRow.worth.desc(), ReviewPairRow.id)
            .limit(limit)
            .offset(offset)
        )
        return [_pair(row) for row in self._session.scalars(query)]

    def count(self, *, besides: AbstractSet[UUID] = _NOBODY) -> int:
        """How many pairs wait without any of these people."""
        query = select(func.count()).select_from(ReviewPairRow).where(*_without(besides))
        return self._session.scalar(query) or 0

    def restricted(self) -> set[UUID]:
        """Who of the waiting pairs was sealed since the search."""
        sealed = select(_PERSON.c.id).where(_PERSON.c.is_restricted)
        either = (select(side).where(side.in_(sealed)) for side in (_PAIR.c.left_id, _PAIR.c.right_id))
        return set(self._session.scalars(union(*either)))

    def between(self, left_id: UUID, right_id: UUID) -> StoredPair | None:
        """The pair of these two, if it waits."""
        row = self._row(*sorted((left_id, right_id)))
        return _pair(row) if row is not None else None

    def certain(self, least: float) -> list[StoredPair]:
        """Pairs at or above a probability, the likeliest first."""
        query = (
            select(_PAIR)
            .where(_PAIR.c.probability >= least, _PAIR.c.is_put_off.is_(False))
            .order_by(_PAIR.c.probability.desc(), _PAIR.c.id)
        )
        return [_pair(row) for row in self._session.execute(query)]

    def add(self, found: Iterable[FoundPair], *, is_put_off: bool = False) -> None:
        """Let further pairs wait; one that waits already stays as it is."""
        found = list(found)
        waiting: set[tuple[UUID, UUID]] = set()
        for some in chunks((one.left_id for one in found), MANY):
            query = select(_PAIR.c.left_id, _PAIR.c.right_id).where(_PAIR.c.left_id.in_(some))
            waiting |= {(left, right) for left, right in self._session.execute(query)}
        fresh = [one for one in found if (one.left_id, one.right_id) not in waiting]
        calls = self._calls_of(fresh)
        self._session.add_all(self._new(one, calls, is_put_off=is_put_off) for one in fresh)
        self._session.flush()

    def replace(self, found: Sequence[FoundPair]) -> int:
        """Let these pairs wait instead of the ones before; what was put off stays put off."""
        put_off = {
            (row.left_id, row.right_id): row.evidence
            for row in self._session.scalars(select(ReviewPairRow).where(ReviewPairRow.is_put_off))
        }
        self._session.execute(delete(ReviewPairRow))
        calls = self._calls_of(found)
        rows = [
            self._new(one, calls, is_put_off=put_off.get((one.left_id, one.right_id)) == one.evidence)
            for one in found
        ]
        self._session.add_all(rows)
        return len(rows)

    def put_off(self, left_id: UUID, right_id: UUID, *, is_put_off: bool = True) -> bool:
        """Move a pair to the end, or back from there; False when it waits no more."""
        row = self._row(left_id, right_id)
        if row is not None:
            row.is_put_off = is_put_off
        return row is not None

    def settle(self, people: Iterable[UUID], others: Iterable[UUID]) -> list[StoredPair]:
        """Take away the pairs between two groups, once somebody judged them; returns what waited."""
        left, right = list(people), list(others)
        forth = ReviewPairRow.left_id.in_(left) & ReviewPairRow.right_id.in_(right)
        back = ReviewPairRow.left_id.in_(right) & ReviewPairRow.right_id.in_(left)
        gone = [_pair(row) for row in self._session.scalars(select(ReviewPairRow).where(or_(forth, back)))]
        self._session.execute(delete(ReviewPairRow).where(or_(forth, back)))
        return gone

    def settle_joined(self, head_of: Callable[[UUID], UUID]) -> list[StoredPair]:
        """Take away every pair of one group, told by who stands for it; returns what waited."""
        waiting = map(_pair, self._session.execute(select(_PAIR)))
        gone = [pair for pair in waiting if head_of(pair.left_id) == head_of(pair.right_id)]
        for some in chunks((pair.id for pair in gone), MANY):
            self._session.execute(delete(ReviewPairRow).where(ReviewPairRow.id.in_(some)))
        return gone

    def weights(self) -> tuple[int, Any]:
        """How often weights were learned here, and the last; (0, None) in a new agency."""
        row = self._weights()
        return (row.version, row.content) if row else (0, None)

    def weights_version(self) -> int:
        """The count alone, for whoever keeps the weights in memory."""
        return self._session.scalar(_VERSION) or 0

    def keep_weights(self, content: Any) -> None:
        """Write weights learned anew."""
        row = self._weights()
        if row is None:
            self._session.add(RecognitionWeightsRow(id=self._new_id(), content=content))
        else:
            row.content = content

    def begun(self) -> bytes:
        """What a search that was stopped had compared; nothing where none was."""
        return self._session.scalar(select(_BEGUN.c.content)) or b""

    def keep_begun(self, content: bytes) -> None:
        """Keep what was compared so far instead of what was kept before; nothing once a search is over."""
        self._session.execute(delete(_BEGUN))
        if content:
            self._session.execute(insert(_BEGUN).values(id=self._new_id(), content=content))

    def _row(self, left_id: UUID, right_id: UUID) -> ReviewPairRow | None:
        query = select(ReviewPairRow).where(
            ReviewPairRow.left_id == left_id, ReviewPairRow.right_id == right_id
        )
        return self._session.scalars(query).first()

    def _calls_of(self, pairs: Sequence[FoundPair]) -> dict[UUID, int]:
        """On how many calls each person of these pairs was met; whoever was met on none is not there."""
        ids = {one.left_id for one in pairs} | {one.right_id for one in pairs}
        found: dict[UUID, int] = {}
        for some in chunks(ids, MANY):
            query = (
                select(_MET.c.person_id, func.count(_MET.c.call_id.distinct()))
                .where(_MET.c.person_id.in_(some))
                .group_by(_MET.c.person_id)
            )
            found |= dict(self._session.execute(query).all())
        return found

    def _new(self, one: FoundPair, calls: Mapping[UUID, int], *, is_put_off: bool) -> ReviewPairRow:
        return ReviewPairRow(
            id=self._new_id(),
            left_id=one.left_id,
            right_id=one.right_id,
            probability=one.probability,
            worth=worth(one.probability, calls.get(one.left_id, 0) + calls.get(one.right_id, 0)),
            reasons=list(one.reasons),
            evidence=one.evidence,
            is_put_off=is_put_off,
        )

    def _weights(self) -> RecognitionWeightsRow | None:
        return self._session.scalars(select(RecognitionWeightsRow)).first()


def _without(people: AbstractSet[UUID]) -> list[ColumnElement[bool]]:
    if not people:
        return []
    return [ReviewPairRow.left_id.not_in(people), ReviewPairRow.right_id.not_in(people)]


def _pair(row: Any) -> StoredPair:
    return StoredPair(
        row.id, row.left_id, row.right_id, row.probability, tuple(row.reasons), row.evidence, row.is_put_off
    )
