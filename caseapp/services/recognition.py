"""Looks for people who stand twice in the records, and keeps what somebody judged of each pair."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.lifetimes import NOTHING, are_at_odds
from caseapp.domain.matching import lists, saved
from caseapp.domain.matching.begun import Begun
from caseapp.domain.matching.lists import Match, Matched
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.traits import as_percent, profile_of
from caseapp.domain.one_person import Link
from caseapp.domain.people import Person
from caseapp.services.certain_links import certain_count
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import veiled
from caseapp.services.lifetimes import lifetimes
from caseapp.services.review_queue import pair_of, unsettled, waiting_count
from caseapp.services.stages import Progress
from caseapp.services.weights import Weights
from caseapp.store.reviews import FoundPair, StoredPair
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory

PAGE = 50
KEEP_EVERY = 20.0
"""Seconds after which what was compared is kept once more."""

_CHANGE = Change(frozenset({Kind.PERSON}))


class SearchStopped(CaseAppError):
    """Whoever asked for the search stopped it; the queue is as it was."""

    code = "recognition.stopped"


class WaitsNoMore(CaseAppError):
    """Somebody judged the two meanwhile, so that there is nothing to put off."""

    code = "recognition.waits-no-more"


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two records that wait for a judgement, side by side, with the reasons and their calls."""

    left: Person
    right: Person
    probability: float
    reasons: tuple[str, ...]
    is_put_off: bool
    calls: tuple[int, int] = (0, 0)
    calls_together: int = 0
    """On how many calls either was met: as many as the person has once they are linked."""
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
    def look(self, *, progress: Progress) -> Looked:
        """Compare all records, learn the weights anew, and let likely pairs wait for review.

        Reads first, compares without a transaction, and writes at the end: others go on working, and a
        search that is stopped changes nothing, but what it compared is kept for the next one of the same
        records; now and then also while it compares, for a program that is ended. Raises SearchStopped.
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
                raise SearchStopped()

        found = lists.match(profiles, keeps_all=True, tick=tick, begun=begun)
        with self._context.write("recognition.look") as work:
            work.reviews.keep_begun(b"")
            pairs = unsettled(work, _pairs(found, ids))
            work.reviews.replace(pairs)
            work.reviews.keep_weights(saved.to_plain(found.model))
            work.commit(summary={"records": len(ids), "pairs": len(pairs)})
        self._weights.learned()
        with self._context.read("recognition.certain") as work:
            certain = certain_count(self._context, work)
        return Looked(records=len(ids), waiting=len(pairs), certain=certain)

    @verb(Right.LINK_PEOPLE)
    def waiting(self, *, page: int = 0) -> list[ReviewPair]:
        """A page of pairs, those of most worth first; sealed people are left to who may open them."""
        with self._context.read("recognition.waiting") as work:
            pairs = work.reviews.waiting(limit=PAGE, offset=page * PAGE, besides=self._closed(work))
            ids = {id_ for pair in pairs for id_ in pair.people}
            people = veiled(self._context, work, work.people.many(ids))
            met, places = work.encounters.met(ids), work.search.places_of(ids)
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
        """Leave a pair for later: it moves to the end; or take it up again. Raises WaitsNoMore or Sealed."""
        with self._context.write("recognition.put-off") as work:
            for person_id in (left_id, right_id):
                self._context.open_person(work, person_id, verb="recognition.put-off")
            if not work.reviews.put_off(left_id, right_id, is_put_off=is_put_off):
                raise WaitsNoMore()
            work.about(left_id, right_id)
            work.commit(summary={"put_off": int(is_put_off)})
        return _CHANGE

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

    def _read(self, progress: Progress) -> tuple[list[UUID], list[Profile], bytes]:
        """Who is compared, and what a search that was stopped had compared."""
        with self._context.read("recognition.read") as work:
            if not progress("Reading records", 0, 100):
                raise SearchStopped()
            everybody = work.known.everybody()
            facts = work.known.facts(everybody)
            kept = work.reviews.begun()
        ids = [one for one in everybody if one in facts]
        return ids, [profile_of(facts[one]) for one in ids], kept

    def _closed(self, work: UnitOfWork) -> frozenset[UUID]:
        return self._context.closed(work, work.reviews.restricted())


def _pairs(found: Matched, ids: list[UUID]) -> list[FoundPair]:
    """Pairs that a person should see: likely ones, and those in a group of likely ones."""
    likely = (one for one in found.matches if one.probability >= THRESHOLD)
    pairs = (_found(one, ids, found.model) for one in likely)
    return sorted(pairs, key=lambda one: -one.probability)


def _found(one: Match, ids: list[UUID], model: Model) -> FoundPair:
    return pair_of(ids[one.low], ids[one.high], one.probability, one.pattern, model)


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
        calls_together=len(met.get(left, {}) | met.get(right, {})),
        places=(places.get(left, ()), places.get(right, ())),
        are_close=_names(people[left], right) or _names(people[right], left),
    )


def _names(one: Person, other_id: UUID) -> bool:
    return any(near.other_person_id == other_id for near in one.details.relations)
