"""What is done to one follow-up from the calendar: moved, reworded, cancelled, or its protocol stopped."""

from collections.abc import Callable
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.contacts import Channel
from caseapp.domain.counted import counted
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.series import Reach
from caseapp.domain.shorthand import When
from caseapp.services.follow_ups_done import Done
from caseapp.ui.follow_ups.action_bar import moved_words
from caseapp.ui.follow_ups.protocols_panel import take_back
from caseapp.ui.screen import Screen


class FollowUpActs:
    """Each is asked of the services by its screen, and told with Undo; `moved` hears of one that moved."""

    def __init__(self, screen: Screen, moved: Callable[[FollowUp], None]) -> None:
        self._screen, self._moved = screen, moved
        self._desk = screen.desk

    def move(self, one: FollowUp, when: When, owner_id: UUID | None, reach: Reach) -> None:
        """To another day, hour or worker, for whoever may."""
        follow_ups, protocols = self._desk.services.follow_ups, self._desk.services.protocols
        if not self._desk.may(Right.CHANGE_FOLLOW_UPS):
            return

        def move() -> tuple[Done, str]:
            done = follow_ups.move(
                follow_up_id=one.id, when=when, version=one.version, owner_id=owner_id, reach=reach
            )
            return done, protocols.open_days().closed_for(when.on)

        self._screen.ask(move, lambda found: self._on_moved(one, when, *found))

    def _on_moved(self, one: FollowUp, when: When, done: Done, closed: str) -> None:
        self._moved(one)
        count = len(done.before)
        words = moved_words(one, when, closed)
        self._tell(done, words if count == 1 else f"{words[:-1]}, and {count - 1} more moved with it.")

    def reword(self, one: FollowUp, what: str, channel: Channel, reach: Reach) -> None:
        """Say otherwise what is to be done, and how."""
        follow_ups = self._desk.services.follow_ups
        how = self._desk.lists.words.within("contact_channel", channel.value)

        def told(done: Done) -> None:
            more = f", {len(done.before)} in all" if len(done.before) > 1 else ""
            self._tell(done, f"{one.person_name}: changed to “{what.strip()}”, {how}{more}.")

        self._screen.ask(
            lambda: follow_ups.reword(
                follow_up_id=one.id, what=what, channel=channel, version=one.version, reach=reach
            ),
            told,
        )

    def stop(self, one: FollowUp, reason: str) -> None:
        """Cancel every step of its protocol that is left."""
        protocols, run_id = self._desk.services.protocols, one.run_id
        if run_id is not None:
            self._screen.ask(
                lambda: protocols.stop(run_id=run_id, reason=reason),
                lambda done: self._tell(
                    done,
                    f"{one.person_name}: the protocol is stopped, "
                    f"{counted(len(done.before), 'step')} cancelled.",
                ),
            )

    def cancel(self, one: FollowUp, reason: str, reach: Reach) -> None:
        """It is not done, for a reason."""
        follow_ups = self._desk.services.follow_ups
        self._screen.ask(
            lambda: follow_ups.cancel(follow_up_id=one.id, reason=reason, reach=reach),
            lambda done: self._tell(done, f"{one.person_name}: {one.what} is cancelled."),
        )

    def _tell(self, done: Done, words: str) -> None:
        self._desk.say(words, take_back(self._desk, done, self._screen.refused))
        self._desk.hub.changed.emit(done.change)
        self._screen.take_focus()
