"""Looks for people who stand twice in the records, and keeps what somebody judged of each pair."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.judgements import Judged, evidence_of
from caseapp.domain.lifetimes import NOTHING, are_at_odds
from caseapp.domain.matching import lists, saved
from caseapp.domain.matching.begun import Begun
from caseapp.domain.matching.comparison import Pattern, compare
from caseapp.domain.matching.judging import can_stand_alone, most_of
from caseapp.domain.matching.lists import DOUBTFUL, Match, Matched
from caseapp.domain.matching.model import CERTAIN, THRESHOLD, Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.reasons import explain, words_of
from caseapp.domain.matching.traits import as_percent, profile_of
from caseapp.domain.one_person import Link
from caseapp.domain.people import LinkKind, Person, veil_relations
from caseapp.services.added import groups_written_on
from caseapp.services.context import Context, Service, verb
from caseapp.services.lifetimes import lifetimes, lifetimes_of_groups
from caseapp.services.weights import Weights
from caseapp.store.reviews import FoundPair, StoredPair
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory

PAGE = 50
KEEP_EVERY = 20.0
"""Seconds after which what was compared is kept once more."""

_CHANGE = Change(frozenset({Kind.PERSON}))
_SAME = LinkKind.SAME
Told = Callable[[str, int, int], bool]
"""What is done, how much, of how much; a False stops the work."""


class Stopped(CaseAppError):
    """Whoever asked for the search stopped it; the queue is as it was."""

    code = "recognition.stopped"


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two records that wait for a judgement, side by side, with the reasons and their calls."""

    left: Person
    right: Person
    probability: float
    reasons: tuple[str, ...]
    is_put_off: bool
    calls: tuple[int, int] = (0, 0)
    places: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    is_at_odds: bool = False
    """Whether one was met after the other died, or both died on different days."""
    are_close: bool = False
    """Whether one of the two records names the other as somebody close."""
    apart: Link | None = None
    """The judgement, on other evidence, that they are not the same; the next one stands instead."""

    @property
    def id(self) -> tuple[UUID, UUID]:
        """What stays the same of a pair when the list is read again."""
        return self.left.id, self.right.id

    @property
    def percent(self) -> int:
        """As it is shown."""
        return as_percent(self.probability)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link of many did: certain pairs settled, the links made and when, and every pair that waits no
    more."""

    pairs: int
    links: tuple[tuple[UUID, UUID], ...]
    at: datetime
    waited: tuple[StoredPair, ...] = ()
    change: Change = _CHANGE


@dataclass(frozen=True, slots=True)
class Unlinked:
    """What the undo of a link of many did: links taken back, and those that stay.

    Unlinking has to ask about those that are `asked`; those that are `shut` are of somebody restricted since.
    """

    links: int
    asked: tuple[tuple[UUID, UUID], ...]
    shut: int = 0
    change: Change = _CHANGE


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search over all records found: records compared, pairs now waiting, how many are certain."""

    records: int
    waiting: int
    certain: int
    change: Change = _CHANGE


class RecognitionService(Service):
    """The review queue and the weights."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.LINK_PEOPLE)
    @memory.uncollected()
    def look(self, *, progress: Told) -> Looked:
        """Compare all records, learn the weights anew, and let likely pairs wait for review.

        Reads first, compares without a transaction, and writes at the end: others go on working, and a
        search that is stopped changes nothing, but what it compared is kept for the next one of the same
        records; now and then also while it compares, for a program that is ended. Raises Stopped.
        """
        ids, profiles, kept = self._read(progress)
        begun = Begun(kept)
        kept_at = monotonic()

        def tick(share: float) -> None:
            nonlocal kept_at
            goes_on = progress("Comparing records", round(share * 100), 100)
            if not goes_on or monotonic() - kept_at > KEEP_EVERY:
                with suppress(CaseAppError):
                    self._keep(begun)
                kept_at = monotonic()
            if not goes_on:
                raise Stopped()

        found = lists.match(profiles, keeps_all=True, tick=tick, begun=begun)
        with self._context.write("recognition.look") as work:
            work.reviews.keep_begun(b"")
            pairs = _unsettled(work, _pairs(found, ids))
            work.reviews.replace(pairs)
            work.reviews.keep_weights(saved.to_plain(found.model))
            work.commit(summary={"records": len(ids), "pairs": len(pairs)})
        self._weights.learned()
        return Looked(records=len(ids), waiting=len(pairs), certain=self.certain())

    @verb(Right.LINK_PEOPLE)
    def waiting(self, *, page: int = 0) -> list[ReviewPair]:
        """A page of pairs, the likeliest first; those with a sealed person are left to who may open them."""
        with self._context.read("recognition.waiting") as work:
            pairs = work.reviews.waiting(limit=PAGE, offset=page * PAGE, besides=self._closed(work))
            ids = {id_ for pair in pairs for id_ in pair.people}
            people = work.people.many(ids)
            closed = self._context.closed(
                work, (near.other_person_id for one in people.values() for near in one.details.relations)
            )
            people = {id_: veil_relations(one, closed) for id_, one in people.items()}
            met, places = work.calls.met(ids), work.search.places_of(ids)
            apart = {(one.left_id, one.right_id): one for one in work.links.apart(ids)}
            lives = lifetimes(self._context, work, ids)
            return [
                replace(
                    _shown(one, people, met, places),
                    apart=apart.get(one.people),
                    is_at_odds=are_at_odds(*(lives.get(each, NOTHING) for each in one.people)),
                )
                for one in pairs
            ]

    @verb(Right.LINK_PEOPLE)
    def shown(self, *, left_id: UUID, right_id: UUID) -> None:
        """Journal that both records of a pair were looked at, side by side; raises Sealed."""
        with self._context.write("recognition.shown") as work:
            for person_id in (left_id, right_id):
                self._context.open_person(work, person_id, verb="recognition.shown")
            work.note("opened", subjects=(left_id, right_id))
            work.commit()

    @verb(Right.LINK_PEOPLE)
    def count(self) -> int:
        """How many pairs wait: as many as the pages of `waiting` show."""
        with self._context.read("recognition.count") as work:
            return waiting_count(self._context, work)

    @verb(Right.LINK_PEOPLE)
    def put_off(self, *, left_id: UUID, right_id: UUID, is_put_off: bool = True) -> Change:
        """Leave a pair for later: it moves to the end; or take it up again."""
        with self._context.write("recognition.put-off") as work:
            work.reviews.put_off(left_id, right_id, is_put_off=is_put_off)
            work.about(left_id, right_id)
            work.commit(summary={"put_off": int(is_put_off)})
        return _CHANGE

    @verb(Right.LINK_PEOPLE)
    def certain(self) -> int:
        """How many pairs `link_certain` would settle."""
        with self._context.read("recognition.certain") as work:
            return sum(1 for _pair in self._joinable(work, work.reviews.certain(CERTAIN)))

    @verb(Right.LINK_PEOPLE)
    def link_certain(self, *, progress: Told = lambda _words, _done, _total: True) -> Linked:
        """Link every pair that is certain, unless something stands against it; all of them or, stopped, none.

        Raises Stopped.
        """
        with self._context.write("recognition.link-certain") as work:
            certain = work.reviews.certain(CERTAIN)
            found: list[tuple[StoredPair, bool]] = []
            for pair, is_new in self._joinable(work, certain):
                if not progress("Linking", len(found), len(certain)):
                    raise Stopped()
                found.append((pair, is_new))
            links = [pair for pair, is_new in found if is_new]
            work.links.add_many(links, reason="certain in the review of all records")
            work.about(*(one for pair in links for one in pair.people))
            waited = work.reviews.settle_joined(Judged(work.links.standing()).head)
            work.commit(summary={"linked": len(links)})
        return Linked(len(found), tuple(pair.people for pair in links), work.now, tuple(waited))

    @verb(Right.LINK_PEOPLE)
    def unlink_all(self, *, linked: Linked) -> Unlinked:
        """Take back links made together; the pairs that waited before wait again.

        Those stay of somebody whose record was shut since, and of people about whom anything was written
        since: whose that is, `LinkService.parting` asks of each.
        """
        with self._context.write("recognition.unlink-all") as work:
            ends = [one for pair in linked.links for one in pair]
            groups, closed = work.links.groups(ends), self._context.closed(work, ends)
            written_on = groups_written_on(self._context, work, groups.values(), linked.at)
            standing = {(one.left_id, one.right_id) for one in work.links.standing() if one.kind is _SAME}
            made = [pair for pair in linked.links if pair in standing]
            open_ = [pair for pair in made if closed.isdisjoint(pair)]
            asked = tuple(pair for pair in open_ if groups[pair[0]] in written_on)
            free = [pair for pair in open_ if groups[pair[0]] not in written_on]
            undone = work.links.undo_many(free, staff_id=self._context.actor.staff_id)
            work.about(*(one for pair in undone for one in pair))
            work.added.part_from_cases(work.links.groups(ends))
            for is_put_off in (False, True):
                again = [_again(one) for one in linked.waited if one.is_put_off is is_put_off]
                work.reviews.add(_unsettled(work, again), is_put_off=is_put_off)
            work.commit(summary={"unlinked": len(undone)})
        return Unlinked(len(undone), asked, len(made) - len(open_))

    @verb(Right.LINK_PEOPLE)
    def weights_in_words(self) -> tuple[int, list[str]]:
        """How often weights were learned here (0: still those the program came with), and what they say."""
        with self._context.read("recognition.weights") as work:
            version, _content = work.reviews.weights()
            return version, saved.in_words(self._weights.of(work))

    def _keep(self, begun: Begun) -> None:
        """Keep what was compared; where the file is busy or full nothing is kept, and the search goes on."""
        content = begun.to_bytes()
        if content:
            with self._context.write("recognition.keep") as work:
                work.reviews.keep_begun(content)
                work.commit(summary={"bytes": len(content)})

    def _read(self, progress: Told) -> tuple[list[UUID], list[Profile], bytes]:
        """Who is compared, and what a search that was stopped had compared."""
        with self._context.read("recognition.read") as work:
            if not progress("Reading records", 0, 100):
                raise Stopped()
            everybody = work.known.everybody()
            facts = work.known.facts(everybody)
            kept = work.reviews.begun()
        ids = [one for one in everybody if one in facts]
        return ids, [profile_of(facts[one]) for one in ids], kept

    def _closed(self, work: UnitOfWork) -> frozenset[UUID]:
        return self._context.closed(work, work.reviews.restricted())

    def _joinable(self, work: UnitOfWork, pairs: list[StoredPair]) -> Iterator[tuple[StoredPair, bool]]:
        """The pairs that can be linked one after another, and whether a link is missing: one that would join
        groups between which a judgement, a seal, a death or somebody close stands is left out."""
        standing = work.links.standing()
        judged = Judged(standing)
        heads = {judged.head(one) for pair in pairs for one in pair.people}
        near = {end for one in standing for end in (one.left_id, one.right_id) if judged.head(end) in heads}
        people = near.union(*(pair.people for pair in pairs))
        for one, other in work.people.relatives(people):
            judged.keep_apart(one, other)
        closed = {judged.head(one) for one in self._context.closed(work, people)}
        lives = lifetimes_of_groups(self._context, work, judged, people, [pair.people for pair in pairs])
        for pair in pairs:
            left, right = map(judged.head, pair.people)
            mine, others = lives.get(left, NOTHING), lives.get(right, NOTHING)
            at_odds = left != right and are_at_odds(mine, others)
            if closed.isdisjoint((left, right)) and not at_odds and not judged.are_apart(left, right):
                judged.join(left, right)
                lives[judged.head(left)] = mine.joined(others)
                yield pair, left != right


def waiting_count(context: Context, work: UnitOfWork) -> int:
    """How many pairs wait that the actor may see: the one count of every screen."""
    return work.reviews.count(besides=context.closed(work, work.reviews.restricted()))


def wait_again(
    work: UnitOfWork, model: Model, left_id: UUID, right_id: UUID, *, is_put_off: bool = False
) -> None:
    """A judgement was taken back: the pairs between the groups wait again where they still look alike."""
    left, right = work.links.group(left_id), work.links.group(right_id)
    facts = work.known.facts(left | right)
    profiles = {id_: profile_of(details) for id_, details in facts.items()}
    pairs = []
    for one in sorted(left & profiles.keys()):
        for other in sorted(right & profiles.keys()):
            pattern, surprise = compare(profiles[one], profiles[other], model.frequencies)
            may_stand = can_stand_alone(pattern, profiles[one], profiles[other])
            most = most_of(pattern) if may_stand else DOUBTFUL
            chance = min(model.probability(pattern, surprise), most)
            pairs.append(_pair_of(one, other, chance, pattern, model))
    likely = [one for one in pairs if one.probability >= THRESHOLD]
    work.reviews.add(_unsettled(work, likely, left | right), is_put_off=is_put_off)


def _again(pair: StoredPair) -> FoundPair:
    return FoundPair(pair.left_id, pair.right_id, pair.probability, pair.reasons, pair.evidence)


def _unsettled(
    work: UnitOfWork, pairs: list[FoundPair], among: frozenset[UUID] | None = None
) -> list[FoundPair]:
    """The pairs that nobody judged on this evidence, of people who are still there.

    `among` are whole groups with all the pairs, where it is known that no others matter.
    """
    judged = Judged(work.links.standing(among))
    there = work.people.names({id_ for pair in pairs for id_ in (pair.left_id, pair.right_id)})
    return [
        one
        for one in pairs
        if {one.left_id, one.right_id} <= there.keys()
        and not judged.is_settled(one.left_id, one.right_id, one.evidence, one.reasons)
    ]


def _pairs(found: Matched, ids: list[UUID]) -> list[FoundPair]:
    """Pairs that a person should see: likely ones, and those in a group of likely ones."""
    likely = (one for one in found.matches if one.probability >= THRESHOLD)
    pairs = (_found(one, ids, found.model) for one in likely)
    return sorted(pairs, key=lambda one: -one.probability)


def _found(one: Match, ids: list[UUID], model: Model) -> FoundPair:
    return _pair_of(ids[one.low], ids[one.high], one.probability, one.pattern, model)


def _pair_of(one: UUID, other: UUID, chance: float, pattern: Pattern, model: Model) -> FoundPair:
    left, right = sorted((one, other))
    words = tuple(reason.words for reason in explain(pattern, model))
    return FoundPair(left, right, chance, words, evidence_of(words_of(pattern)))


def _shown(
    pair: StoredPair,
    people: dict[UUID, Person],
    met: dict[UUID, dict[UUID, datetime]],
    places: dict[UUID, tuple[str, ...]],
) -> ReviewPair:
    left, right = pair.people
    return ReviewPair(
        left=people[left],
        right=people[right],
        probability=pair.probability,
        reasons=pair.reasons,
        is_put_off=pair.is_put_off,
        calls=(len(met.get(left, ())), len(met.get(right, ()))),
        places=(places.get(left, ()), places.get(right, ())),
        are_close=_names(people[left], right) or _names(people[right], left),
    )


def _names(one: Person, other_id: UUID) -> bool:
    return any(near.other_person_id == other_id for near in one.details.relations)
