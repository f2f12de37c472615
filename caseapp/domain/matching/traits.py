"""What is typed or told of somebody who may be known, and whom it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.births import Birth
from caseapp.domain.matching.profile import (
    Born,
    Called,
    Profile,
    Street,
    births_of,
    born_by_age,
    called_whole,
    is_nobody,
    locality,
    mails_of,
    names_of,
    numbers_of,
    phones_of,
    place,
    street,
    with_family,
)
from caseapp.domain.people import PersonDetails, PersonKind, PointKind


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody to be recognised; `age` is as stated, on `seen_on`.

    `birth` is as much of a birth as was told, where that may be less than the day of `birth_date`.
    """

    names: tuple[str, ...] = ()
    birth_date: date | None = None
    birth: Birth | None = None
    age: int | None = None
    phones: tuple[str, ...] = ()
    place: str = ""
    seen_on: date | None = None

    def profile(self, *, today: date) -> Profile:
        """As it is compared."""
        births: tuple[Born, ...] = ()
        if birth := Birth(self.birth_date) if self.birth_date else self.birth:
            births = births_of(birth)
        elif self.age is not None:
            births = (born_by_age(self.age, self.seen_on or today),)
        at = street(self.place)
        return Profile(
            names=with_family(self._called()),
            births=births,
            phones=phones_of(self.phones),
            streets=(at,) if at.words else (),
        )

    def _called(self) -> Iterator[Called]:
        """The first name as told; an alias of two words may be a whole name, or two first names."""
        said = (name for name in self.names if not is_nobody(name))
        for number, name in enumerate(said):
            whole = called_whole(name)._replace(is_alias=number > 0)
            yield whole
            if number and whole.given and whole.family and "," not in name:
                yield whole._replace(given=(*whole.given, *whole.family), family=())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person it may be: 0 to 1 how likely, and the reasons, weightiest first.

    `same_as` is the name of somebody offered before them who is certainly the same person.
    """

    person_id: UUID
    name: str
    second_line: str
    probability: float
    reasons: tuple[str, ...]
    same_as: str = ""

    @property
    def percent(self) -> int:
        """As it is shown."""
        return as_percent(self.probability)


def as_percent(probability: float) -> int:
    """A likelihood of 0 to 1 as it is shown: never 100, since no comparison proves that two are one."""
    return min(99, round(probability * 100))


def profile_of(details: PersonDetails, *, met_at: tuple[str, ...] = ()) -> Profile:
    """A record as it is compared; `met_at` are places of calls on which the person was met.

    Gender is not compared: half of all people share one, one team asks where another guesses, and whoever
    changed it would be parted from their own earlier record. Deaths are not weighed either; they keep a pair
    from being linked without anybody looking (`lifetimes`).
    """
    spots = [place(one.text) for one in details.places]
    streets = dict.fromkeys(
        at for at in (*(spot[0] for spot in spots), *map(street, met_at)) if at != Street("", "")
    )
    towns = dict.fromkeys(spot[1] for spot in spots if spot[1] != locality("", ""))
    return Profile(
        names=names_of((name.given, name.family, not name.family) for name in details.names),
        births=births_of(details.birth),
        phones=(
            *phones_of(one.value for one in details.points if one.kind is PointKind.PHONE),
            *mails_of(one.value for one in details.points if one.kind is PointKind.EMAIL),
        ),
        streets=tuple(streets),
        localities=tuple(towns),
        numbers=numbers_of(details.identifiers),
        is_unknown=details.kind is PersonKind.UNKNOWN,
    )
