"""Reads for many rows at once what tells whether they look like somebody stored."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from caseapp.domain.matching.profile import Profile
from caseapp.domain.people import (
    Birth,
    ContactPoint,
    Identifier,
    Name,
    PersonDetails,
    PersonPlace,
    PointKind,
)
from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.people import (
    ContactPointRow,
    PersonIdentifierRow,
    PersonKeyRow,
    PersonNameRow,
    PersonPlaceRow,
    PersonRow,
)

T = TypeVar("T")
CHUNK = 2000
_KEY, _PERSON = table_of(PersonKeyRow), table_of(PersonRow)
_NAME, _POINT = table_of(PersonNameRow), table_of(ContactPointRow)
_PLACE, _NUMBER = table_of(PersonPlaceRow), table_of(PersonIdentifierRow)
_OWN = (
    *(_PERSON.c.id, _PERSON.c.kind, _PERSON.c.description, _PERSON.c.pronouns),
    *(_PERSON.c.birth_on, _PERSON.c.birth_precision, _PERSON.c.is_restricted),
)
_THEM: BindParameter[UUID] = bindparam("people", expanding=True)
_OWN_OF = select(*_OWN).where(_PERSON.c.id.in_(_THEM))
_NAMES_OF = (
    select(_NAME.c.person_id, _NAME.c.kind, _NAME.c.given, _NAME.c.family, _NAME.c.do_not_use)
    .where(_NAME.c.person_id.in_(_THEM))
    .order_by(_NAME.c.position)
)
_PHONES_OF = select(_POINT.c.person_id, _POINT.c.value).where(
    _POINT.c.person_id.in_(_THEM), _POINT.c.kind == PointKind.PHONE
)
_PLACES_OF = select(_PLACE.c.person_id, _PLACE.c.kind, _PLACE.c.text).where(_PLACE.c.person_id.in_(_THEM))
_NUMBERS_OF = select(_NUMBER.c.person_id, _NUMBER.c.scheme, _NUMBER.c.value).where(
    _NUMBER.c.person_id.in_(_THEM)
)
"""What is read of candidates, put together once: it is asked at every key that is typed."""


class KnownStore(Repository):
    """Reads keys and what is weighed and shown of a candidate, in as few reads as there are tables."""

    def is_empty(self) -> bool:
        """Whether nobody is stored yet, so that nobody can look known."""
        return self._session.execute(select(_PERSON.c.id).limit(1)).first() is None

    def sharing(self, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], set[UUID]]:
        """Who has each of these keys, by kind and key."""
        found: dict[tuple[str, str], set[UUID]] = {}
        for kind, keys in wanted.items():
            for some in _chunks(keys):
                query = select(_KEY.c.key, _KEY.c.person_id).where(_KEY.c.kind == kind, _KEY.c.key.in_(some))
                for key, person_id in self._session.execute(query):
                    found.setdefault((kind, key), set()).add(person_id)
        return found

    def facts(
        self, person_ids: Iterable[UUID], *, of: Profile | None = None, with_sealed: bool = False
    ) -> dict[UUID, PersonDetails]:
        """What is compared and listed of these people, or only what compares with somebody.

        Sealed ones are left out unless the caller sees to them.
        """
        found: dict[UUID, PersonDetails] = {}
        for some in _chunks(person_ids):
            names = self._names(some)
            phones = self._phones(some) if of is None or of.phones else {}
            places = self._places(some) if of is None or of.streets or of.localities else {}
            numbers = self._numbers(some) if of is None or of.numbers else {}
            for row in self._session.execute(_OWN_OF, {"people": some}).all():
                person_id, on = row.id, row.birth_on
                if row.is_restricted and not with_sealed:
                    continue
                found[person_id] = PersonDetails(
                    kind=row.kind,
                    description=row.description,
                    pronouns=row.pronouns,
                    is_restricted=row.is_restricted,
                    names=tuple(names.get(person_id, ())),
                    birth=Birth(on, row.birth_precision) if on else None,
                    points=tuple(phones.get(person_id, ())),
                    places=tuple(places.get(person_id, ())),
                    identifiers=tuple(numbers.get(person_id, ())),
                )
        return found

    def everybody(self) -> list[UUID]:
        """Every record, the oldest first."""
        return list(self._session.scalars(select(_PERSON.c.id).order_by(_PERSON.c.id)))

    def _names(self, people: list[UUID]) -> dict[UUID, list[Name]]:
        found: dict[UUID, list[Name]] = {}
        for person_id, *name in self._session.execute(_NAMES_OF, {"people": people}).all():
            found.setdefault(person_id, []).append(Name(*name))
        return found

    def _phones(self, people: list[UUID]) -> dict[UUID, list[ContactPoint]]:
        found: dict[UUID, list[ContactPoint]] = {}
        for person_id, value in self._session.execute(_PHONES_OF, {"people": people}).all():
            found.setdefault(person_id, []).append(ContactPoint(PointKind.PHONE, value))
        return found

    def _places(self, people: list[UUID]) -> dict[UUID, list[PersonPlace]]:
        found: dict[UUID, list[PersonPlace]] = {}
        for person_id, kind, text in self._session.execute(_PLACES_OF, {"people": people}).all():
            found.setdefault(person_id, []).append(PersonPlace(kind, text))
        return found

    def _numbers(self, people: list[UUID]) -> dict[UUID, list[Identifier]]:
        found: dict[UUID, list[Identifier]] = {}
        for person_id, scheme, value in self._session.execute(_NUMBERS_OF, {"people": people}).all():
            found.setdefault(person_id, []).append(Identifier(scheme, value))
        return found


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while some := list(islice(source, CHUNK)):
        yield some
