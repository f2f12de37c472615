"""The agency's own threshold of repeat contact."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QSpinBox

from caseapp.domain.access import Right, has_right
from caseapp.domain.changes import Change
from caseapp.domain.staff import Agency
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label, row

T = TypeVar("T")
_MOST = 999


class RepeatPanel(Panel):
    """From how many calls within a window somebody is in repeat contact."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Repeat contact")
        self._desk = desk
        self._agency: Agency | None = None
        self.pad()
        self.threshold = QSpinBox()
        self.threshold.setRange(1, _MOST)
        self.threshold.setAccessibleName("Calls in a window from which it is repeat contact")
        words = label("From so many calls within 7, 30, 90 or 365 days:", wraps=True)
        words.setBuddy(self.threshold)
        self.save = button("Save", self._save)
        self.save.setAccessibleName("Save the threshold")
        self.save.setVisible(has_right(desk.services.context.actor.role, Right.CHANGE_AGENCY))
        self.threshold.setEnabled(not self.save.isHidden())
        self.body.addWidget(words)
        self.body.addWidget(row(self.threshold, None, self.save))

    def refresh(self) -> None:
        """Read what the agency set."""
        self._run(self._desk.services.staff.agency, self._show)

    def _show(self, agency: Agency) -> None:
        self._agency = agency
        self.threshold.setValue(agency.repeat_threshold)

    def _save(self) -> None:
        if self._agency is not None:
            changed = replace(self._agency, repeat_threshold=self.threshold.value())
            staff = self._desk.services.staff
            self._run(lambda: staff.change_agency(agency=changed), self._saved)

    def _saved(self, change: Change) -> None:
        self._desk.say("Saved.", None)
        self._desk.hub.changed.emit(change)

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._desk.tasks.run(
            work, then=then, failed=lambda error: self._desk.say(sentence(error), None), key="threshold"
        )
