"""What a row of a list and one of our people say side by side, in two lines each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.births import birth_words
from caseapp.domain.one_person import OnePerson
from caseapp.domain.people import PointKind, usual_place
from caseapp.domain.people_lists import ListedPerson
from caseapp.services.alike import told_apart
from caseapp.services.context import Context
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair as the screen shows it; `person_id` where it is one of our people."""

    name: str
    second: str
    person_id: UUID | None = None


def side_of(one: ListedPerson) -> Side:
    """What a row says, in two lines."""
    name = (
        " ".join(filter(None, (one.given, one.family)))
        or next(iter(one.aliases), "")
        or one.description
        or "no name"
    )
    return Side(name, ", ".join(filter(None, (birth_words(one.birth), *one.phones[:1], one.place))))


def sides_of_ours(context: Context, work: UnitOfWork, people: Mapping[UUID, OnePerson]) -> dict[UUID, Side]:
    """Each of our people in two lines, those who read alike told apart."""
    today = context.today()
    lines = {one: _ours_second(whole, today) for one, whole in people.items()}
    told = told_apart(context, work, people.values(), lines)
    return {one: Side(whole.display_name, told[one], one) for one, whole in people.items()}


def _ours_second(whole: OnePerson, today: date) -> str:
    details = whole.details
    phones = [one.value for one in details.points if one.kind is PointKind.PHONE]
    told = (birth_words(details.birth), *phones[:1], usual_place(details, today))
    return ", ".join(filter(None, told))
