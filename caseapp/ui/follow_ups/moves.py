"""Where a follow-up goes that is carried with the mouse or shifted by keys in the calendar."""

from collections.abc import Callable, Sequence
from datetime import time, timedelta
from uuid import UUID

from caseapp.domain.day_words import weekday_words
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.series import Reach
from caseapp.domain.shorthand import When
from caseapp.services.calendar import Load
from caseapp.ui.follow_ups.acts import FollowUpActs
from caseapp.ui.follow_ups.grid import Cell, Span
from caseapp.ui.screen import Desk


class Moves:
    """Reads a place or a key as when and whose; `loads` tells the workers in view in the order of lanes."""

    def __init__(self, desk: Desk, acts: FollowUpActs, loads: Callable[[], Sequence[Load]]) -> None:
        self._desk, self._acts, self._loads = desk, acts, loads

    def carry(self, one: FollowUp, cell: Cell) -> None:
        """Put it where it was let go; where it stood already, nothing is done."""
        when, owner_id = self._when_on(one, cell), cell.owner_id
        if when != When(one.due_on, self._clock(one)) or owner_id not in (None, one.owner_id):
            self._acts.move(one, when, owner_id, Reach.THIS)

    def words(self, one: FollowUp, cell: Cell) -> str:
        """What letting go on a place would do, for beside the mouse."""
        when = self._when_on(one, cell)
        clock = f" {when.at:%H:%M}" if when.at else ""
        to = next((f", {load.name}" for load in self._loads() if load.staff_id == cell.owner_id), "")
        return f"{one.person_name}: {weekday_words(when.on)}{clock}{to}"

    def shift(self, span: Span, cell: Cell | None, one: FollowUp, across: int, down: int) -> None:
        """Alt and an arrow: a day, a week, an hour or a worker further, as the view shows them."""
        clock, is_in_lane = self._clock(one), bool(cell and cell.owner_id)
        if span is Span.DAY:
            owner = self._beside(one, across) if is_in_lane else None
            day = one.due_on if owner or not across else one.due_on + timedelta(days=across)
            self._acts.move(one, When(day, _hour_on(clock, down)), owner, Reach.THIS)
        elif span is Span.WEEK and down and is_in_lane:
            self._acts.move(one, When(one.due_on, clock), self._beside(one, down), Reach.THIS)
        else:
            day = one.due_on + timedelta(days=across + 7 * down)
            self._acts.move(one, When(day, clock), None, Reach.THIS)

    def _when_on(self, one: FollowUp, cell: Cell) -> When:
        """When a follow-up is due once it stands on a place: a place of no hour leaves it its own."""
        return When(cell.day, self._clock(one) if cell.keeps_hour else cell.at)

    def _beside(self, one: FollowUp, count: int) -> UUID | None:
        """The worker of the lane beside."""
        ids = [load.staff_id for load in self._loads()]
        if not count or one.owner_id not in ids:
            return None
        return ids[min(max(ids.index(one.owner_id) + count, 0), len(ids) - 1)]

    def _clock(self, one: FollowUp) -> time | None:
        return self._desk.local(one.due_at).time() if one.due_at else None


def _hour_on(clock: time | None, count: int) -> time | None:
    """An hour earlier or later; before the first hour of the day stands any time."""
    if not count:
        return clock
    if clock is None:
        return time(8) if count > 0 else None
    hour = clock.hour + count
    return None if hour < 8 and count < 0 else time(min(hour, 23), clock.minute)
