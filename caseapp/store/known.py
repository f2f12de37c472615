"""Reads for many rows at once what tells whether they look like somebody stored."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select

from caseapp.domain.people import LinkKind, PersonDetails
from caseapp.store import direct
from caseapp.store.bulk import table_of
from caseapp.store.chunks import chunks
from caseapp.store.person_facts import details_of, is_sealed
from caseapp.store.repository import Repository
from caseapp.store.tables.people import PersonFactsRow, PersonKeyRow, PersonRow

T = TypeVar("T")
_KEY, _PERSON = table_of(PersonKeyRow), table_of(PersonRow)
_FACTS = table_of(PersonFactsRow)
_FACTS_OF = select(_FACTS.c.person_id, _FACTS.c.content).where(
    _FACTS.c.person_id.in_(bindparam("people", expanding=True))
)
_LINKED = "EXISTS (SELECT 1 FROM person_link WHERE {0} = person_id AND kind = '{1}' AND undone_at IS NULL)"
_CANDIDATES = "SELECT person_id, content, {0} OR {1} FROM person_facts WHERE person_id IN ({2})"
_AT_ONCE = 12
"""Candidates read in one statement: so many, or a multiple of it."""


class KnownStore(Repository):
    """Reads keys and what is weighed and shown of a candidate, in one read."""

    def is_empty(self) -> bool:
        """Whether nobody is stored yet, so that nobody can look known."""
        return self._session.execute(select(_PERSON.c.id).limit(1)).first() is None

    def sharing(self, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], set[UUID]]:
        """Who has each of these keys, by kind and key."""
        found: dict[tuple[str, str], set[UUID]] = {}
        for kind, keys in wanted.items():
            for some in chunks(keys):
                query = select(_KEY.c.key, _KEY.c.person_id).where(_KEY.c.kind == kind, _KEY.c.key.in_(some))
                for key, person_id in self._session.execute(query):
                    found.setdefault((kind, key), set()).add(person_id)
        return found

    def candidates(self, person_ids: Collection[UUID]) -> tuple[dict[UUID, list[Any]], list[UUID]]:
        """What is kept to compare and list these people, sealed ones too; and who is linked with anybody.

        `person_facts` takes apart what is kept. So few are asked about that one statement takes them all.
        """
        if not person_ids:
            return {}, []
        connection = self._session.connection()
        asked = direct.ids(connection, person_ids)
        asked += asked[-1:] * (-len(asked) % _AT_ONCE)
        values = {f"id_{place}": one for place, one in enumerate(asked)}
        found = direct.rows(connection, _candidates(len(asked)), values)
        kept = {direct.id_of(one): direct.plain(content) for one, content, _is_linked in found}
        return kept, [direct.id_of(one) for one, _content, is_linked in found if is_linked]

    def facts(self, person_ids: Iterable[UUID]) -> dict[UUID, PersonDetails]:
        """What is compared and listed of these people, without those who are sealed."""
        found: dict[UUID, PersonDetails] = {}
        for some in chunks(person_ids):
            rows = self._session.execute(_FACTS_OF, {"people": some})
            found |= {one: details_of(content) for one, content in rows if not is_sealed(content)}
        return found

    def everybody(self) -> list[UUID]:
        """Every record, the oldest first."""
        return list(self._session.scalars(select(_PERSON.c.id).order_by(_PERSON.c.id)))


@cache
def _candidates(count: int) -> str:
    """Put together once for so many: it is asked at every key that is typed."""
    sides = (_LINKED.format(side, LinkKind.SAME.value) for side in ("left_id", "right_id"))
    return _CANDIDATES.format(*sides, ", ".join(f":id_{place}" for place in range(count)))
