"""Two records side by side: what each says of one thing, and whether they say the same, in a word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from caseapp.domain.day_words import day_words
from caseapp.domain.names import fold, phone_digits
from caseapp.domain.people import Birth, PersonDetails, PointKind, Precision


class Mark(Enum):
    """How two records stand to each other in one thing; a word, so that no colour is needed."""

    SAME = "same"
    PARTLY = "partly the same"
    DIFFERS = "differs"
    ONE_ONLY = "one only"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that at least one of two records says; what is not said is empty.

    Without a mark it tells nothing of whether they are one person.
    """

    title: str
    left: str
    right: str
    mark: Mark | None


def side_by_side(left: PersonDetails, right: PersonDetails) -> tuple[Line, ...]:
    """What two people's records say, line by line in the order people ask for it."""
    return tuple(_lines(left, right))


def line_of(title: str, left: Sequence[str], right: Sequence[str], *, same: Callable[[str], str]) -> Line:
    """Several values on each side; `same` gives what is compared of a value."""
    mine, others = {same(one) for one in left}, {same(one) for one in right}
    if not mine or not others:
        mark = Mark.ONE_ONLY
    elif mine == others:
        mark = Mark.SAME
    else:
        mark = Mark.PARTLY if mine & others else Mark.DIFFERS
    return Line(title, "\n".join(left), "\n".join(right), mark)


def birth_words(birth: Birth | None) -> str:
    """As much of a birth date as is known: "2 Mar 1976", "Mar 1976", "1976", "about 1976"."""
    if birth is None:
        return ""
    if birth.precision is Precision.DAY:
        return day_words(birth.on)
    if birth.precision is Precision.MONTH:
        return f"{birth.on:%b %Y}"
    return f"about {birth.on.year}" if birth.precision is Precision.ESTIMATED else str(birth.on.year)


_Values = Callable[[PersonDetails], list[str]]


def _lines(left: PersonDetails, right: PersonDetails) -> Iterator[Line]:
    for title, values, same in _ASKED:
        mine, others = values(left), values(right)
        if mine or others:
            yield line_of(title, mine, others, same=same)


def _names(details: PersonDetails) -> list[str]:
    return [f"{one.full}, do not use" if one.do_not_use else one.full for one in details.names if one.full]


def _known(text: str) -> list[str]:
    return [text] if text.strip() else []


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


_ASKED: tuple[tuple[str, _Values, Callable[[str], str]], ...] = (
    ("Names", _names, _folded),
    ("Born", lambda one: _known(birth_words(one.birth)), str),
    (
        "Phone",
        lambda one: [point.value for point in one.points if point.kind is PointKind.PHONE],
        lambda text: phone_digits(text) or text,
    ),
    (
        "E-mail",
        lambda one: [point.value for point in one.points if point.kind is PointKind.EMAIL],
        _folded,
    ),
    ("Places", lambda one: [place.text for place in one.places], _folded),
    ("Description", lambda one: _known(one.description), _folded),
    ("Gender", lambda one: _known(one.gender), _folded),
    ("Died", lambda one: _known(day_words(one.deceased_on)), str),
    ("Pronouns", lambda one: _known(one.pronouns), _folded),
    ("Languages", lambda one: list(one.languages), _folded),
    ("Comes with", lambda one: _known(one.comes_with), _folded),
    ("Alerts", lambda one: [alert.text for alert in one.alerts], _folded),
    ("People close", lambda one: [f"{near.kind_words}: {near.name}" for near in one.relations], _folded),
    ("Numbers", lambda one: [f"{number.scheme} {number.value}" for number in one.identifiers], _folded),
)
