"""Everything a signed-in person can do, as one value that screens and commands receive."""

from dataclasses import dataclass
from typing import Any, get_type_hints

from caseapp.services.assessments import AssessmentService
from caseapp.services.calendar import CalendarService
from caseapp.services.call_types import CallTypeService
from caseapp.services.calls import CallService
from caseapp.services.cases import CaseService
from caseapp.services.certain_links import CertainLinkService
from caseapp.services.consents import ConsentService
from caseapp.services.contacts import ContactService
from caseapp.services.context import Context
from caseapp.services.directory import DirectoryService
from caseapp.services.directory_exchange import DirectoryExchangeService
from caseapp.services.drafts import DraftService
from caseapp.services.encounters import EncounterService
from caseapp.services.extracts import ExtractService
from caseapp.services.follow_ups import FollowUpService
from caseapp.services.form_samples import FormSampleService
from caseapp.services.forms import FormService
from caseapp.services.handoff import HandoffService
from caseapp.services.imports import ImportService
from caseapp.services.journal import JournalService
from caseapp.services.layouts import LayoutService
from caseapp.services.letters import LetterService
from caseapp.services.links import LinkService
from caseapp.services.list_matching import ListMatchingService
from caseapp.services.maintenance import MaintenanceService
from caseapp.services.notes import NoteService
from caseapp.services.overview import OverviewService
from caseapp.services.papers import PaperService
from caseapp.services.people import PeopleService
from caseapp.services.people_lists import PeopleListService
from caseapp.services.person_papers import PersonPaperService
from caseapp.services.places import PlaceService
from caseapp.services.protocols import ProtocolService
from caseapp.services.publications import PublicationService
from caseapp.services.recognition import RecognitionService
from caseapp.services.referrals import ReferralService
from caseapp.services.relations import RelationService
from caseapp.services.repeat import RepeatService
from caseapp.services.reports import ReportService
from caseapp.services.screening import ScreeningService
from caseapp.services.search import SearchService
from caseapp.services.session import SignedIn
from caseapp.services.spelling import SpellingService
from caseapp.services.staff import StaffService
from caseapp.services.today import TodayService
from caseapp.services.transfers import TransferService
from caseapp.services.triage import TriageService
from caseapp.services.units import UnitService
from caseapp.services.watched_folder import WatchedFolderService
from caseapp.services.weights import Weights
from caseapp.services.work_papers import WorkPaperService


@dataclass(frozen=True, slots=True)
class Services:
    """Every verb of the desk for one signed-in person."""

    context: Context
    people: PeopleService
    relations: RelationService
    links: LinkService
    recognition: RecognitionService
    certain_links: CertainLinkService
    search: SearchService
    calls: CallService
    encounters: EncounterService
    call_types: CallTypeService
    screening: ScreeningService
    places: PlaceService
    units: UnitService
    cases: CaseService
    contacts: ContactService
    notes: NoteService
    assessments: AssessmentService
    drafts: DraftService
    follow_ups: FollowUpService
    protocols: ProtocolService
    calendar: CalendarService
    referrals: ReferralService
    consents: ConsentService
    handoff: HandoffService
    papers: PaperService
    person_papers: PersonPaperService
    letters: LetterService
    forms: FormService
    form_samples: FormSampleService
    directory: DirectoryService
    directory_exchange: DirectoryExchangeService
    imports: ImportService
    layouts: LayoutService
    watched_folder: WatchedFolderService
    people_lists: PeopleListService
    list_matching: ListMatchingService
    repeat: RepeatService
    reports: ReportService
    publications: PublicationService
    extracts: ExtractService
    transfers: TransferService
    triage: TriageService
    overview: OverviewService
    work_papers: WorkPaperService
    today: TodayService
    staff: StaffService
    spelling: SpellingService
    maintenance: MaintenanceService
    journal: JournalService


def build_services(signed_in: SignedIn) -> Services:
    """The services of whoever signed in: each is made of the context, some of more beside it."""
    context, ring = signed_in.context, signed_in.ring
    directory, imports = DirectoryService(context), ImportService(context)
    weights = Weights()
    people, follow_ups = PeopleService(context, weights), FollowUpService(context)
    made: dict[str, Any] = {
        "context": context,
        "people": people,
        "links": LinkService(context, weights),
        "recognition": RecognitionService(context, weights),
        "search": SearchService(context, directory, weights),
        "encounters": EncounterService(context, people),
        "cases": CaseService(context, follow_ups),
        "contacts": ContactService(context, follow_ups),
        "follow_ups": follow_ups,
        "directory": directory,
        "imports": imports,
        "watched_folder": WatchedFolderService(context, imports),
        "staff": StaffService(context, ring),
        "maintenance": MaintenanceService(context, ring),
    }
    rest = {name: kind(context) for name, kind in get_type_hints(Services).items() if name not in made}
    return Services(**made, **rest)
