"""One transaction: opened by a service, journaled, committed once, never seen by a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import event, insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.orm.unitofwork import UOWTransaction

from caseapp.domain.errors import StaleRecord
from caseapp.store import migrate
from caseapp.store.added import AddedStore
from caseapp.store.agency import AgencyStore
from caseapp.store.assessments import AssessmentStore
from caseapp.store.bulk import table_of
from caseapp.store.call_types import CallTypeStore
from caseapp.store.calls import CallStore
from caseapp.store.cases import CaseStore
from caseapp.store.changes import Collected, stamp, stamped
from caseapp.store.consents import ConsentStore
from caseapp.store.contacts import ContactStore
from caseapp.store.directory import DirectoryStore
from caseapp.store.directory_entries import DirectoryEntryStore
from caseapp.store.directory_in_bulk import DirectoryInBulk
from caseapp.store.disclosures import DisclosureStore
from caseapp.store.drafts import DraftStore
from caseapp.store.earlier import EarlierStore
from caseapp.store.extracts import ExtractStore
from caseapp.store.follow_ups import FollowUpStore
from caseapp.store.forms import FormStore
from caseapp.store.ids import new_id
from caseapp.store.import_undo import ImportUndoStore
from caseapp.store.imports import ImportStore
from caseapp.store.journal import Journal
from caseapp.store.known import KnownStore
from caseapp.store.layouts import LayoutStore
from caseapp.store.links import LinkStore
from caseapp.store.measures import MeasureStore
from caseapp.store.people import PeopleStore
from caseapp.store.people_in_bulk import PeopleInBulk
from caseapp.store.people_lists import PeopleListStore
from caseapp.store.places import PlaceStore
from caseapp.store.protocols import ProtocolStore
from caseapp.store.put_back import PutBackStore
from caseapp.store.quality import QualityStore
from caseapp.store.referrals import ReferralStore
from caseapp.store.report_labels import LabelStore
from caseapp.store.reports import ReportStore
from caseapp.store.reviews import ReviewStore
from caseapp.store.screening import ScreeningStore
from caseapp.store.search import SearchStore
from caseapp.store.settings import SettingStore
from caseapp.store.staff import StaffStore
from caseapp.store.tables.base import Base, Record
from caseapp.store.timeline import TimelineStore
from caseapp.store.transfers import TransferStore
from caseapp.store.triage import TriageStore
from caseapp.store.units import UnitStore


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name, by which verb and when a transaction writes; `staff_id` None before sign-in."""

    staff_id: UUID | None
    verb: str
    now: datetime


class WorkSession(Session):
    """A session that tells the units of work on it what it is about to write."""


_WORKS = "units of work"
_insert_of = cache(lambda row: insert(table_of(row)))


@event.listens_for(WorkSession, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for work in session.info[_WORKS]:
        work.collect()


class UnitOfWork:
    """Everything a verb reads and writes, as one transaction that is rolled back unless committed."""

    def __init__(self, session: WorkSession, *, author: Author, key: bytes, is_shared: bool = False) -> None:
        self._session = session
        self._author = author
        self._is_shared = is_shared
        self._collected = Collected()
        self._subjects: dict[UUID, None] = {}
        self.journal = Journal(session, key)

    def __enter__(self) -> Self:
        self._session.info.setdefault(_WORKS, []).append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.info[_WORKS].remove(self)
        if self._is_shared:
            return
        self._session.close()

    @property
    def now(self) -> datetime:
        """The one instant of this transaction."""
        return self._author.now

    def new_id(self) -> UUID:
        """An id for a record that this transaction adds."""
        return new_id(self._author.now)

    def about(self, *records: UUID) -> None:
        """Name further records that the journal entry is about."""
        self._subjects.update(dict.fromkeys(records))

    def take_lock(self) -> None:
        """Hold the file's write lock from now on, for something beside the file that only one may change."""
        self._session.connection()

    def keys_written(self) -> None:
        """The search keys in the file are those of this edition, once this is committed."""
        migrate.keys_written(self._session.connection())

    def session_of_bulk(self) -> Session:
        """The session itself, for the sample's bulk writes; verbs write through the stores."""
        return self._session

    def give_up(self) -> None:
        """Undo what was done so far and let the lock go, so that a refusal can be journaled by itself."""
        if not self._is_shared:
            self._session.rollback()

    def commit(self, *, reason: str = "", summary: dict[str, Any] | None = None) -> None:
        """Write what was collected, its journal entry, and make both true at once.

        `summary` stands for bulk writes that are journaled as one fact with its counts. Raises
        StaleRecord when a row changed after it was read.
        """
        try:
            self._session.flush()
        except StaleDataError as error:
            raise StaleRecord() from error
        if self._collected.changes or summary:
            self.journal.append(
                at=self._author.now,
                actor_id=self._author.staff_id,
                kind="change",
                verb=self._author.verb,
                detail={"changes": self._collected.changes, **(summary or {})},
                subjects=[*self._collected.subjects, *self._subjects],
                reason=reason,
            )
        self._finish()

    def commit_later(self, summary: dict[str, Any], *subjects: UUID) -> None:
        """Journal a part of a long bulk write, so that no entry grows without end; commit makes it true."""
        self.journal.append(
            at=self._author.now,
            actor_id=self._author.staff_id,
            kind="change",
            verb=self._author.verb,
            detail={"changes": [], **summary},
            subjects=subjects,
        )

    def note(
        self, kind: str, *, detail: object = None, reason: str = "", subjects: tuple[UUID, ...] = ()
    ) -> None:
        """Journal a look, a print, an export, a sign-in or a refusal; commit makes it true."""
        self.journal.append(
            at=self._author.now,
            actor_id=self._author.staff_id,
            kind=kind,
            verb=self._author.verb,
            detail=detail or {},
            subjects=subjects,
            reason=reason,
        )

    def note_people(self, written: Iterable[tuple[UUID, list[dict[str, Any]]]] = ()) -> None:
        """Journal what was written so far as an entry a person, so that each history holds only its own.

        `written` are the changes of rows that went in by bulk, by person.
        """
        self._session.flush()
        each = dict(written)
        rest = Collected(subjects=self._collected.subjects)
        for change, person_id in zip(self._collected.changes, self._collected.people, strict=True):
            if person_id is None:
                rest.changes.append(change)
                rest.people.append(None)
            else:
                each.setdefault(person_id, []).append(change)
        for person_id in each:
            rest.subjects.pop(person_id, None)
        self._collected = rest
        self.journal.append_each(
            (((person_id,), {"changes": changes}) for person_id, changes in each.items()),
            at=self._author.now,
            actor_id=self._author.staff_id,
            kind="change",
            verb=self._author.verb,
        )

    def _finish(self) -> None:
        if self._is_shared:
            self._collected = Collected()
        else:
            self._session.commit()

    def collect(self) -> None:
        """Stamp what the session is about to write, and keep it for the journal."""
        if self._author.staff_id is not None:
            stamp(self._session, actor_id=self._author.staff_id, now=self._author.now)
        self._collected.take(self._session)

    def _add(self, row: type[Base], values: dict[str, Any]) -> None:
        """Write a row at once that needs no object: nobody changes it in this transaction.

        It is stamped and journaled as any other; it costs a fifth.
        """
        if issubclass(row, Record):
            values = values | stamped(self._author.staff_id, self._author.now)
        self._session.connection().execute(_insert_of(row), values)
        self._collected.add(row, values)

    @cached_property
    def added(self) -> AddedStore:
        return AddedStore(self._session, self._author.now)

    @cached_property
    def earlier(self) -> EarlierStore:
        return EarlierStore(self._session, self._author.now)

    @cached_property
    def put_back(self) -> PutBackStore:
        return PutBackStore(self._session, self._author.now)

    @cached_property
    def agency(self) -> AgencyStore:
        return AgencyStore(self._session, self._author.now)

    @cached_property
    def settings(self) -> SettingStore:
        return SettingStore(self._session, self._author.now)

    @cached_property
    def staff(self) -> StaffStore:
        return StaffStore(self._session, self._author.now)

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self._session, self._author.now)

    @cached_property
    def people_in_bulk(self) -> PeopleInBulk:
        return PeopleInBulk(self._session, self._author.now)

    @cached_property
    def people_lists(self) -> PeopleListStore:
        return PeopleListStore(self._session, self._author.now)

    @cached_property
    def known(self) -> KnownStore:
        return KnownStore(self._session, self._author.now)

    @cached_property
    def reviews(self) -> ReviewStore:
        return ReviewStore(self._session, self._author.now)

    @cached_property
    def links(self) -> LinkStore:
        return LinkStore(self._session, self._author.now)

    @cached_property
    def search(self) -> SearchStore:
        return SearchStore(self._session, self._author.now)

    @cached_property
    def calls(self) -> CallStore:
        return CallStore(self._session, self._author.now)

    @cached_property
    def call_types(self) -> CallTypeStore:
        return CallTypeStore(self._session, self._author.now)

    @cached_property
    def screening(self) -> ScreeningStore:
        return ScreeningStore(self._session, self._author.now)

    @cached_property
    def imports(self) -> ImportStore:
        return ImportStore(self._session, self._author.now)

    @cached_property
    def layouts(self) -> LayoutStore:
        return LayoutStore(self._session, self._author.now)

    @cached_property
    def units(self) -> UnitStore:
        return UnitStore(self._session, self._author.now)

    @cached_property
    def places(self) -> PlaceStore:
        return PlaceStore(self._session, self._author.now)

    @cached_property
    def import_undo(self) -> ImportUndoStore:
        return ImportUndoStore(self._session, self._author.now)

    @cached_property
    def cases(self) -> CaseStore:
        return CaseStore(self._session, self._author.now)

    @cached_property
    def contacts(self) -> ContactStore:
        return ContactStore(self._session, self._author.now, add=self._add)

    @cached_property
    def drafts(self) -> DraftStore:
        return DraftStore(self._session, self._author.now)

    @cached_property
    def follow_ups(self) -> FollowUpStore:
        return FollowUpStore(self._session, self._author.now)

    @cached_property
    def protocols(self) -> ProtocolStore:
        return ProtocolStore(self._session, self._author.now)

    @cached_property
    def directory(self) -> DirectoryStore:
        return DirectoryStore(self._session, self._author.now)

    @cached_property
    def directory_entries(self) -> DirectoryEntryStore:
        return DirectoryEntryStore(self._session, self._author.now)

    @cached_property
    def directory_in_bulk(self) -> DirectoryInBulk:
        return DirectoryInBulk(self._session, self._author.now)

    @cached_property
    def referrals(self) -> ReferralStore:
        return ReferralStore(self._session, self._author.now)

    @cached_property
    def consents(self) -> ConsentStore:
        return ConsentStore(self._session, self._author.now)

    @cached_property
    def disclosures(self) -> DisclosureStore:
        return DisclosureStore(self._session, self._author.now)

    @cached_property
    def measures(self) -> MeasureStore:
        return MeasureStore(self._session, self._author.now)

    @cached_property
    def reports(self) -> ReportStore:
        return ReportStore(self._session, self._author.now)

    @cached_property
    def report_labels(self) -> LabelStore:
        return LabelStore(self._session, self._author.now)

    @cached_property
    def extracts(self) -> ExtractStore:
        return ExtractStore(self._session, self._author.now)

    @cached_property
    def forms(self) -> FormStore:
        return FormStore(self._session, self._author.now)

    @cached_property
    def timeline(self) -> TimelineStore:
        return TimelineStore(self._session, self._author.now, self.contacts)

    @cached_property
    def transfers(self) -> TransferStore:
        return TransferStore(self._session, self._author.now)

    @cached_property
    def assessments(self) -> AssessmentStore:
        return AssessmentStore(self._session, self._author.now)

    @cached_property
    def quality(self) -> QualityStore:
        return QualityStore(self._session, self._author.now)

    @cached_property
    def triage(self) -> TriageStore:
        return TriageStore(self._session, self._author.now)
