"""What tells people apart whose lines in a list would read the same: of one name, birth and place."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from caseapp.domain.day_words import day_words
from caseapp.domain.names import phone_digits
from caseapp.domain.one_person import OnePerson
from caseapp.domain.people import main_phone
from caseapp.domain.second_line import second_line
from caseapp.services.context import Context
from caseapp.services.repeat import calls_of
from caseapp.store.unit_of_work import UnitOfWork

_TOLD = 4
"""Digits of a phone that are told; a whole number is shown only where somebody is opened."""


def second_lines(context: Context, work: UnitOfWork, people: Collection[OnePerson]) -> dict[UUID, str]:
    """The second line of each; where others read the same, after how the phone ends and when last seen."""
    today = context.today()
    return told_apart(context, work, people, {one.id: second_line(one.details, today) for one in people})


def told_apart(
    context: Context, work: UnitOfWork, people: Collection[OnePerson], lines: Mapping[UUID, str]
) -> dict[UUID, str]:
    """The same for other second lines of these people."""
    told, often = dict(lines), Counter(lines.values())
    near = [one for one in people if often[lines[one.id]] > 1]
    named = Counter((one.display_name, lines[one.id]) for one in near)
    alike = [one for one in near if named[one.display_name, lines[one.id]] > 1]
    seen = _last_seen(context, work, alike) if alike else {}
    for one in alike:
        day = seen.get(one.id)
        when = f"last seen {day_words(day)}" if day else "not met yet"
        told[one.id] = ", ".join(filter(None, (_phone_words(one), when, lines[one.id])))
    return told


def _phone_words(person: OnePerson) -> str:
    phone = main_phone(person.details)
    digits = phone_digits(phone.value) if phone else ""
    return f"phone ends in {digits[-_TOLD:]}" if digits else "no phone"


def _last_seen(context: Context, work: UnitOfWork, people: Collection[OnePerson]) -> dict[UUID, date]:
    """The day of the last call or contact of each, on the records that the actor may open."""
    now, calls = context.now(), calls_of(context, work, [one.id for one in people])
    contacts = work.contacts.last([member.id for one in people for member in one.members])
    found = {}
    for one in people:
        times = [at for at in calls.get(one.id, ()) if at <= now]
        times += [contacts[member.id] for member in one.members if member.id in contacts]
        if times:
            found[one.id] = max(times).astimezone(context.zone).date()
    return found
