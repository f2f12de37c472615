"""Two records side by side: what each says of one thing, and whether they say the same, in a word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from caseapp.domain.births import birth_words
from caseapp.domain.code_words import InWords
from caseapp.domain.day_words import day_words
from caseapp.domain.names import fold, phone_digits
from caseapp.domain.people import PersonDetails, PointKind


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


def side_by_side(left: PersonDetails, right: PersonDetails, said: InWords) -> tuple[Line, ...]:
    """What two people's records say, line by line in the order people ask for it; `said` are the lists."""
    return tuple(_lines(left, right, said))


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


_Values = Callable[[PersonDetails, InWords], list[str]]


def _lines(left: PersonDetails, right: PersonDetails, said: InWords) -> Iterator[Line]:
    for title, values, same in _ASKED:
        mine, others = values(left, said), values(right, said)
        if mine or others:
            yield line_of(title, mine, others, same=same)


def _names(details: PersonDetails, _said: InWords) -> list[str]:
    return [f"{one.full}, do not use" if one.do_not_use else one.full for one in details.names if one.full]


def _known(text: str) -> list[str]:
    return [text] if text.strip() else []


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


_ASKED: tuple[tuple[str, _Values, Callable[[str], str]], ...] = (
    ("Names", _names, _folded),
    ("Born", lambda one, _said: _known(birth_words(one.birth)), str),
    (
        "Phone",
        lambda one, _said: [point.value for point in one.points if point.kind is PointKind.PHONE],
        lambda text: phone_digits(text) or text,
    ),
    (
        "E-mail",
        lambda one, _said: [point.value for point in one.points if point.kind is PointKind.EMAIL],
        _folded,
    ),
    ("Places", lambda one, _said: [place.text for place in one.places], _folded),
    ("Description", lambda one, _said: _known(one.description), _folded),
    ("Gender", lambda one, said: _known(said.word("gender", one.gender)), _folded),
    ("Died", lambda one, _said: _known(day_words(one.deceased_on)), str),
    ("Pronouns", lambda one, said: _known(said.word("pronouns", one.pronouns)), _folded),
    ("Languages", lambda one, said: [said.word("language", code) for code in one.languages], _folded),
    ("Comes with", lambda one, _said: _known(one.comes_with), _folded),
    ("Alerts", lambda one, _said: [alert.text for alert in one.alerts], _folded),
    (
        "People close",
        lambda one, said: [f"{said.word('relation', near.kind)}: {near.name}" for near in one.relations],
        _folded,
    ),
    (
        "Numbers",
        lambda one, said: [
            f"{said.word('identifier_kind', each.scheme)} {each.value}" for each in one.identifiers
        ],
        _folded,
    ),
)
