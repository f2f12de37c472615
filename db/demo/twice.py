"""A few people of the sample stand twice, as they do where two teams write: for the review to find."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from caseapp.domain.births import Birth, Precision
from caseapp.domain.contacts import Channel, ContactDetails, NoteText, Outcome
from caseapp.domain.people import Name, NameKind, Person, PersonDetails, PersonKind
from db.demo.communities import SHORT
from db.demo.desk import Desk

TIMES = 6
"""How many people are written a second time."""


def write_some_twice(desk: Desk, random: Random) -> None:
    """Another team met people it did not know and wrote them again, each with its own slip."""
    known = [one for one in desk.admin.people.recent(limit=10_000) if _is_plain(one)]
    known.sort(key=lambda one: one.display_name)
    for number, one in enumerate(random.sample(known, min(TIMES, len(known)))):
        details = _again(one.details, number)
        person_id = desk.by_login["rshaw"].people.add(details=details)
        contact = ContactDetails(
            at=desk.now - timedelta(hours=20 + number),
            channel=Channel.VISIT,
            outcome=Outcome.REACHED,
            person_ids=(person_id,),
            note=NoteText(parts={"Note": "Met at the evening round, gave water and socks."}),
        )
        desk.by_login["rshaw"].contacts.log(details=contact)


def _is_plain(one: Person) -> bool:
    details = one.details
    return (
        details.kind is PersonKind.KNOWN
        and not details.is_restricted
        and len(details.names) == 1
        and bool(details.names[0].family and details.points)
        and details.birth is not None
        and details.birth.precision is Precision.DAY
    )


def _again(details: PersonDetails, number: int) -> PersonDetails:
    """The same person by another hand: a short form, a letter too few, day and month swapped."""
    name, birth = details.names[0], details.birth
    given = SHORT[name.given][0] if name.given in SHORT else name.given
    family = (
        f"{name.family[:-2]}{name.family[-1]}" if number % 3 == 0 and len(name.family) > 4 else name.family
    )
    return replace(
        details,
        names=(Name(NameKind.LEGAL, given, family),),
        birth=_swapped(birth) if number % 2 and birth else birth,
        identifiers=(),
        alerts=(),
        relations=(),
        living=(),
    )


def _swapped(birth: Birth) -> Birth:
    on = birth.on
    return Birth(date(on.year, on.day, on.month)) if on.day <= 12 else birth
