"""The list of calls page by page: each read goes along one index and stops when the page is full."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from caseapp.domain.call_filters import CallCount, CallFilter, CallWords, Mark, Written
from caseapp.domain.calls import NOT_POLICE, CallLine, Model
from caseapp.domain.encounters import Part
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow, UnitRow

_WORDS_IN = (
    CallRow.number,
    CallRow.type_text,
    CallRow.type_initial_text,
    CallRow.place,
    CallRow.disposition,
)
_SHOWN_TYPE: ColumnElement[str] = case(
    (CallRow.type_text != "", CallRow.type_text), else_=CallRow.type_initial_text
)
IS_ONE_CALL = CallRow.duplicate_of == ""
IS_ABOUT_THEM = and_(EncounterRow.part == Part.SUBJECT, IS_ONE_CALL)
"""What repeat contact counts, on screens as in reports: calls about a person, without duplicates.

Whoever calls for somebody, or stands by, is not in repeat contact.
"""

_COUNT_PEOPLE_TO = 50_000
"""Calls up to which the people to link are counted too; behind more of them only the whole is."""

_CHOICES = 200
"""Types and dispositions to choose from, the most frequent ones."""


class CallListReads(Repository):
    """The part of the store of calls that reads lines; `met` are the records of the person asked for,
    `triage` the calls on which somebody waits for a decision."""

    def page(
        self,
        where: CallFilter,
        *,
        met: Sequence[UUID] = (),
        triage: Collection[UUID] = (),
        behind: Mark | None = None,
        skip: int = 0,
        limit: int,
    ) -> list[CallLine]:
        """Calls newest first, behind a mark and so many further on."""
        query = _narrow(select(CallRow), where, met, triage)
        if behind is not None:
            query = query.where(tuple_(CallRow.received_at, CallRow.id) < _values(behind))
        query = query.order_by(CallRow.received_at.desc(), CallRow.id.desc()).offset(skip).limit(limit)
        return self._lines(list(self._session.scalars(query)))

    def count(
        self, where: CallFilter, *, met: Sequence[UUID] = (), triage: Collection[UUID] = ()
    ) -> CallCount:
        """How many calls there are, and people to link where that can be told soon."""
        calls = self._session.scalar(_narrow(select(func.count(CallRow.id)), where, met, triage)) or 0
        waiting = select(func.count()).select_from(EncounterRow).where(EncounterRow.person_id.is_(None))
        if where == CallFilter():
            return CallCount(calls, self._session.scalar(waiting))
        if calls > _COUNT_PEOPLE_TO:
            return CallCount(calls)
        some = _narrow(select(CallRow.id), where, met, triage)
        return CallCount(calls, self._session.scalar(waiting.where(EncounterRow.call_id.in_(some))))

    def place_of(
        self,
        call_id: UUID,
        where: CallFilter,
        *,
        met: Sequence[UUID] = (),
        triage: Collection[UUID] = (),
    ) -> int | None:
        """How many calls stand before one; None where the filter leaves it out."""
        own = _narrow(select(CallRow.received_at), where, met, triage).where(CallRow.id == call_id)
        at = self._session.scalar(own)
        if at is None:
            return None
        before = tuple_(CallRow.received_at, CallRow.id) > _values(Mark(at, call_id))
        query = _narrow(select(func.count(CallRow.id)), where, met, triage).where(before)
        return self._session.scalar(query) or 0

    def list_words(self) -> CallWords:
        """The types and dispositions that calls on record have."""
        return CallWords(self._most(_SHOWN_TYPE), self._most(CallRow.disposition))

    def _most(self, column: Any) -> tuple[str, ...]:
        query = select(column).where(column != "").group_by(column).order_by(func.count().desc())
        return tuple(sorted(self._session.scalars(query.limit(_CHOICES)), key=str.casefold))

    def _lines(self, rows: list[CallRow]) -> list[CallLine]:
        ids = [row.id for row in rows]
        models: dict[UUID, list[Model]] = {}
        query = (
            select(ResponseRow.call_id, ResponseRow.model)
            .where(ResponseRow.call_id.in_(ids))
            .order_by(ResponseRow.position)
        )
        for call_id, model in self._session.execute(query):
            held = models.setdefault(call_id, [])
            if model not in held:
                held.append(model)
        people = self._people_counts(ids)
        return [
            CallLine(
                id=row.id,
                number=row.number,
                received_at=row.received_at,
                type_text=row.type_text or row.type_initial_text or ", ".join(row.reasons[:1]),
                place=row.place or row.city,
                disposition=row.disposition,
                models=tuple(models.get(row.id, ())),
                people=people.get(row.id, (0, 0))[0],
                to_link=people.get(row.id, (0, 0))[1],
                source_row=row.source_row,
            )
            for row in rows
        ]

    def _people_counts(self, ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
        met = aliased(EncounterRow)
        query = (
            select(met.call_id, func.count(), func.count(met.person_id))
            .where(met.call_id.in_(ids))
            .group_by(met.call_id)
        )
        return {call_id: (known, met_ - known) for call_id, met_, known in self._session.execute(query)}


def _values(mark: Mark) -> Any:
    return tuple_(*mark, types=[CallRow.received_at.type, CallRow.id.type])


def _narrow(
    query: Select[Any], where: CallFilter, met: Sequence[UUID], triage: Collection[UUID]
) -> Select[Any]:
    conditions = [*_plain(where), *(_word(one) for one in where.words.split())]
    if where.person_id is not None:
        calls = select(EncounterRow.call_id).where(EncounterRow.person_id.in_(met), IS_ABOUT_THEM)
        conditions.append(CallRow.id.in_(calls))
    if where.is_ours:
        conditions.append(_of_ours())
    if where.has_unlinked:
        conditions.append(
            exists().where(EncounterRow.call_id == CallRow.id, EncounterRow.person_id.is_(None))
        )
    if where.needs_triage:
        conditions.append(CallRow.id.in_(triage))
    return query.where(and_(*conditions)) if conditions else query


def _plain(where: CallFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.after is not None:
        found.append(CallRow.received_at > where.after)
    if where.until is not None:
        found.append(CallRow.received_at <= where.until)
    if where.type_text:
        found.append(_SHOWN_TYPE.in_((where.type_text,)))
    if where.places:
        found += [written_as(where.places), IS_ONE_CALL]
    for column, value in (
        (CallRow.source, where.source),
        (CallRow.disposition, where.disposition),
        (CallRow.place, where.place),
    ):
        if value:
            found.append(column == value)
    return found


def written_as(places: Sequence[Written]) -> ColumnElement[bool]:
    """At one of some places as calls write them; the texts first, by which there is an index."""
    texts = {one.place for one in places}
    cities = tuple_(CallRow.place, CallRow.city).in_(tuple(places))
    return and_(CallRow.place.in_(sorted(texts)), cities)


def _word(word: str) -> ColumnElement[bool]:
    """The word in one of the texts; the database folds the case of plain letters, we that of others."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(column.contains(one, autoescape=True) for one in sorted(spellings) for column in _WORDS_IN))


def _of_ours() -> ColumnElement[bool]:
    ours = select(UnitRow.id).where(UnitRow.is_ours)
    return exists().where(
        ResponseRow.call_id == CallRow.id,
        ResponseRow.model.in_(sorted(NOT_POLICE, key=lambda one: one.value)),
        or_(ResponseRow.unit_id.is_(None), ResponseRow.unit_id.in_(ours)),
    )
