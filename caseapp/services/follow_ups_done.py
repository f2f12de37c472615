"""What a verb of follow-ups did, with what is needed to take it back while nobody touched it since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.changes import Change, Kind
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.series import Series
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.FOLLOW_UP, Kind.CASE})


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did, with what is needed to take it back while nobody touched it since."""

    change: Change
    before: tuple[FollowUp, ...] = ()
    after: tuple[tuple[UUID, int], ...] = ()
    added: tuple[UUID, ...] = ()
    series_before: tuple[Series, ...] = ()
    series_added: tuple[UUID, ...] = ()


_FIRST_VERSION = 1


def planned_one(follow_up_id: UUID, person_id: UUID) -> Done:
    """What `schedule` did, to be taken back while nobody touched it: a record begins at version 1."""
    change = Change(frozenset({Kind.FOLLOW_UP}), person_id=person_id, record_id=follow_up_id)
    return Done(change, after=((follow_up_id, _FIRST_VERSION),), added=(follow_up_id,))


def done_of(
    work: UnitOfWork,
    *,
    person_id: UUID | None = None,
    before: Sequence[FollowUp] = (),
    added: Iterable[UUID] = (),
    series_before: tuple[Series, ...] = (),
    series_added: tuple[UUID, ...] = (),
) -> Done:
    """What was just written, as it stands now; `before` are the rows as they stood."""
    work.follow_ups.flush()
    added = tuple(added)
    now = work.follow_ups.many([*added, *(one.id for one in before)])
    return Done(
        change=Change(_KINDS, person_id=person_id),
        before=tuple(before),
        after=tuple((one.id, one.version) for one in now),
        added=added,
        series_before=series_before,
        series_added=series_added,
    )


def versions_of(work: UnitOfWork, follow_up_ids: Iterable[UUID]) -> frozenset[tuple[UUID, int]]:
    """Each follow-up with its version now: whoever compares sees whether it was touched since."""
    wanted = tuple(follow_up_ids)
    if not wanted:
        return frozenset()
    work.follow_ups.flush()
    return frozenset((one.id, one.version) for one in work.follow_ups.many(wanted))
