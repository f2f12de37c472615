"""Finds people by their keys: every word of the query must be met, each by an index range."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import nsmallest
from math import log2
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, String, and_, func, select, text
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from caseapp.domain import person_keys as keys
from caseapp.domain.matching.blocks import FACTS_OF, WEIGHT_OF, in_one_or_two
from caseapp.domain.matching.intake import wanted_keys
from caseapp.domain.matching.profile import Profile
from caseapp.domain.names import a_slip_apart, sound, tokens
from caseapp.domain.short_forms import forms_of
from caseapp.store import dialects, direct
from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.base import Id
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.people import PersonKeyRow, PersonRow

_LAST = "\U0010ffff"
_EVERY = 2**31
"""More people than there are: as many as have the word are looked at."""

AT_MOST_BY = 60
"""People taken from one key when looking for candidates; a key more common than that says little.

Of 150 nobody more is found: of 1,500 the right person is among five the same 0.979, 0.967 and 0.931 times
at 10,000, 100,000 and a million people.
"""

AT_MOST_KEYS = 60
"""Keys looked up for one question, the surest first."""

_AT_ONCE, _COUNTED_AT_ONCE = 12, 4
"""Keys looked up, and counted, in one statement: so many, or a multiple of it."""

COUNTED_TO = 2000
"""A name that more people have is common enough."""

AT_MOST_NEAR = 40
"""People that the matcher weighs for one question of whoever looks for somebody."""

AT_MOST_OFFERED = 24
"""The same where few are offered while fields are typed: who comes later is hardly ever likely."""

AT_MOST_FIRST = 12
"""The same for a first answer while somebody types, which the whole one soon follows: one for each line.

Of 1,500 people asked for by name among a million, 0.818 stand among its first ten; of 16 that are weighed
0.826, of 40 of them 0.808.
"""

FAR_LESS = 18.0
"""Whoever shares so many bits less than somebody else is not weighed: no contradiction takes as many."""

FEW = 2
"""Where the keys find fewer, whoever has two counted twice, names a slip of the hand away are looked up."""

_WHOLE_NAME = "ax"
"""Kinds of keys of a first and a last name: where nobody has one, the first may be in two words or one."""

OTHERWISE = 0.5
"""How far a name counts that is a short form of the one told, or a slip apart from it."""

MOST_SLIPS = 12
"""Words tried with a slip, and names found by it."""

_KEY = table_of(PersonKeyRow)


_SOON_ASKED, _BEGINNING = 100, 2
"""People of whom it is soon asked, one by one, whether they have a key; letters that begin too many names."""


class _Range(NamedTuple):
    """Keys from `low` to `high`, and how many there are as far as they were counted."""

    number: int
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person met by a search, and how."""

    person_id: UUID
    name: str
    how: str


class Near(NamedTuple):
    """People who share most with somebody, the likeliest first; `counted` says how many have a word.

    Words that more people have than are looked at are not counted.
    """

    people: list[UUID]
    counted: dict[str, int]


class SearchStore(Repository):
    """Reads the key table."""

    def by_words(self, query: str, *, limit: int, most_read: int | None = None) -> list[Found]:
        """People whose names meet every word, from the start of a word, in any order.

        With `most_read` only so many people of the rarest word are looked at: a first answer while typing.
        """
        words = tokens(query)[:6]
        if not words:
            return []
        counts = self._counts(keys.NAME, [(word, word + _LAST) for word in words]) if len(words) > 1 else [0]
        asked = [_Range(number, word, word + _LAST) for number, word in zip(counts, words, strict=True)]
        return self._meeting(keys.NAME, asked, "name", limit, most_read=most_read or _EVERY, most_met=limit)

    def _meeting(
        self, kind: str, asked: list[_Range], how: str, limit: int, *, most_read: int, most_met: int
    ) -> list[Found]:
        """People with a key in each range; whom the rarest finds are looked for among those of the others."""
        rarest, *others = sorted(asked)
        others.sort(key=lambda one: _is_read_whole(one, rarest.number))
        values: dict[str, Any] = {"key_0": rarest.low, "end_0": rarest.high}
        for number, one in enumerate(others, 1):
            values |= {f"key_{number}": one.low, f"end_{number}": one.high}
        ways = tuple(_is_read_whole(one, rarest.number) for one in others)
        limits = {"most_read": most_read, "most_met": most_met, "at_most": limit}
        return self._found(_all_of(kind, ways), how, values | limits)

    def _counts(self, kind: str, ranges: Sequence[tuple[str, str]]) -> list[int]:
        """How many keys lie in each range, counted up to `COUNTED_TO`."""
        some = [*ranges, *[("", "")] * (-len(ranges) % _COUNTED_AT_ONCE)]
        values = {f"key_{n}": low for n, (low, _high) in enumerate(some)}
        values |= {f"end_{n}": high for n, (_low, high) in enumerate(some)}
        found = [0] * len(some)
        for place, number in self._session.execute(_counting(kind, len(some)), values) if ranges else ():
            found[place] = number
        return found[: len(ranges)]

    def name_counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many people have each of these words in a name, counted up to `COUNTED_TO`."""
        asked = list(words)
        return dict(zip(asked, self._counts(keys.NAME, [(word, word) for word in asked]), strict=True))

    def by_sound(self, query: str, *, limit: int, most_read: int | None = None) -> list[Found]:
        """People whose names sound like every word; with `most_read` as in `by_words`."""
        words = [sound(word) for word in tokens(query)[:6] if len(word) > 2]
        if not words or len(words) < len(tokens(query)[:6]):
            return []
        counts = self._counts(keys.SOUND, [(word, word) for word in words]) if len(words) > 1 else [0]
        asked = [_Range(number, word, word) for number, word in zip(counts, words, strict=True)]
        most_met = limit if most_read else _EVERY
        return self._meeting(
            keys.SOUND, asked, "sounds alike", limit, most_read=most_read or _EVERY, most_met=most_met
        )

    def by_phone(self, digits: str, *, limit: int) -> list[Found]:
        """People with a phone that is these digits or ends with them."""
        ends = _begins(PersonKeyRow.key, digits[::-1])
        return self._found(self._by(keys.PHONE_END, ends, limit), "phone")

    def by_birth(self, day: date, *, limit: int) -> list[Found]:
        """People born on a day."""
        return self._found(self._by(keys.BORN, PersonKeyRow.key == day.isoformat(), limit), "birth date")

    def by_number(self, text: str, *, limit: int) -> list[Found]:
        """People another system knows by this number."""
        return self._found(self._by(keys.NUMBER, _begins(PersonKeyRow.key, text), limit), "number")

    def by_call_number(self, number: str, *, limit: int) -> list[Found]:
        """People met on a call."""
        query = (
            select(PersonRow.id, PersonRow.display_name)
            .join(EncounterRow, EncounterRow.person_id == PersonRow.id)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(_begins(CallRow.number, number))
            .distinct()
            .limit(limit)
        )
        return self._found(query, "call")

    def near(self, wanted: Profile, *, known: int, at_most: int = AT_MOST_NEAR) -> Near:
        """People who share most with a profile, to be weighed.

        A key says the more the fewer of the `known` people have it; keys made of the same facts count once.
        """
        whole = sorted(wanted_keys(wanted), key=lambda key: (-WEIGHT_OF[key[0]], key))[:AT_MOST_KEYS]
        words = _words(wanted)
        asked = [(keys.MATCH, key) for key in whole] + [(keys.NAME, word) for word in words]
        found = self._sharing(asked)
        counted = {word: len(found.get((keys.NAME, word), ())) for word in words}
        if not any(kind == keys.MATCH and key[0] in _WHOLE_NAME for kind, key in found):
            found |= self._sharing([(keys.MATCH, key) for key in sorted(set(in_one_or_two(wanted)))])
        if all(len(people) < FEW for people in found.values()) and len(set().union(*found.values())) < FEW:
            found |= self._sharing([(keys.NAME, word) for word in self._a_slip_apart(words)])
        said_words = {word for name in wanted.names for word in (*name.given, *name.family)}
        keys_by_bits = []
        for (kind, key), people in found.items():
            if kind == keys.NAME and whole and len(people) == AT_MOST_BY:
                continue
            bits = log2(1.0 + known / len(people))
            is_as_said = kind == keys.MATCH or key in said_words
            facts = FACTS_OF[key[0]] if kind == keys.MATCH else "name"
            keys_by_bits.append((bits if is_as_said else OTHERWISE * bits, facts, people))
        shared = _shared_bits(keys_by_bits)
        least = max(shared.values(), default=0.0) - FAR_LESS
        near = [(-bits, one) for one, bits in shared.items() if bits >= least]
        return Near(
            [UUID(hex=one) for _bits, one in nsmallest(at_most, near)],
            {word: number for word, number in counted.items() if number < AT_MOST_BY},
        )

    def _a_slip_apart(self, words: Iterable[str]) -> list[str]:
        """Words of names that are one slip of the hand from these, of which nobody much was found."""
        tried = {other for word in list(words)[:MOST_SLIPS] for other in a_slip_apart(word)}
        kept = _KEY.c.key
        query = select(kept).where(_KEY.c.kind == keys.NAME, kept.in_(tried)).distinct().limit(MOST_SLIPS)
        return list(self._session.scalars(query)) if tried else []

    def _sharing(self, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """Who has each of these keys, in one statement; of a common key only some.

        Ids are in letters, those of a key in one row: of the thousands met only few are looked at.
        """
        if not asked:
            return {}
        some = _filled_up(asked)
        values = {f"key_{place}": key for place, (_kind, key) in enumerate(some)}
        together = dialects.ids_together(dialects.name_of(self._session))
        statement = _sharing(tuple(kind for kind, _key in some), together)
        return {
            some[place]: [ids[start : start + _LETTERS] for start in range(0, len(ids), _LETTERS)]
            for place, ids in direct.rows(self._session.connection(), statement, values)
            if ids
        }

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

    def met_at(self, place: str) -> int:
        """How many people were met on calls of a place, written so; of a place of very many calls some."""
        met = (
            select(EncounterRow.person_id)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(CallRow.place == place, EncounterRow.person_id.is_not(None))
            .limit(COUNTED_TO)
            .subquery()
        )
        return self._session.scalar(select(func.count(met.c.person_id.distinct()))) or 0

    def records_with(self, key: str) -> int:
        """How many records have a key to match by, counted up to `COUNTED_TO`."""
        return self._counts(keys.MATCH, [(key, key)])[0]

    def some_with(self, key: str) -> list[UUID]:
        """Some of these records, as many as are taken from one key."""
        query = select(PersonKeyRow.person_id).where(PersonKeyRow.kind == keys.MATCH, PersonKeyRow.key == key)
        return list(self._session.scalars(query.limit(AT_MOST_BY)))

    def count(self) -> int:
        """How many people there are."""
        return self._session.scalar(select(func.count()).select_from(PersonRow)) or 0

    def _by(self, kind: str, meets: ColumnElement[bool], limit: int) -> Select[UUID, str]:
        return (
            select(PersonRow.id, PersonRow.display_name)
            .join(PersonKeyRow, PersonKeyRow.person_id == PersonRow.id)
            .where(PersonKeyRow.kind == kind, meets)
            .distinct()
            .order_by(PersonRow.display_name)
            .limit(limit)
        )

    def _found(self, query: Any, how: str, values: Mapping[str, Any] | None = None) -> list[Found]:
        return [Found(row.id, row.display_name, how) for row in self._session.execute(query, values)]


def _begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Read by the index. No BETWEEN: PostgreSQL refuses one with the COLLATE that these columns bring."""
    return and_(column >= text, column <= text + _LAST)


def _words(wanted: Profile) -> list[str]:
    """The words by which somebody is found of whom only half a name is right, short forms last."""
    names = wanted.names[:3]
    words = [word for name in names for word in (*name.given[:1], *name.family[:2])]
    alone = [name.given[0] for name in names if name.given and not name.family]
    return list(dict.fromkeys([*words, *(form for word in alone for form in sorted(forms_of(word)))]))[:16]


def _is_read_whole(one: _Range, fewest: int) -> bool:
    """Whether everybody of a range is read at once, a page after the other, or each person asked for by hand.

    A range is read ten times as fast as one person after another is looked up; but the first letters of
    a name are those of half the people, and of a few people it is soon asked.
    """
    return one.number < COUNTED_TO or (fewest > _SOON_ASKED and len(one.low) > _BEGINNING)


_WITHIN = "FROM person_key WHERE kind = '{0}' AND key BETWEEN :key_{1} AND :end_{1}"
_AMONG = f"person_id IN (SELECT person_id {_WITHIN})"
_ASKED = f"EXISTS (SELECT 1 {_WITHIN} AND person_id = met.person_id)"
_PEOPLE = """
SELECT id, display_name FROM (
    SELECT DISTINCT person_id FROM (SELECT person_id {0} LIMIT :most_read) AS met
    WHERE {1} LIMIT :most_met
) AS found JOIN person ON id = person_id ORDER BY display_name LIMIT :at_most
"""


@cache
def _all_of(kind: str, are_read_whole: tuple[bool, ...]) -> Any:
    """People with a key in a first range of whom the others are true too.

    Their own rows are read last: most who have the one key have not the other.
    """
    others = [
        (_AMONG if is_read_whole else _ASKED).format(kind, number)
        for number, is_read_whole in enumerate(are_read_whole, 1)
    ]
    whole = _PEOPLE.format(_WITHIN.format(kind, 0), " AND ".join(others) or "true")
    return text(whole).columns(id=Id(), display_name=String())


def _filled_up(asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same keys by kind, and of each kind some that nobody has: each length is a statement of its own."""
    numbers = Counter(kind for kind, _key in asked)
    more = ((kind, "") for kind, number in numbers.items() for _one in range(-number % _AT_ONCE))
    return sorted((*asked, *more), key=lambda one: one[0])


def _shared_bits(keys_by_bits: Iterable[tuple[float, str, Sequence[str]]]) -> dict[str, float]:
    """What each person shares in all, in bits: of the keys made of the same facts the one that says most."""
    by_facts: dict[str, dict[str, float]] = {}
    for bits, facts, people in sorted(keys_by_bits):
        by_facts.setdefault(facts, {}).update(dict.fromkeys(people, bits))
    shared: dict[str, float] = {}
    for of_facts in by_facts.values():
        shared |= {one: bits + shared.get(one, 0.0) for one, bits in of_facts.items()}
    return shared


_LETTERS = 32


@cache
def _sharing(kinds: tuple[str, ...], together: str) -> str:
    """One statement for so many keys, each with a limit of its own: a plain IN could bring in thousands."""
    one = (
        "SELECT {0} AS place, {3} AS ids FROM (SELECT person_id FROM person_key"
        " WHERE kind = '{1}' AND key = :key_{0} LIMIT {2}) AS found_{0}"
    )
    whole = (one.format(place, kind, AT_MOST_BY, together) for place, kind in enumerate(kinds))
    return " UNION ALL ".join(whole)


@cache
def _counting(kind: str, count: int) -> Any:
    one = (
        "SELECT {0} AS place, count(*) AS number FROM (SELECT 1 FROM person_key"
        " WHERE kind = '{1}' AND key BETWEEN :key_{0} AND :end_{0} LIMIT {2}) AS counted_{0}"
    )
    whole = (one.format(place, kind, COUNTED_TO) for place in range(count))
    return text(" UNION ALL ".join(whole)).columns(place=Integer(), number=Integer())
