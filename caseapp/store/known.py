"""Reads for many rows at once what tells whether they look like somebody stored."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select

from caseapp.domain.people import PersonDetails
from caseapp.store.bulk import table_of
from caseapp.store.person_facts import details_of
from caseapp.store.repository import Repository
from caseapp.store.tables.people import PersonFactsRow, PersonKeyRow, PersonRow

T = TypeVar("T")
CHUNK = 2000
_KEY, _PERSON, _FACTS = table_of(PersonKeyRow), table_of(PersonRow), table_of(PersonFactsRow)
_FACTS_OF = (
    select(
        *(_PERSON.c.id, _PERSON.c.kind, _PERSON.c.description, _PERSON.c.pronouns),
        *(_PERSON.c.birth_on, _PERSON.c.birth_precision, _PERSON.c.is_restricted, _FACTS.c.content),
    )
    .join(_FACTS, _FACTS.c.person_id == _PERSON.c.id)
    .where(_PERSON.c.id.in_(bindparam("people", expanding=True)))
)
"""What is read of candidates, put together once: it is asked at every key that is typed."""


class KnownStore(Repository):
    """Reads keys and what is weighed and shown of a candidate, in one read."""

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

    def rows(self, person_ids: Iterable[UUID]) -> dict[UUID, Any]:
        """What is kept to compare and list these people, sealed ones too; taken apart where it is needed."""
        found: dict[UUID, Any] = {}
        for some in _chunks(person_ids):
            found.update((row.id, row) for row in self._session.execute(_FACTS_OF, {"people": some}).all())
        return found

    def facts(self, person_ids: Iterable[UUID]) -> dict[UUID, PersonDetails]:
        """What is compared and listed of these people, without those who are sealed."""
        rows = self.rows(person_ids)
        return {one: details_of(row) for one, row in rows.items() if not row.is_restricted}

    def everybody(self) -> list[UUID]:
        """Every record, the oldest first."""
        return list(self._session.scalars(select(_PERSON.c.id).order_by(_PERSON.c.id)))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while some := list(islice(source, CHUNK)):
        yield some
