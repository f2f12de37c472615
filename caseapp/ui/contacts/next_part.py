"""The next step of a contact: what, and a day in shorthand that is read back as it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.ui.contacts.words import when_words
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import label, named

USUAL = "Follow up"


class NextPart(QWidget):
    """One line.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.what, self.when = QLineEdit(USUAL), QLineEdit()
        self.what.setAccessibleName("What next")
        self.when.setPlaceholderText("tomorrow 10, +3d, fri")
        self.when.setAccessibleName("When next")
        self.read_as = label("", "small")
        self.what.setMinimumWidth(desk.look.pixels(150))
        self.when.setMinimumWidth(desk.look.pixels(170))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(named("Next step", self.what, self.when, self.read_as))
        self.what.textEdited.connect(lambda _text: self.edited.emit())
        self.when.textEdited.connect(lambda _text: self.edited.emit())
        self.when.textChanged.connect(self._show)

    def start(self, what: str) -> None:
        """The line as it opens: without a day there is no next step."""
        self.what.setText(what or USUAL)
        self.when.clear()

    def fill(self, what: str, when: str) -> None:
        """Put back what was kept."""
        self.what.setText(what or self.what.text())
        self.when.setText(when)

    def read(self) -> When | None:
        """The day, or None where none was typed; raises NotUnderstood."""
        text = self.when.text().strip()
        return read(text, today=self._desk.services.context.today()) if text else None

    def _show(self, _text: str) -> None:
        try:
            when = self.read()
        except NotUnderstood:
            when = None
        self.read_as.setText(when_words(when) if when else "")
