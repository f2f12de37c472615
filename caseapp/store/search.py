"""Finds people by their keys: every word of the query must be met, each by an index range."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from caseapp.domain import person_keys as keys
from caseapp.domain.matching import Traits, near_days
from caseapp.domain.names import groups_of, phone_digits, sound, tokens
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonKeyRow, PersonRow

_LAST = "\U0010ffff"
AT_MOST_BY_KEY = 400
"""People taken from one kind of key when looking for candidates; a key more common than that says little."""


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

    def near(self, traits: Traits) -> set[UUID]:
        """Everybody who shares a telling key with these traits; the matcher weighs them."""
        found: set[UUID] = set()
        for kind, wanted in _telling_keys(traits):
            query = (
                select(PersonKeyRow.person_id)
                .where(PersonKeyRow.kind == kind, PersonKeyRow.key.in_(wanted))
                .limit(AT_MOST_BY_KEY)
            )
            found.update(self._session.scalars(query))
        if traits.place:
            found.update(self._met_at(traits.place))
        return found

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

    def _met_at(self, place: str) -> list[UUID]:
        query = (
            select(EncounterRow.person_id)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.place == place, EncounterRow.person_id.is_not(None))
            .limit(AT_MOST_BY_KEY)
        )
        return [one for one in self._session.scalars(query) if one]

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


def _telling_keys(traits: Traits) -> list[tuple[str, list[str]]]:
    words = [token for name in traits.names for token in tokens(name)]
    wanted = {
        keys.PHONE: [digits for phone in traits.phones if (digits := phone_digits(phone))],
        keys.BORN: [day.isoformat() for day in near_days(traits.birth_date)],
        keys.NAME: words,
        keys.SOUND: [sound(word) for word in words if len(word) > 2],
        keys.GROUP: [group for word in words for group in groups_of(word)],
    }
    return [(kind, values) for kind, values in wanted.items() if values]
