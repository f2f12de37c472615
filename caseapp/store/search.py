"""Finds people by their keys: every word of the query must be met, each by an index range."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from caseapp.domain import person_keys as keys
from caseapp.domain.matching.blocks import WEIGHT_OF
from caseapp.domain.matching.intake import wanted_keys
from caseapp.domain.matching.profile import Profile
from caseapp.domain.names import groups_of, sound, tokens
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonKeyRow, PersonRow

_LAST = "\U0010ffff"
AT_MOST_BY_KEY = 300
"""People taken from one key when looking for candidates; a key more common than that says little."""

AT_MOST_NEAR = 120
"""People that the matcher weighs for one question."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person met by a search, and how."""

    person_id: UUID
    name: str
    how: str


class SearchStore(Repository):
    """Reads the key table."""

    def by_words(self, query: str, *, limit: int) -> list[Found]:
        """People whose names meet every word, from the start of a word, in any order."""
        words = tokens(query)[:6]
        if not words:
            return []
        return self._found(self._all_words(words, keys.NAME, is_prefix=True, limit=limit), "name")

    def by_sound(self, query: str, *, limit: int) -> list[Found]:
        """People whose names sound like every word."""
        words = [sound(word) for word in tokens(query)[:6] if len(word) > 2]
        if not words or len(words) < len(tokens(query)[:6]):
            return []
        return self._found(
            self._all_words(tuple(words), keys.SOUND, is_prefix=False, limit=limit), "sounds alike"
        )

    def by_phone(self, digits: str, *, limit: int) -> list[Found]:
        """People with a phone that is these digits or ends with them."""
        ends = PersonKeyRow.key.between(digits[::-1], digits[::-1] + _LAST)
        return self._found(self._by(keys.PHONE_END, ends, limit), "phone")

    def by_birth(self, day: date, *, limit: int) -> list[Found]:
        """People born on a day."""
        return self._found(self._by(keys.BORN, PersonKeyRow.key == day.isoformat(), limit), "birth date")

    def by_number(self, text: str, *, limit: int) -> list[Found]:
        """People another system knows by this number."""
        return self._found(
            self._by(keys.NUMBER, PersonKeyRow.key.between(text, text + _LAST), limit), "number"
        )

    def by_call_number(self, number: str, *, limit: int) -> list[Found]:
        """People met on a call."""
        query = (
            select(PersonRow.id, PersonRow.display_name)
            .join(EncounterRow, EncounterRow.person_id == PersonRow.id)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.number.between(number, number + _LAST))
            .distinct()
            .limit(limit)
        )
        return self._found(query, "call")

    def near(self, wanted: Profile) -> list[UUID]:
        """People who share most with a profile, at most `AT_MOST_NEAR`; the matcher weighs them."""
        shared: Counter[UUID] = Counter()
        for key in wanted_keys(wanted):
            query = (
                select(PersonKeyRow.person_id)
                .where(PersonKeyRow.kind == keys.MATCH, PersonKeyRow.key == key)
                .limit(AT_MOST_BY_KEY)
            )
            for person_id in self._session.scalars(query):
                shared[person_id] += WEIGHT_OF[key[0]]
        if not shared:
            return self._by_first_word(wanted)
        return [person_id for person_id, _weight in shared.most_common(AT_MOST_NEAR)]

    def _by_first_word(self, wanted: Profile) -> list[UUID]:
        """Of whom only one name is told: everybody of that name, if they are few enough to be told apart."""
        words = [name.given[0] for name in wanted.names if name.given]
        forms = {form for word in words for form in groups_of(word)}
        query = (
            select(PersonKeyRow.person_id)
            .where(PersonKeyRow.kind == keys.NAME, PersonKeyRow.key.in_(forms))
            .limit(AT_MOST_BY_KEY)
        )
        return list(dict.fromkeys(self._session.scalars(query)))

    def places_of(self, person_ids: set[UUID]) -> dict[UUID, tuple[str, ...]]:
        """Places of the calls on which each was met."""
        query = (
            select(EncounterRow.person_id, CallRow.place)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(EncounterRow.person_id.in_(person_ids), CallRow.place != "")
        )
        found: dict[UUID, list[str]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.person_id, []).append(row.place)
        return {person_id: tuple(places) for person_id, places in found.items()}

    def count(self) -> int:
        """How many people there are."""
        return self._session.scalar(select(func.count()).select_from(PersonRow)) or 0

    def _all_words(
        self, words: tuple[str, ...], kind: str, *, is_prefix: bool, limit: int
    ) -> Select[UUID, str]:
        query = select(PersonRow.id, PersonRow.display_name).distinct()
        for word in words:
            row = aliased(PersonKeyRow)
            meets = row.key.between(word, word + _LAST) if is_prefix else row.key == word
            query = query.join(row, row.person_id == PersonRow.id).where(row.kind == kind, meets)
        return query.order_by(PersonRow.display_name).limit(limit)

    def _by(self, kind: str, meets: ColumnElement[bool], limit: int) -> Select[UUID, str]:
        return (
            select(PersonRow.id, PersonRow.display_name)
            .join(PersonKeyRow, PersonKeyRow.person_id == PersonRow.id)
            .where(PersonKeyRow.kind == kind, meets)
            .distinct()
            .order_by(PersonRow.display_name)
            .limit(limit)
        )

    def _found(self, query: Select[UUID, str], how: str) -> list[Found]:
        return [Found(row.id, row.display_name, how) for row in self._session.execute(query)]
