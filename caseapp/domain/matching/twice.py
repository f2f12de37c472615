"""Those among the people somebody may be who are certainly one person, and stand twice in the records."""

from collections.abc import Callable, Sequence
from uuid import UUID

from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.intake import Ranked
from caseapp.domain.matching.judging import chance_at_most
from caseapp.domain.matching.model import CERTAIN, Model
from caseapp.domain.matching.profile import Profile


def standing_twice(
    found: Sequence[tuple[Ranked, Profile]], model: Model, are_apart: Callable[[UUID, UUID], bool]
) -> list[Ranked]:
    """The same people in their order, `same_as` said of whoever is certainly one offered before.

    The two are no rivals: each is as likely as if the other did not stand there, and to all others they
    count once. `are_apart` tells whether somebody judged that two are not the same.
    """
    heads = _heads(found, model, are_apart)
    further = {place for place, head in enumerate(heads) if head != place}
    told = []
    for place, (one, _profile) in enumerate(found):
        no_rivals = (further | {heads[place]}) - {place}
        rest = 1.0 - sum(found[each][0].probability for each in no_rivals)
        same_as = found[heads[place]][0].person_id if place in further else None
        told.append(one._replace(probability=one.probability / rest, same_as=same_as))
    return told


def _heads(
    found: Sequence[tuple[Ranked, Profile]], model: Model, are_apart: Callable[[UUID, UUID], bool]
) -> list[int]:
    """Of each the place of the first one that is certainly the same person: mostly their own."""
    heads: list[int] = []
    for place, (one, profile) in enumerate(found):
        heads.append(place)
        for head in dict.fromkeys(heads[:-1]):
            first, first_profile = found[head]
            if _is_certain(first_profile, profile, model) and not are_apart(first.person_id, one.person_id):
                heads[place] = head
                break
    return heads


def _is_certain(one: Profile, other: Profile, model: Model) -> bool:
    """Whether the two are so likely one person that they may be linked many at a time."""
    pattern, surprise = compare(one, other, model.frequencies)
    return chance_at_most(model.odds_in_bits(pattern, surprise), pattern, one, other) >= CERTAIN
