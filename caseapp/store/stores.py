"""The store of every noun on one session, made when a verb first asks for it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from caseapp.store.added import AddedStore
from caseapp.store.agency import AgencyStore
from caseapp.store.assessments import AssessmentStore
from caseapp.store.call_types import CallTypeStore
from caseapp.store.calls import CallStore
from caseapp.store.cases import CaseStore
from caseapp.store.consents import ConsentStore
from caseapp.store.contacts import ContactStore
from caseapp.store.directory import DirectoryStore
from caseapp.store.directory_entries import DirectoryEntryStore
from caseapp.store.directory_in_bulk import DirectoryInBulk
from caseapp.store.disclosures import DisclosureStore
from caseapp.store.drafts import DraftStore
from caseapp.store.earlier import EarlierStore
from caseapp.store.encounters import EncounterStore
from caseapp.store.extracts import ExtractStore
from caseapp.store.follow_ups import FollowUpStore
from caseapp.store.forms import FormStore
from caseapp.store.import_undo import ImportUndoStore
from caseapp.store.imports import ImportStore
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
from caseapp.store.repository import Repository
from caseapp.store.reviews import ReviewStore
from caseapp.store.screening import ScreeningStore
from caseapp.store.search import SearchStore
from caseapp.store.settings import SettingStore
from caseapp.store.staff import StaffStore
from caseapp.store.tables.base import Base
from caseapp.store.timeline import TimelineStore
from caseapp.store.transfers import TransferStore
from caseapp.store.triage import TriageStore
from caseapp.store.units import UnitStore

StoreT = TypeVar("StoreT", bound=Repository)


def _made(kind: Callable[[Session, datetime], StoreT]) -> cached_property[StoreT]:
    def make(self: "Stores") -> StoreT:
        return kind(self._session, self._now)

    return cached_property(make)


class Stores(ABC):
    """With what a verb reads and writes, in domain types; the transaction says when that comes true."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    @abstractmethod
    def _add(self, row: type[Base], values: dict[str, Any]) -> None:
        """Write a row at once that needs no object, stamped and journaled as any other."""

    added = _made(AddedStore)
    earlier = _made(EarlierStore)
    put_back = _made(PutBackStore)
    agency = _made(AgencyStore)
    settings = _made(SettingStore)
    staff = _made(StaffStore)
    people = _made(PeopleStore)
    people_in_bulk = _made(PeopleInBulk)
    people_lists = _made(PeopleListStore)
    known = _made(KnownStore)
    reviews = _made(ReviewStore)
    links = _made(LinkStore)
    search = _made(SearchStore)
    calls = _made(CallStore)
    encounters = _made(EncounterStore)
    call_types = _made(CallTypeStore)
    screening = _made(ScreeningStore)
    imports = _made(ImportStore)
    layouts = _made(LayoutStore)
    units = _made(UnitStore)
    places = _made(PlaceStore)
    import_undo = _made(ImportUndoStore)
    cases = _made(CaseStore)
    drafts = _made(DraftStore)
    follow_ups = _made(FollowUpStore)
    protocols = _made(ProtocolStore)
    directory = _made(DirectoryStore)
    directory_entries = _made(DirectoryEntryStore)
    directory_in_bulk = _made(DirectoryInBulk)
    referrals = _made(ReferralStore)
    consents = _made(ConsentStore)
    disclosures = _made(DisclosureStore)
    measures = _made(MeasureStore)
    reports = _made(ReportStore)
    report_labels = _made(LabelStore)
    extracts = _made(ExtractStore)
    forms = _made(FormStore)
    transfers = _made(TransferStore)
    assessments = _made(AssessmentStore)
    quality = _made(QualityStore)
    triage = _made(TriageStore)

    @cached_property
    def contacts(self) -> ContactStore:
        return ContactStore(self._session, self._now, add=self._add)

    @cached_property
    def timeline(self) -> TimelineStore:
        return TimelineStore(self._session, self._now, self.contacts)
