"""The pairs of records that wait for a judgement: how many there are, which come in, and which come back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from caseapp.domain.judgements import Judged, evidence_of
from caseapp.domain.matching import candidates
from caseapp.domain.matching.candidates import Pair
from caseapp.domain.matching.comparison import Pattern, compare
from caseapp.domain.matching.judging import chance_at_most
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Profile
from caseapp.domain.matching.reasons import explain, words_of
from caseapp.domain.matching.traits import profile_of
from caseapp.services.context import Context
from caseapp.store.reviews import FoundPair, StoredPair
from caseapp.store.unit_of_work import UnitOfWork


def waiting_count(context: Context, work: UnitOfWork) -> int:
    """How many pairs wait that the actor may see: the one count of every screen."""
    return work.reviews.count(besides=context.closed(work, work.reviews.restricted()))


def wait_again(
    work: UnitOfWork, model: Model, left_id: UUID, right_id: UUID, *, is_put_off: bool = False
) -> None:
    """A judgement was taken back: the pairs between the groups wait again where they still look alike.

    Compared are the two records themselves, and of the rest of their groups those that a search compares.
    """
    left, right = work.links.group(left_id), work.links.group(right_id)
    if right_id in left:
        return
    facts = work.known.facts(left | right)
    ids = [*sorted(left & facts.keys()), *sorted(right & facts.keys())]
    profiles = [profile_of(facts[one]) for one in ids]
    places = candidates.pairs(profiles, boundary=len(left & facts.keys()))
    if {left_id, right_id} <= facts.keys():
        places.append((ids.index(left_id), ids.index(right_id)))
    found = [_found(ids, profiles, pair, model) for pair in dict.fromkeys(places)]
    likely = [one for one in found if one.probability >= THRESHOLD]
    work.reviews.add(unsettled(work, likely, left | right), is_put_off=is_put_off)


def _found(ids: Sequence[UUID], profiles: Sequence[Profile], pair: Pair, model: Model) -> FoundPair:
    one, other = (profiles[place] for place in pair)
    pattern, surprise = compare(one, other, model.frequencies)
    chance = chance_at_most(model.odds_in_bits(pattern, surprise), pattern, one, other)
    return pair_of(ids[pair[0]], ids[pair[1]], chance, pattern, model)


def wait_as_before(work: UnitOfWork, waited: Iterable[StoredPair]) -> None:
    """Links of many were taken back: the pairs that they settled wait again, put off where they were."""
    pairs = list(waited)
    for is_put_off in (False, True):
        again = [_again(one) for one in pairs if one.is_put_off is is_put_off]
        work.reviews.add(unsettled(work, again), is_put_off=is_put_off)


def _again(pair: StoredPair) -> FoundPair:
    return FoundPair(pair.left_id, pair.right_id, pair.probability, pair.reasons, pair.evidence)


def unsettled(
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


def pair_of(one: UUID, other: UUID, chance: float, pattern: Pattern, model: Model) -> FoundPair:
    """Two records as a pair that can wait, with what they agree and differ in."""
    left, right = sorted((one, other))
    words = tuple(reason.words for reason in explain(pattern, model))
    return FoundPair(left, right, chance, words, evidence_of(words_of(pattern)))
