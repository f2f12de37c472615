"""A link as the screens hold it, and the way back that is offered after one was made."""

from functools import partial
from typing import NamedTuple
from uuid import UUID

from caseapp.domain.changes import Change
from caseapp.domain.matching.traits import Candidate
from caseapp.domain.people import LinkKind
from caseapp.services.parting import WrittenMeanwhile
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk


class Pair(NamedTuple):
    """The two records of a link; `rest` are those to unlink after them, one by one."""

    left_id: UUID
    right_id: UUID
    rest: "tuple[Pair, ...]" = ()


def take_back(desk: Desk, pair: Pair) -> None:
    """The undo of a link: unlink at once, or ask where anything was written since the two were linked."""
    links = desk.services.links

    def unlinked() -> Change | None:
        try:
            return links.unlink(
                left_id=pair.left_id,
                right_id=pair.right_id,
                belongs={},
                seen=LinkKind.SAME,
                is_undo=True,
            )
        except WrittenMeanwhile:
            return None

    def done(change: Change | None) -> None:
        if change is not None:
            desk.hub.changed.emit(change)
            return
        desk.show("parting", pair)
        desk.say("Something was written since the two were linked: say whose it is, then unlink.", None)

    desk.tasks.run(unlinked, then=done, failed=lambda error: desk.say(sentence(error), None))


def tell_identified(desk: Desk, change: Change, unknown_id: UUID, one: Candidate) -> None:
    """Say who an unknown person is now, with the way back."""
    undo = partial(take_back, desk, Pair(unknown_id, one.person_id))
    desk.say(f"Identified as {one.name}. Every call and contact came along.", undo)
    desk.hub.changed.emit(change)
