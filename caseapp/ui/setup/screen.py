"""Setup: one section at a time, each for whoever holds its right."""

from caseapp.ui.screen import Desk, Screen
from caseapp.ui.setup.agency_section import AgencySection
from caseapp.ui.setup.call_types_section import CallTypesSection
from caseapp.ui.setup.criteria_section import CriteriaSection
from caseapp.ui.setup.journal_section import JournalOf, JournalSection
from caseapp.ui.setup.keeping_section import KeepingSection
from caseapp.ui.setup.notes_section import NotesSection
from caseapp.ui.setup.open_days_section import OpenDaysSection
from caseapp.ui.setup.places_section import PlacesSection, PlaceToName
from caseapp.ui.setup.repeat_section import RepeatSection
from caseapp.ui.setup.responders_section import RespondersSection
from caseapp.ui.setup.scope_section import ScopeSection
from caseapp.ui.setup.section import Section
from caseapp.ui.setup.staff_section import StaffSection
from caseapp.ui.setup.triage_section import TriageSection
from caseapp.ui.setup.units_section import UnitsSection
from caseapp.ui.setup.watch_section import WatchSection
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.stack import Stack

SECTIONS: tuple[type[Section], ...] = (
    StaffSection,
    ScopeSection,
    AgencySection,
    CriteriaSection,
    CallTypesSection,
    UnitsSection,
    RespondersSection,
    OpenDaysSection,
    TriageSection,
    RepeatSection,
    PlacesSection,
    NotesSection,
    WatchSection,
    KeepingSection,
    JournalSection,
)
"""The sections in the order of the strip."""

SECTIONS_BY_NAME: dict[str, type[Section]] = {
    "criteria": CriteriaSection,
    "call-types": CallTypesSection,
    "units": UnitsSection,
    "responders": RespondersSection,
    "places": PlacesSection,
    "watch": WatchSection,
}
"""Sections that other screens open."""


SECTIONS_BY_SUBJECT: dict[type, type[Section]] = {JournalOf: JournalSection, PlaceToName: PlacesSection}
"""Sections that take what another screen hands them."""


class SetupScreen(Screen):
    """A strip of sections, and the page of the one that is chosen."""

    name = "setup"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Setup")
        self._build()

    @property
    def section(self) -> Section:
        """The section that is shown."""
        shown = self.pages.currentWidget()
        assert isinstance(shown, Section)  # noqa: S101
        return shown

    def open_section(self, kind: type[Section]) -> None:
        """Show a section; it is made when it is first asked for."""
        if kind not in self._made:
            self._made[kind] = kind(self.desk)
            self.pages.addWidget(self._made[kind])
        self.pages.setCurrentWidget(self._made[kind])
        self.setFocusProxy(self.strip)
        self.strip.choose(kind)
        self.section.refresh()

    def about(self, subject: object) -> None:
        """Another screen may open a section by its name."""
        asked = next((kind for what, kind in SECTIONS_BY_SUBJECT.items() if isinstance(subject, what)), None)
        if asked is not None and self.desk.may(asked.right):
            self.open_section(asked)
            self._made[asked].about(subject)
            self.setFocusProxy(self._made[asked].focusProxy() or self.strip)
            return
        wanted = SECTIONS_BY_NAME.get(str(subject))
        if wanted is not None and self.desk.may(wanted.right):
            self.open_section(wanted)
        else:
            self.refresh()

    def refresh(self) -> None:
        self.section.refresh()

    def _build(self) -> None:
        offered = [one for one in SECTIONS if self.desk.may(one.right)]
        self._made: dict[type[Section], Section] = {}
        self.strip = Choices("Sections of Setup", [(one, one.words) for one in offered])
        self.strip.chosen.connect(self.open_section)
        self.pages = Stack()
        self.content.addWidget(self.strip)
        self.content.addWidget(self.pages, 1)
        self.open_section(offered[0])
