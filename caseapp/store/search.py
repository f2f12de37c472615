"""Finds people by their keys: every word of the query must be met, each by an index range."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log2
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, func, select, text
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from caseapp.domain import person_keys as keys
from caseapp.domain.matching.blocks import FACTS_OF, WEIGHT_OF
from caseapp.domain.matching.intake import wanted_keys
from caseapp.domain.matching.profile import Profile
from caseapp.domain.names import a_slip_apart, forms_of, sound, tokens
from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.base import Id
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonKeyRow, PersonRow

_LAST = "\U0010ffff"
_EVERY = 2**31
"""More people than there are: as many as have the word are looked at."""

AT_MOST_BY = {keys.MATCH: 150, keys.NAME: 60}
"""People taken from one key when looking for candidates; a key more common than that says little."""

AT_MOST_KEYS = 60
"""Keys looked up for one question, the surest first."""

COUNTED_TO = 2000
"""A name that more people have is common enough."""

AT_MOST_NEAR = 40
"""People that the matcher weighs for one question."""

FEW = 2
"""Where fewer people are found by the keys, names one slip of the hand away are looked up too."""

OTHERWISE = 0.5
"""How far a name counts that is a short form of the one told, or a slip apart from it."""

MOST_SLIPS = 12
"""Words tried with a slip, and names found by it."""

_KEY = table_of(PersonKeyRow)
_PERSON_ID = Id()


@dataclass(frozen=True, slots=True)
class Found:
    """A person met by a search, and how."""

    person_id: UUID
    name: str
    how: str


class SearchStore(Repository):
    """Reads the key table."""

    def by_words(self, query: str, *, limit: int, most_read: int | None = None) -> list[Found]:
        """People whose names meet every word, from the start of a word, in any order.

        With `most_read` only so many people of the rarest word are looked at: a first answer while typing.
        """
        words = tokens(query)[:6]
        if not words:
            return []
        ordered = self._rarest_first(words) if len(words) > 1 else words
        values: dict[str, Any] = {f"key_{number}": word for number, word in enumerate(ordered)}
        values |= {f"end_{number}": word + _LAST for number, word in enumerate(ordered)}
        return self._found(
            _all_words(len(ordered)), "name", values | {"at_most": limit, "most_read": most_read or _EVERY}
        )

    def _rarest_first(self, words: Sequence[str]) -> list[str]:
        counts = self._counts([(word, word + _LAST) for word in words])
        return [word for _count, word in sorted(zip(counts, words, strict=True))]

    def _counts(self, ranges: Sequence[tuple[str, str]]) -> list[int]:
        """How many name keys lie in each range, counted up to `COUNTED_TO`."""
        found = [0] * len(ranges)
        values = {f"key_{n}": low for n, (low, _high) in enumerate(ranges)}
        values |= {f"end_{n}": high for n, (_low, high) in enumerate(ranges)}
        for place, number in self._session.execute(_counting(len(ranges)), values) if ranges else ():
            found[place] = number
        return found

    def name_counts(self, wanted: Profile) -> dict[str, int]:
        """How many people have each word of these names in a name, counted up to `COUNTED_TO`."""
        words = list({word for name in wanted.names[:6] for word in (*name.given[:2], *name.family[:3])})
        return dict(zip(words, self._counts([(word, word) for word in words]), strict=True))

    def by_sound(self, query: str, *, limit: int) -> list[Found]:
        """People whose names sound like every word."""
        words = [sound(word) for word in tokens(query)[:6] if len(word) > 2]
        if not words or len(words) < len(tokens(query)[:6]):
            return []
        return self._found(self._by_sounds(words, limit), "sounds alike")

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

    def near(self, wanted: Profile, *, known: int) -> list[UUID]:
        """People who share most with a profile, at most `AT_MOST_NEAR`, the likeliest first; to be weighed.

        A key says the more the fewer of the `known` people have it; keys made of the same facts count once.
        """
        whole = sorted(wanted_keys(wanted), key=lambda key: (-WEIGHT_OF[key[0]], key))[:AT_MOST_KEYS]
        words = _words(wanted)
        asked = [(keys.MATCH, key) for key in whole] + [(keys.NAME, word) for word in words]
        found = self._sharing(asked)
        if len(set().union(*found.values())) < FEW:
            found |= self._sharing([(keys.NAME, word) for word in self._a_slip_apart(words)])
        said: dict[Any, dict[str, float]] = {}
        said_words = {word for name in wanted.names for word in (*name.given, *name.family)}
        for (kind, key), people in found.items():
            if kind == keys.NAME and whole and len(people) == AT_MOST_BY[kind]:
                continue
            bits, facts = log2(1.0 + known / len(people)), FACTS_OF[key[0]] if kind == keys.MATCH else "name"
            bits *= 1.0 if kind == keys.MATCH or key in said_words else OTHERWISE
            for person_id in people:
                of_person = said.setdefault(person_id, {})
                of_person[facts] = max(of_person.get(facts, 0.0), bits)
        ordered = sorted(said, key=lambda one: (-sum(said[one].values()), one))
        dialect = self._session.connection().dialect
        likeliest = (_PERSON_ID.process_result_value(one, dialect) for one in ordered[:AT_MOST_NEAR])
        return [one for one in likeliest if one is not None]

    def _a_slip_apart(self, words: Iterable[str]) -> list[str]:
        """Words of names that are one slip of the hand from these, of which nobody much was found."""
        tried = {other for word in list(words)[:MOST_SLIPS] for other in a_slip_apart(word)}
        kept = _KEY.c.key
        query = select(kept).where(_KEY.c.kind == keys.NAME, kept.in_(tried)).distinct().limit(MOST_SLIPS)
        return list(self._session.scalars(query)) if tried else []

    def _sharing(self, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Any]]:
        """Who has each of these keys, in one statement; of a common key only some.

        Ids are as the database has them: of the thousands met only few are looked at.
        """
        if not asked:
            return {}
        values = {f"key_{place}": key for place, (_kind, key) in enumerate(asked)}
        found: dict[tuple[str, str], list[Any]] = {}
        statement = _sharing(tuple(kind for kind, _key in asked))
        for place, person_id in self._session.execute(statement, values).all():
            found.setdefault(asked[place], []).append(person_id)
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

    def _by_sounds(self, sounds: Sequence[str], limit: int) -> Select[UUID, str]:
        query = select(PersonRow.id, PersonRow.display_name).distinct()
        for one in sounds:
            row = aliased(PersonKeyRow)
            query = query.join(row, row.person_id == PersonRow.id).where(
                row.kind == keys.SOUND, row.key == one
            )
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

    def _found(
        self, query: Select[UUID, str], how: str, values: Mapping[str, Any] | None = None
    ) -> list[Found]:
        return [Found(row.id, row.display_name, how) for row in self._session.execute(query, values)]


def _words(wanted: Profile) -> list[str]:
    """The words by which somebody is found of whom only half a name is right, short forms last."""
    names = wanted.names[:3]
    words = [word for name in names for word in (*name.given[:1], *name.family[:2])]
    alone = [name.given[0] for name in names if name.given and not name.family]
    return list(dict.fromkeys([*words, *(form for word in alone for form in sorted(forms_of(word)))]))[:16]


@cache
def _all_words(count: int) -> Select[UUID, str]:
    """People of the first of so many words, of whom each other word is looked up; put together once."""
    driver = (
        select(_KEY.c.person_id)
        .where(_KEY.c.kind == keys.NAME, _KEY.c.key.between(bindparam("key_0"), bindparam("end_0")))
        .limit(bindparam("most_read"))
        .subquery()
    )
    query = select(PersonRow.id, PersonRow.display_name).join(driver, driver.c.person_id == PersonRow.id)
    for number in range(1, count):
        row = _KEY.alias()
        within = row.c.key.between(bindparam(f"key_{number}"), bindparam(f"end_{number}"))
        met = select(row.c.person_id).where(row.c.person_id == PersonRow.id, row.c.kind == keys.NAME, within)
        query = query.where(met.exists())
    return query.distinct().limit(bindparam("at_most"))


@cache
def _sharing(kinds: tuple[str, ...]) -> Any:
    """One statement for so many keys, each with a limit of its own: a plain IN could bring in thousands."""
    one = (
        "SELECT * FROM (SELECT {0} AS place, person_id FROM person_key"
        " WHERE kind = '{1}' AND key = :key_{0} LIMIT {2}) AS found_{0}"
    )
    whole = (one.format(place, kind, AT_MOST_BY[kind]) for place, kind in enumerate(kinds))
    return text(" UNION ALL ".join(whole))


@cache
def _counting(count: int) -> Any:
    one = (
        "SELECT {0} AS place, count(*) AS number FROM (SELECT 1 FROM person_key"
        " WHERE kind = '{1}' AND key BETWEEN :key_{0} AND :end_{0} LIMIT {2}) AS counted_{0}"
    )
    whole = (one.format(place, keys.NAME, COUNTED_TO) for place in range(count))
    return text(" UNION ALL ".join(whole)).columns(place=Integer(), number=Integer())
