"""What was written about people since an instant, whatever noun it is, and giving it to another record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from caseapp.domain.contacts import contact_words
from caseapp.domain.one_person import Added
from caseapp.domain.timeline import TimelineKind
from caseapp.store.agency import AgencyStore
from caseapp.store.chunks import chunks
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow
from caseapp.store.tables.cases import (
    AssessmentRow,
    CaseFileRow,
    ContactPersonRow,
    ContactRow,
    FollowUpRow,
    FollowUpSeriesRow,
    SafetyPlanRow,
)
from caseapp.store.tables.referrals import AttachmentRow, ConsentRow, DisclosureRow, ReferralRow

_OWNED: tuple[tuple[TimelineKind, type[Any], Any], ...] = (
    (TimelineKind.CASE, CaseFileRow, lambda row: f"Case {row.number}"),
    (TimelineKind.FOLLOW_UP, FollowUpRow, lambda row: row.what),
    (TimelineKind.REFERRAL, ReferralRow, lambda row: f"Referral to {row.to_name}"),
    (TimelineKind.CONSENT, ConsentRow, lambda row: f"Consent: {row.purpose}"),
    (TimelineKind.DOCUMENT, DisclosureRow, lambda row: f"{row.what} to {row.recipient}"),
    (TimelineKind.DOCUMENT, AttachmentRow, lambda row: row.name),
    (TimelineKind.DOCUMENT, AssessmentRow, lambda row: row.instrument),
    (TimelineKind.DOCUMENT, SafetyPlanRow, lambda _row: "Safety plan"),
)
"""Nouns whose rows belong to one person, cases first, since the others refer to them."""

_IN_CASES: tuple[type[Any], ...] = (FollowUpRow, ReferralRow, AssessmentRow)
"""Nouns of one person that can be written in a case."""


def case_of(row: Any) -> UUID | None:
    """The case in which a row stands, or that it is."""
    found: UUID | None = row.id if isinstance(row, CaseFileRow) else getattr(row, "case_id", None)
    return found


def _planned_together(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Each row by itself, but those of a series of follow-ups that were planned at one time."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        series_id = getattr(row, "series_id", None)
        key = (series_id, row.person_id, row.created_at) if series_id else row.id
        found.setdefault(key, []).append(row)
    return found.values()


def _under_others(table: type[Any], person: Any, people: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """Entries of these people under the case of somebody else, with whose case it is."""
    return (
        select(table, CaseFileRow.person_id)
        .join(CaseFileRow, CaseFileRow.id == table.case_id)
        .where(person.in_(people), CaseFileRow.person_id != person)
    )


def _contacts_under_others(people: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    query = _under_others(ContactRow, ContactPersonRow.person_id, people)
    return query.join(ContactPersonRow, ContactPersonRow.contact_id == ContactRow.id)


class AddedStore(Repository):
    """Reads and moves what was written about people."""

    def since(self, people: Sequence[UUID], at: datetime) -> list[Added]:
        """What was written after an instant about any of these records, the oldest first."""
        found = [*self._owned(people, at), *self._contacts(people, at), *self._met(people, at)]
        return sorted(found, key=lambda one: (one.at, one.record_id))

    def move(self, one: Added, person_id: UUID) -> None:
        """Give an entry to another record."""
        if one.kind is TimelineKind.CONTACT:
            row = self._session.get_one(ContactPersonRow, (one.record_id, one.person_id))
            self._session.delete(row)
            self._session.add(ContactPersonRow(contact_id=one.record_id, person_id=person_id))
        else:
            self._row(one).person_id = person_id
            self._move_series(one, person_id)
        self._session.flush()

    def _move_series(self, one: Added, person_id: UUID) -> None:
        """The follow-ups planned together with one, and the series itself once none is the other's."""
        if not one.more:
            return
        rows = [self._session.get_one(FollowUpRow, other) for other in one.more]
        for row in rows:
            row.person_id = person_id
        self._session.flush()
        of_series = FollowUpRow.series_id == rows[0].series_id
        left = select(FollowUpRow.id).where(of_series, FollowUpRow.person_id != person_id).limit(1)
        if self._session.scalar(left) is None:
            self._session.get_one(FollowUpSeriesRow, rows[0].series_id).person_id = person_id

    def cases_of(self, one: Added) -> set[UUID]:
        """The cases in which an entry and the rest of its series were written."""
        rows = [self._row(one), *(self._session.get_one(FollowUpRow, other) for other in one.more)]
        return {case for row in rows if (case := case_of(row)) is not None}

    def part_from_cases(self, groups: Mapping[UUID, frozenset[UUID]]) -> None:
        """No entry of these people stays under the case of somebody it is not about any more.

        `groups` are all records of each of them as they are linked now; a case of anybody else is none that a
        link brought, and keeps what is in it.
        """
        about: dict[UUID, set[UUID]] = {}
        whole = {one: members for members in groups.values() for one in members}
        for some in chunks(groups):
            for table in _IN_CASES:
                for row, owner in self._session.execute(_under_others(table, table.person_id, some)).all():
                    if owner in whole and owner not in whole[row.person_id]:
                        row.case_id = None
            for row, owner in self._session.execute(_contacts_under_others(some)).all():
                people_of = about.setdefault(row.id, set())
                people_of |= people_of or self._people_of(row.id)
                if owner in whole and not any(owner in whole.get(one, ()) for one in people_of):
                    row.case_id = None
        self._session.flush()

    def _people_of(self, contact_id: UUID) -> set[UUID]:
        query = select(ContactPersonRow.person_id).where(ContactPersonRow.contact_id == contact_id)
        return set(self._session.scalars(query))

    def _row(self, one: Added) -> Any:
        tables = [table for kind, table, _title in _OWNED if kind is one.kind]
        if one.kind in (TimelineKind.CONTACT, TimelineKind.CALL):
            tables = [ContactRow if one.kind is TimelineKind.CONTACT else EncounterRow]
        rows = (self._session.get(table, one.record_id) for table in tables)
        return next(row for row in rows if row is not None)

    def _owned(self, people: Sequence[UUID], at: datetime) -> Iterator[Added]:
        for kind, table, title in _OWNED:
            query = select(table).where(table.person_id.in_(people), table.created_at > at)
            for row, *more in _planned_together(self._session.scalars(query.order_by(table.id))):
                words = f"{title(row)}, and {len(more)} more of its series" if more else title(row)
                others = tuple(other.id for other in more)
                yield Added(kind, row.id, row.person_id, row.created_at, words, others)

    def _contacts(self, people: Sequence[UUID], at: datetime) -> Iterator[Added]:
        """Contacts with one of them; of one that was changed since the journal knows, as of meetings."""
        query = (
            select(ContactRow, ContactPersonRow.person_id)
            .join(ContactPersonRow, ContactPersonRow.contact_id == ContactRow.id)
            .where(ContactPersonRow.person_id.in_(people), ContactRow.changed_at > at)
        )
        found = list(self._session.execute(query))
        shared = [row.id for row, _person in found]
        said = AgencyStore(self._session, self._now).code_words()
        for row, person_id in found:
            if shared.count(row.id) == 1:
                words = contact_words(said, row.channel, row.outcome)
                is_older = row.created_at <= at
                written_at = row.changed_at if is_older else row.created_at
                yield Added(TimelineKind.CONTACT, row.id, person_id, written_at, words, is_older=is_older)

    def _met(self, people: Sequence[UUID], at: datetime) -> Iterator[Added]:
        """Meetings changed since; the journal knows whether it was then that the person was named."""
        query = (
            select(EncounterRow, CallRow.number)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(EncounterRow.person_id.in_(people), EncounterRow.changed_at > at)
        )
        for row, number in self._session.execute(query):
            if row.person_id is not None:
                words = f"Call {number}"
                yield Added(TimelineKind.CALL, row.id, row.person_id, row.changed_at, words, is_older=True)
