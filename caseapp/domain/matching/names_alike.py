"""How two names agree: first and last, short forms, slips, sounds, and parts in each other's place."""

from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from caseapp.domain.matching.levels import Family, Given, Order, by_level
from caseapp.domain.matching.profile import Called
from caseapp.domain.name_spellings import parted, spelling_of
from caseapp.domain.names import KEPT, sound
from caseapp.domain.short_forms import forms_of, groups_of
from caseapp.domain.street_names import STREET_NAMES

_GIVEN_RANK = by_level(
    Given,
    MISSING=0.0,
    EXACT=8.0,
    SHORT=6.0,
    CLOSE=5.5,
    SOUND=4.5,
    INITIAL=1.5,
    CONTAINED=4.0,
    DIFFERENT=-4.0,
    FULL=9.0,
    MIDDLE=5.0,
    LINE=4.5,
)
_FAMILY_RANK = by_level(Family, MISSING=0.0, EXACT=9.0, PART=7.0, CLOSE=6.5, SOUND=5.0, DIFFERENT=-4.0)
"""How good a level is, to choose among several names and between straight and crossed ones."""

_SWAP_COST = 4.0
_SOUND_ALIKE_AND_ARE_TWO = {"jesus", "jose"}
"""Two of the commonest names, which brothers have."""

_MAY_BE_NAMESAKES = frozenset(Given) - {Given.MISSING, Given.CONTAINED, Given.DIFFERENT}


def is_near(one: str, other: str) -> bool:
    """One slip of the hand apart, or nearly all letters alike from the start on."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return shorter >= 5 and JaroWinkler.similarity(one, other) >= 0.92


@lru_cache(KEPT)
def given(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    """Compare given names; the first word weighs, the others may contain it."""
    if not one or not other:
        return Given.MISSING
    first, second = one[0], other[0]
    if first != second and (first in STREET_NAMES) != (second in STREET_NAMES):
        return Given.MISSING
    whole, other_whole = "".join(one), "".join(other)
    if first == second or whole == other_whole:
        return _middle(one, other) if len(first) > 1 else Given.INITIAL
    if len(first) == 1 or len(second) == 1:
        return _of_initial(one, other)
    if not groups_of(first).isdisjoint(groups_of(second)):
        return Given.SHORT
    if is_near(first, second) or (len(one) + len(other) > 2 and is_near(whole, other_whole)):
        return Given.CLOSE if _middles_fit(one, other) else Given.SOUND
    if _is_near_short(first, second) or _is_near_short(second, first):
        return Given.SOUND
    if sound(first) == sound(second) and {first, second} != _SOUND_ALIKE_AND_ARE_TWO:
        return Given.SOUND
    is_shared = any(len(word) > 1 and word in other for word in one[1:])
    if is_shared or first in other or _starts(first, second):
        return Given.CONTAINED
    return Given.DIFFERENT


def _of_initial(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    """One first name is a letter: the other's first, or what stands before the other's first name."""
    if one[0][0] == other[0][0]:
        return Given.INITIAL if _middles_fit(one, other) else Given.DIFFERENT
    whole = max(one[0], other[0], key=len)
    return Given.CONTAINED if len(whole) > 1 and whole in (*one[1:], *other[1:]) else Given.DIFFERENT


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> Given:
    """The first word agrees; a second one, where both have it, may confirm or contradict."""
    if len(one) < 2 or len(other) < 2 or one[0] != other[0]:
        return Given.EXACT
    if one[1] == other[1]:
        return Given.FULL if len(one[1]) > 1 else Given.EXACT
    return Given.EXACT if _middles_fit(one, other) else Given.MIDDLE


def _middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the second words can be of one person; they can where either is not told."""
    if len(one) < 2 or len(other) < 2 or set(one[1:]) & set(other[1:]):
        return True
    left, right = one[1], other[1]
    return left[0] == right[0] and (min(len(left), len(right)) == 1 or is_near(left, right))


def _is_near_short(one: str, other: str) -> bool:
    """Whether one is a slip of the hand apart from a short form of the other: "Gteg" of "Gregory"."""
    if len(one) < 4 or len(other) < 4 or _shortened(one).isdisjoint(_forms_shortened(other)):
        return False
    return any(OSA.distance(one, form, score_cutoff=1) <= 1 for form in forms_of(other) if len(form) > 3)


@lru_cache(KEPT)
def _shortened(word: str) -> frozenset[str]:
    """A word and all it is without one of its letters: two words a slip apart have one of these in common."""
    return frozenset((word, *(word[:place] + word[place + 1 :] for place in range(len(word)))))


@lru_cache(KEPT)
def _forms_shortened(word: str) -> frozenset[str]:
    return frozenset[str]().union(*(_shortened(form) for form in forms_of(word) if len(form) > 3))


def _starts(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


@lru_cache(KEPT)
def family(one: tuple[str, ...], other: tuple[str, ...]) -> Family:
    """Compare family names in any order; one of two surnames is enough for a part.

    A first letter that fits speaks neither for nor against.
    """
    if not one or not other:
        return Family.MISSING
    one, other = _parted_as(one, other), _parted_as(other, one)
    if one == other or sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Family.EXACT
    if any(len(word) > 1 and word in other for word in one):
        return Family.PART
    if _any_alike(one, other, is_near) or (
        len(one) + len(other) > 2 and is_near("".join(one), "".join(other))
    ):
        return Family.CLOSE
    if _any_alike(one, other, _sound_alike):
        return Family.SOUND
    return Family.MISSING if _any_alike(one, other, _is_initial_of) else Family.DIFFERENT


def _parted_as(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Words, parted from a small one that is joined before them where the other has them so: "Delacruz"."""
    return tuple(next((rest for rest in parted(word) if rest in other), word) for word in one)


def _any_alike(one: tuple[str, ...], other: tuple[str, ...], are: Callable[[str, str], bool]) -> bool:
    for left in one:
        for right in other:
            if are(left, right):
                return True
    return False


def _is_initial_of(one: str, other: str) -> bool:
    return one[0] == other[0] and min(len(one), len(other)) == 1


def _sound_alike(one: str, other: str) -> bool:
    is_heard = sound(one) == sound(other) or spelling_of(one) == spelling_of(other)
    return is_heard and len(one) > 1 and len(other) > 1


@lru_cache(KEPT)
def name(one: Called, other: Called) -> tuple[Given, Family, Order]:
    """Both parts as written, or crossed where that explains more; the same whichever comes first.

    Namesakes of whom one is told as Senior and the other as Junior are two.
    """
    found = _name(one, other)
    are_apart = one.generation and other.generation and one.generation != other.generation
    return (Given.LINE, *found[1:]) if are_apart and found[0] in _MAY_BE_NAMESAKES else found


def _name(one: Called, other: Called) -> tuple[Given, Family, Order]:
    if other < one:
        one, other = other, one
    straight = given(one.given, other.given), family(one.family, other.family)
    rank = _GIVEN_RANK[straight[0]] + _FAMILY_RANK[straight[1]]
    if straight[1] is Family.DIFFERENT and _is_middle(one, other):
        is_whole = min(len(one.given + one.family), len(other.given + other.family)) > 1
        return Given.FULL if is_whole else Given.EXACT, Family.MISSING, Order.STRAIGHT
    if rank > 4.0 or not (_may_be(one.given, other.family) or _may_be(one.family, other.given)):
        return *straight, Order.STRAIGHT
    crossed = given(one.given, other.family), family(one.family, other.given)
    ranks = _GIVEN_RANK[crossed[0]], _FAMILY_RANK[crossed[1]]
    if (min(ranks) >= 0.0 or crossed[1] is Family.EXACT) and sum(ranks) - _SWAP_COST > rank:
        return *crossed, Order.SWAPPED
    return *straight, Order.STRAIGHT


def _is_middle(one: Called, other: Called) -> bool:
    """Whether what one has for a last name is the other's middle name, and the last name was not told."""
    return one.given + one.family == other.given or other.given + other.family == one.given


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether any word of one begins as a word of the other: what does not is hardly the same."""
    return _any_alike(one, other, _begin_alike)


def _begin_alike(one: str, other: str) -> bool:
    return one[0] == other[0]


def rank(found: tuple[Given, Family, Order]) -> float:
    """How good a pairing of two names is, to choose the best among several."""
    return _GIVEN_RANK[found[0]] + _FAMILY_RANK[found[1]] - _SWAP_COST * found[2]
