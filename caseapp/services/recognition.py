"""Looks for people who stand twice in the records, and keeps what somebody judged of each pair."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.judgements import Judged, evidence_of
from caseapp.domain.matching import lists, saved
from caseapp.domain.matching.lists import Match, Matched
from caseapp.domain.matching.model import CERTAIN, Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.reasons import explain
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import LinkKind, Person
from caseapp.services.context import Context, Service, verb
from caseapp.store.reviews import FoundPair, StoredPair
from caseapp.store.unit_of_work import UnitOfWork

PAGE = 50
Told = Callable[[str, int, int], bool]
"""What is done, how much, of how much; a False stops the work."""


class Stopped(CaseAppError):
    """Whoever asked for the search stopped it; the queue is as it was."""

    code = "recognition.stopped"


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two records that wait for a judgement, side by side, with the reasons."""

    left: Person
    right: Person
    probability: float
    reasons: tuple[str, ...]
    is_put_off: bool

    @property
    def percent(self) -> int:
        return min(99, round(self.probability * 100))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search over all records found: records compared, pairs now waiting, how many are certain."""

    records: int
    waiting: int
    certain: int


class Weights:
    """The agency's weights, read again only after they were learned anew."""

    def __init__(self) -> None:
        self._version = -1
        self._model = Model()

    def of(self, work: UnitOfWork) -> Model:
        version = work.reviews.weights_version()
        if version != self._version:
            _count, content = work.reviews.weights()
            self._model = saved.from_plain(content) if content else Model()
            self._version = version
        return self._model


class RecognitionService(Service):
    """The review queue and the weights."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.LINK_PEOPLE)
    def look(self, *, progress: Told) -> Looked:
        """Compare all records, learn the weights anew, and let likely pairs wait for review.

        Reads first, compares without a transaction, and writes at the end: others go on working, and a
        search that is stopped changes nothing. Raises Stopped.
        """
        ids, profiles = self._read(progress)

        def tick(share: float) -> None:
            if not progress("Comparing records", round(share * 100), 100):
                raise Stopped()

        found = lists.match(profiles, keeps_all=True, tick=tick)
        with self._context.write("recognition.look") as work:
            judged = Judged(work.links.standing())
            pairs = [
                one
                for one in _pairs(found, ids)
                if not judged.is_settled(one.left_id, one.right_id, one.reasons)
            ]
            work.reviews.replace(pairs)
            work.reviews.keep_weights(saved.to_plain(found.model))
            work.commit(summary={"records": len(ids), "pairs": len(pairs)})
        certain = sum(one.probability >= CERTAIN for one in pairs)
        return Looked(records=len(ids), waiting=len(pairs), certain=certain)

    @verb(Right.LINK_PEOPLE)
    def waiting(self, *, page: int = 0) -> list[ReviewPair]:
        """A page of pairs, the likeliest first; those with a sealed person are left to who may open them."""
        with self._context.read("recognition.waiting") as work:
            stored = work.reviews.waiting(limit=PAGE, offset=page * PAGE)
            closed = self._context.closed(
                work, [one for pair in stored for one in (pair.left_id, pair.right_id)]
            )
            open_ones = [pair for pair in stored if not closed.intersection(pair.people)]
            people = work.people.many({id_ for pair in open_ones for id_ in pair.people})
            return [_shown(one, people) for one in open_ones]

    @verb(Right.LINK_PEOPLE)
    def count(self) -> int:
        """How many pairs wait."""
        with self._context.read("recognition.count") as work:
            return work.reviews.count()

    @verb(Right.LINK_PEOPLE)
    def put_off(self, *, left_id: UUID, right_id: UUID) -> Change:
        """Leave a pair for later: it moves to the end."""
        with self._context.write("recognition.put-off") as work:
            work.reviews.put_off(left_id, right_id)
            work.commit(summary={"put_off": 1})
        return Change(frozenset({Kind.PERSON}))

    @verb(Right.LINK_PEOPLE)
    def link_certain(self) -> tuple[tuple[UUID, UUID], ...]:
        """Link every pair that is certain, unless something stands against it; returns the pairs linked."""
        linked = []
        with self._context.write("recognition.link-certain") as work:
            for pair in work.reviews.certain(CERTAIN):
                left, right = work.links.group(pair.left_id), work.links.group(pair.right_id)
                if self._context.closed(work, left | right) or work.links.are_different(left, right):
                    continue
                if pair.right_id not in left:
                    work.links.add(
                        pair.left_id,
                        pair.right_id,
                        kind=LinkKind.SAME,
                        reason="certain in the review of all records",
                        evidence=list(pair.reasons),
                    )
                    linked.append((pair.left_id, pair.right_id))
                work.reviews.settle(left, right)
            work.commit(summary={"linked": len(linked)})
        return tuple(linked)

    @verb(Right.LINK_PEOPLE)
    def unlink_all(self, *, pairs: tuple[tuple[UUID, UUID], ...]) -> Change:
        """Take back links made together; the next search brings the pairs back."""
        with self._context.write("recognition.unlink-all") as work:
            for left_id, right_id in pairs:
                row = work.links.standing_between(left_id, right_id)
                if row is not None and row.kind is LinkKind.SAME:
                    work.links.undo(row, staff_id=self._context.actor.staff_id)
                    work.about(left_id, right_id)
            work.commit(summary={"unlinked": len(pairs)})
        return Change(frozenset({Kind.PERSON}))

    @verb(Right.LINK_PEOPLE)
    def weights_in_words(self) -> tuple[int, list[str]]:
        """How often weights were learned here (0: still those the program came with), and what they say."""
        with self._context.read("recognition.weights") as work:
            version, _content = work.reviews.weights()
            return version, saved.in_words(self._weights.of(work))

    def _read(self, progress: Told) -> tuple[list[UUID], list[Profile]]:
        with self._context.read("recognition.read") as work:
            if not progress("Reading records", 0, 100):
                raise Stopped()
            everybody = work.known.everybody()
            facts = work.known.facts(everybody)
        ids = [one for one in everybody if one in facts]
        return ids, [profile_of(facts[one]) for one in ids]


def _pairs(found: Matched, ids: list[UUID]) -> list[FoundPair]:
    """Pairs that a person should see: likely ones, and those in a group of likely ones."""
    likely = (one for one in found.matches if one.probability >= 0.5)
    pairs = (_found(one, ids, found.model) for one in likely)
    return sorted(pairs, key=lambda one: -one.probability)


def _found(one: Match, ids: list[UUID], model: Model) -> FoundPair:
    left, right = sorted((ids[one.low], ids[one.high]))
    words = tuple(reason.words for reason in explain(one.pattern, model))
    return FoundPair(left, right, one.probability, words, evidence_of(words))


def _shown(pair: StoredPair, people: dict[UUID, Person]) -> ReviewPair:
    return ReviewPair(
        people[pair.left_id], people[pair.right_id], pair.probability, pair.reasons, pair.is_put_off
    )
