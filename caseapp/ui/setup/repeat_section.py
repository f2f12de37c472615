"""The agency's own threshold of repeat contact."""

from dataclasses import replace

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.staff import Agency
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.number import number_field

_MOST = 999


class RepeatSection(Section):
    """From how many calls within a window somebody is in repeat contact."""

    words = "Repeat contact"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._agency: Agency | None = None
        panel = Panel("Repeat contact")
        panel.pad()
        self.threshold = number_field("Calls in a window from which it is repeat contact", 1, _MOST)
        words = label("From so many calls within 7, 30, 90 or 365 days", wraps=True)
        words.setBuddy(self.threshold)
        self.save = button("Save", self._save, look="primary")
        self.save.setAccessibleName("Save the threshold")
        if not desk.may(Right.CHANGE_AGENCY):
            self.save.hide()
        self.threshold.setEnabled(desk.may(Right.CHANGE_AGENCY))
        panel.body.addWidget(words)
        panel.body.addWidget(row(self.threshold, self.save, None))
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def refresh(self) -> None:
        self.ask(self.desk.services.staff.agency, self._show, key="read")

    def _show(self, agency: Agency) -> None:
        self._agency = agency
        self.threshold.setValue(agency.repeat_threshold)

    def _save(self) -> None:
        if self._agency is not None:
            changed = replace(self._agency, repeat_threshold=self.threshold.value())
            staff = self.desk.services.staff
            self.ask(lambda: staff.change_agency(agency=changed), self._saved)

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved.", None)
        self.desk.hub.changed.emit(change)
