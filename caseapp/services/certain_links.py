"""Links all certain pairs of the review at once, and takes those links back together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.judgements import Judged
from caseapp.domain.lifetimes import NOTHING, are_at_odds
from caseapp.domain.matching.model import CERTAIN
from caseapp.services.added import groups_written_on
from caseapp.services.context import Context, Service, verb
from caseapp.services.lifetimes import lifetimes_of_groups
from caseapp.services.review_queue import wait_as_before
from caseapp.services.stages import Progress, no_progress
from caseapp.store.reviews import StoredPair
from caseapp.store.unit_of_work import UnitOfWork

Ends = tuple[tuple[UUID, UUID], ...]
"""Links, each by its two records."""

_CHANGE = Change(frozenset({Kind.PERSON}))


class LinkingStopped(CaseAppError):
    """Whoever linked the certain pairs stopped it; none of them was linked."""

    code = "link.stopped"


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link of many did: how many pairs it settled, the links it made and when.

    `waited` are all pairs that wait no more.
    """

    pairs: int
    links: Ends
    at: datetime
    waited: tuple[StoredPair, ...] = ()
    change: Change = _CHANGE


@dataclass(frozen=True, slots=True)
class Unlinked:
    """What the undo of a link of many did: links taken back, and those that stay.

    Unlinking has to ask about those that are `asked`; those that are `shut` are of somebody restricted since.
    """

    links: int
    asked: Ends
    shut: int = 0
    change: Change = _CHANGE


class CertainLinkService(Service):
    """Links that nobody looks at one by one, so that everything that speaks against one leaves it out."""

    @verb(Right.LINK_PEOPLE)
    def count(self) -> int:
        """How many pairs `link` would settle."""
        with self._context.read("recognition.certain") as work:
            return certain_count(self._context, work)

    @verb(Right.LINK_PEOPLE)
    def link(self, *, progress: Progress = no_progress) -> Linked:
        """Link every pair that is certain, unless something stands against it; all of them or, stopped, none.

        Raises LinkingStopped.
        """
        with self._context.write("recognition.link-certain") as work:
            certain = work.reviews.certain(CERTAIN)
            found: list[tuple[StoredPair, bool]] = []
            for pair, is_new in _joinable(self._context, work, certain):
                if not progress("Linking", len(found), len(certain)):
                    raise LinkingStopped()
                found.append((pair, is_new))
            links = [pair for pair, is_new in found if is_new]
            work.links.add_many(links, reason="certain in the review of all records")
            work.about(*(one for pair in links for one in pair.people))
            waited = work.reviews.settle_joined(Judged(work.links.standing()).head)
            work.commit(summary={"linked": len(links)})
        return Linked(len(found), tuple(pair.people for pair in links), work.now, tuple(waited))

    @verb(Right.LINK_PEOPLE)
    def take_back(self, *, linked: Linked) -> Unlinked:
        """Take back links made together; the pairs that waited before wait again.

        Those stay of somebody whose record was shut since, and of people about whom anything was written
        since: whose that is, `LinkService.parting` asks of each.
        """
        with self._context.write("recognition.unlink-all") as work:
            groups = work.links.groups(one for pair in linked.links for one in pair)
            free, asked, shut = self._parted(work, linked, groups)
            undone = work.links.undo_many(free, staff_id=self._context.actor.staff_id)
            work.about(*(one for pair in undone for one in pair))
            work.added.part_from_cases(work.links.groups(frozenset[UUID]().union(*groups.values())))
            wait_as_before(work, linked.waited)
            work.commit(summary={"unlinked": len(undone)})
        return Unlinked(len(undone), asked, shut)

    def _parted(
        self, work: UnitOfWork, linked: Linked, groups: Mapping[UUID, frozenset[UUID]]
    ) -> tuple[Ends, Ends, int]:
        """Of links that still stand as made: those to take back, those to ask about, and how many are shut.

        `groups` are all records of the person at each end.
        """
        closed = self._context.closed(work, groups)
        written_on = groups_written_on(self._context, work, groups.values(), linked.at)
        standing = work.links.made_at(linked.at)
        made = [pair for pair in linked.links if pair in standing]
        open_ = [pair for pair in made if closed.isdisjoint(pair)]
        free = tuple(pair for pair in open_ if groups[pair[0]] not in written_on)
        asked = tuple(pair for pair in open_ if groups[pair[0]] in written_on)
        return free, asked, len(made) - len(open_)


def certain_count(context: Context, work: UnitOfWork) -> int:
    """How many certain pairs nothing stands against."""
    return sum(1 for _pair in _joinable(context, work, work.reviews.certain(CERTAIN)))


def _joinable(
    context: Context, work: UnitOfWork, pairs: list[StoredPair]
) -> Iterator[tuple[StoredPair, bool]]:
    """The pairs that can be linked one after another, and whether a link is missing.

    One is left out that would join groups between which a judgement, a seal, a death or a relation stands.
    """
    standing = work.links.standing()
    judged = Judged(standing)
    heads = {judged.head(one) for pair in pairs for one in pair.people}
    near = {end for one in standing for end in (one.left_id, one.right_id) if judged.head(end) in heads}
    people = near.union(*(pair.people for pair in pairs))
    for one, other in work.people.relatives(people):
        judged.keep_apart(one, other)
    closed = {judged.head(one) for one in context.closed(work, people)}
    lives = lifetimes_of_groups(context, work, judged, people, [pair.people for pair in pairs])
    for pair in pairs:
        left, right = map(judged.head, pair.people)
        mine, others = lives.get(left, NOTHING), lives.get(right, NOTHING)
        at_odds = left != right and are_at_odds(mine, others)
        if closed.isdisjoint((left, right)) and not at_odds and not judged.are_apart(left, right):
            judged.join(left, right)
            lives[judged.head(left)] = mine.joined(others)
            yield pair, left != right
