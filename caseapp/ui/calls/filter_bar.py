"""What the list of calls is narrowed by: words, days, type, source, disposition, and what waits on a call."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from caseapp.domain.call_filters import CallFilter, CallWords, since, whole_days
from caseapp.ui.theme import Look
from caseapp.ui.widgets.basics import button, label
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.form import read_day
from caseapp.ui.widgets.options import choose, offer

BETWEEN = -1
PERIODS = (
    (3, "3 days"),
    (7, "7 days"),
    (30, "30 days"),
    (365, "A year"),
    (0, "Every day"),
    (BETWEEN, "From ... to"),
)
"""Days with today and their words; 0 is no bound."""

_TYPING = 180
"""Milliseconds after a letter until it is looked for."""

_STATE = "calls/filter"


class FilterBar(QWidget):
    """Choices in lines that wrap; days and switches come back the next time, typed words do not.

    Signals:
        changed: something else is asked for now.
        left: Enter or Down was pressed in the words: on to the rows.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, look: Look, sources: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._build(sources)
        self._come_back()
        self._connect()

    def value(self, *, now: datetime, zone: ZoneInfo) -> CallFilter | None:
        """What is asked for; None while a day cannot be read, which is said beside it."""
        days = self.period.currentData()
        after, until = None, None
        if days == BETWEEN:
            first, last = read_day(self.from_on.text()), read_day(self.to_on.text())
            is_wrong = bool((self.from_on.text() and not first) or (self.to_on.text() and not last))
            self._problem.setVisible(is_wrong)
            if is_wrong:
                return None
            after, until = whole_days(first, last, zone)
        else:
            self._problem.setVisible(False)
            after = since(days, now=now, zone=zone) if days else None
        return CallFilter(
            words=" ".join(self.words.text().split()),
            after=after,
            until=until,
            type_text=self.type_text.currentData() or "",
            source=self.source.currentData() or "",
            disposition=self.disposition.currentData() or "",
            is_ours=self.ours.isChecked(),
            has_unlinked=self.unlinked.isChecked(),
            needs_triage=self.triage.isChecked(),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the days is asked for."""
        boxes = (self.type_text, self.source, self.disposition)
        return (
            bool(self.words.text().strip())
            or any(box.currentIndex() > 0 for box in boxes)
            or any(one.isChecked() for one in self._switches)
        )

    def offer(self, words: CallWords) -> None:
        """Types and dispositions to choose from; what is chosen stays."""
        _offer(self.type_text, [(one, one) for one in words.types])
        _offer(self.disposition, [(one, one) for one in words.dispositions])

    def clear(self, *, every_day: bool = True) -> None:
        """Ask for nothing any more, silently."""
        before = self.blockSignals(True)
        self.words.clear()
        for box in (self.type_text, self.source, self.disposition):
            box.setCurrentIndex(0)
        for one in self._switches:
            one.setChecked(False)
        if every_day:
            choose(self.period, 0)
        self._typing.stop()
        self._show_days()
        self._show_clear()
        self.blockSignals(before)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words.text():
                self.words.clear()
                return True
        return super().eventFilter(watched, event)

    def _build(self, sources: Sequence[tuple[str, str]]) -> None:
        flow = FlowLayout(self, spacing=8)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter  Ctrl+F")
        self.words.setAccessibleName("Filter calls by number, type, place or disposition")
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(self._look.pixels(150))
        self.words.installEventFilter(self)
        self.period = self._choice("Days", PERIODS, 134)
        self.from_on, self.to_on = self._day_field("First day"), self._day_field("Last day")
        self._days = (self.from_on, self.to_on)
        self.type_text = self._choice("Type", [("", "Any type")], 132)
        self.source = self._choice("Source", [("", "Any source"), *sources], 142)
        self.disposition = self._choice("Disposition", [("", "Any disposition")], 174)
        self.ours = _switch("Our units", "Calls that a unit of ours other than police was sent to")
        self.unlinked = _switch("To link", "Calls with somebody who is not linked to a person yet")
        self.triage = _switch("To triage", "Calls with somebody on Today's list of new people")
        self._switches = (self.ours, self.unlinked, self.triage)
        self.none = button("Clear", self._on_clear, look="plain", hint="Every call")
        self.none.setAccessibleName("Clear the filter")
        self._problem = label("Write the day as 24 Nov or 11/24/2026.", "error")
        self._problem.setVisible(False)
        parts = (self.words, self.period, *self._days, self.type_text, self.source, self.disposition)
        for part in (*parts, *self._switches, self.none, self._problem):
            flow.addWidget(part)

    def _choice(self, name: str, options: Sequence[tuple[object, str]], width: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box.setFixedWidth(self._look.pixels(width))
        box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        for value, words in options:
            box.addItem(words, value)
        return box

    def _day_field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.setFixedWidth(self._look.pixels(104))
        return field

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.changed)
        self.changed.connect(self._show_clear)
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.words.returnPressed.connect(self._on_return)
        for field in self._days:
            field.editingFinished.connect(self.changed)
        for box in (self.type_text, self.source, self.disposition):
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.period.currentIndexChanged.connect(self._on_period)
        for one in self._switches:
            one.toggled.connect(self._on_switched)

    def _come_back(self) -> None:
        kept = self._look.state.read_numbers(_STATE)
        if len(kept) == 1 + len(self._switches) and kept[0] in {days for days, _words in PERIODS[:-1]}:
            choose(self.period, kept[0])
            for one, is_on in zip(self._switches, kept[1:], strict=True):
                one.setChecked(bool(is_on))
        self._show_days()
        self._show_clear()

    def _show_clear(self) -> None:
        self.none.setVisible(self.is_narrow)

    def _remember(self) -> None:
        days = self.period.currentData()
        if days != BETWEEN:
            on = [int(one.isChecked()) for one in self._switches]
            self._look.state.write_numbers(_STATE, [days, *on])

    def _show_days(self) -> None:
        for field in self._days:
            field.setVisible(self.period.currentData() == BETWEEN)

    def _on_period(self, _place: int) -> None:
        self._show_days()
        self._remember()
        if self.period.currentData() == BETWEEN:
            self.from_on.setFocus()
        else:
            self.changed.emit()

    def _on_switched(self, _on: bool) -> None:
        self._remember()
        self.changed.emit()

    def _on_return(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.changed.emit()
        self.left.emit()

    def _on_clear(self) -> None:
        self.clear()
        self._remember()
        self.changed.emit()


def _switch(words: str, hint: str) -> QPushButton:
    made = button(words, hint=hint)
    made.setCheckable(True)
    made.setAccessibleDescription(hint)
    return made


def _offer(box: QComboBox, options: Sequence[tuple[str, str]]) -> None:
    """Other options behind the first one, silently; what was chosen stays, though it be there no more."""
    offer(box, [(box.itemData(0), box.itemText(0)), *options], keeps=True)
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)
