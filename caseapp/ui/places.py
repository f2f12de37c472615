"""The screens of the desk in the order of the navigation; those without an icon open from others."""

from caseapp.domain.access import Right
from caseapp.ui.assessments.screen import AssessmentsScreen
from caseapp.ui.calls.list_screen import CallsScreen
from caseapp.ui.calls.new_screen import NewCallScreen
from caseapp.ui.calls.repeat_screen import RepeatScreen
from caseapp.ui.cases.case_screen import CaseScreen
from caseapp.ui.cases.list_screen import CasesScreen
from caseapp.ui.cases.open_screen import OpenCaseScreen
from caseapp.ui.cases.transfer_screen import TransferScreen
from caseapp.ui.contacts.contact_screen import ContactScreen
from caseapp.ui.contacts.notes_screen import NotesScreen
from caseapp.ui.directory.form_screen import ServiceFormScreen
from caseapp.ui.directory.screen import DirectoryScreen
from caseapp.ui.follow_ups.away_screen import AwayScreen
from caseapp.ui.follow_ups.calendar_screen import FollowUpsScreen
from caseapp.ui.follow_ups.schedule_screen import ScheduleScreen
from caseapp.ui.handoff.screen import HandoffScreen
from caseapp.ui.imports.match_screen import MatchScreen
from caseapp.ui.imports.screen import ImportScreen
from caseapp.ui.layouts.layout_screen import LayoutScreen
from caseapp.ui.navigation import Place
from caseapp.ui.people.consent_screen import ConsentScreen
from caseapp.ui.people.consents_screen import ConsentsScreen
from caseapp.ui.people.edit_screen import PersonEditScreen
from caseapp.ui.people.list_screen import PeopleScreen
from caseapp.ui.people.parting_screen import PartingScreen
from caseapp.ui.people.person_screen import PersonScreen
from caseapp.ui.people.review_screen import ReviewScreen
from caseapp.ui.people.unknown_screen import UnknownScreen
from caseapp.ui.person_papers.letters_screen import LettersScreen
from caseapp.ui.person_papers.screen import PapersScreen
from caseapp.ui.referrals.list_screen import ReferralsScreen
from caseapp.ui.referrals.new_screen import NewReferralScreen
from caseapp.ui.referrals.referral_screen import ReferralScreen
from caseapp.ui.reports.restated_screen import RestatedScreen
from caseapp.ui.reports.rows_screen import ReportRowsScreen
from caseapp.ui.reports.screen import ReportsScreen
from caseapp.ui.setup.forms_screen import FormsScreen
from caseapp.ui.setup.screen import SetupScreen
from caseapp.ui.today.hand_over_screen import HandOverScreen
from caseapp.ui.today.list_screen import TodayListScreen
from caseapp.ui.today.screen import TodayScreen
from caseapp.ui.triage.screen import TriageScreen

PLACES = (
    Place("today", "Today", "today", TodayScreen),
    Place("people", "People", "people", PeopleScreen),
    Place("calls", "Calls", "calls", CallsScreen),
    Place("cases", "Cases", "cases", CasesScreen),
    Place("follow-ups", "Follow-ups", "follow-ups", FollowUpsScreen),
    Place("referrals", "Referrals", "referrals", ReferralsScreen),
    Place("directory", "Directory", "directory", DirectoryScreen),
    Place("reports", "Reports", "reports", ReportsScreen, right=Right.SEE_REPORTS),
    Place("imports", "Import", "import", ImportScreen, right=Right.IMPORT),
    Place("setup", "Setup", "setup", SetupScreen),
    Place("person", "Person", "", PersonScreen, "people"),
    Place("case", "Case", "", CaseScreen, "cases"),
    Place("new-case", "Open a case", "", OpenCaseScreen, "cases"),
    Place("transfer", "Hand cases on", "", TransferScreen, "cases", right=Right.LEAD_TEAM),
    Place("assessments", "Assessments", "", AssessmentsScreen, "people"),
    Place("contact", "Contact", "", ContactScreen, "people"),
    Place("notes", "Notes", "", NotesScreen, "people"),
    Place("new-person", "New person", "", PersonEditScreen, "people"),
    Place("parting", "Unlink", "", PartingScreen, "people"),
    Place("review", "People who stand twice", "", ReviewScreen, "people"),
    Place("unknown", "Unknown persons", "", UnknownScreen, "people"),
    Place("today-list", "Must not fall through", "", TodayListScreen, "today"),
    Place("hand-over", "Hand-over", "", HandOverScreen, "today", right=Right.CHANGE_CASES),
    Place("triage", "Triage", "", TriageScreen, "today"),
    Place("repeat", "Repeat contact", "", RepeatScreen, "calls"),
    Place("new-call", "New call", "", NewCallScreen, "calls", right=Right.CHANGE_CALLS),
    Place("layout", "How the file is read", "", LayoutScreen, "imports", Right.IMPORT),
    Place("match-list", "Match a list", "", MatchScreen, "imports"),
    Place("new-referral", "Refer", "", NewReferralScreen, "referrals"),
    Place("new-consent", "Consent", "", ConsentScreen, "people"),
    Place("forms", "Texts of forms", "", FormsScreen, "setup"),
    Place("service", "Service", "", ServiceFormScreen, "directory"),
    Place("consents", "Consents", "", ConsentsScreen, "people"),
    Place("referral", "Referral", "", ReferralScreen, "referrals"),
    Place("away", "Somebody is away", "", AwayScreen, "follow-ups", Right.CHANGE_FOLLOW_UPS),
    Place("schedule", "Schedule", "", ScheduleScreen, "follow-ups"),
    Place("report-rows", "Rows", "", ReportRowsScreen, "reports"),
    Place("report-restated", "Restated", "", RestatedScreen, "reports"),
    Place("papers", "Papers", "", PapersScreen, "people"),
    Place("letters", "Letters", "", LettersScreen, "people"),
    Place("handoff", "Print handoff", "", HandoffScreen, "referrals"),
)
