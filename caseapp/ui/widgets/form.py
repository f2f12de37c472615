"""Forms that cannot forget: every field gets its label, buddy, spoken name and a place for its error."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseapp.exchange import times_written
from caseapp.ui.errors import sentence
from caseapp.ui.widgets.basics import label
from caseapp.ui.widgets.column import bring_into_view
from caseapp.ui.widgets.field_values import is_secret, put_into, value_of
from caseapp.ui.widgets.several import Several

_LONG = 30
"""Letters above which a label wraps beside another one."""

_YES = "yes"
"""The text of a box that is ticked."""


class Form(QWidget):
    """Labels above fields in columns, in tab order as added.

    Signals:
        edited: any field holds something else now.
    """

    edited = Signal()
    BELOW = 8
    """Pixels below each line of fields, the last one too: what ends with fields beside it leaves as many."""

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._columns, self._next = columns, 0
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}
        self._below: dict[str, tuple[int, int, int]] = {}
        """Where the error of a field stands: line, column, and columns it spans."""
        self._labels: dict[str, QLabel] = {}
        self._boxes_of: dict[str, tuple[str, ...]] = {}

    def text(
        self, key: str, title: str, *, hint: str = "", is_secret: bool = False, wide: bool = False
    ) -> QLineEdit:
        """A line of text."""
        field = QLineEdit()
        field.setPlaceholderText(hint)
        if is_secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textChanged.connect(partial(_show_beginning, field))
        self._place(key, title, field, wide=wide)
        return field

    def lines(self, key: str, title: str, *, hint: str = "", height: int = 84) -> QPlainTextEdit:
        """Several lines of text over the whole width; Tab goes on to the next field."""
        field = QPlainTextEdit()
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.setMinimumHeight(height)
        field.setMaximumHeight(height * 2)
        self._place(key, title, field, wide=True)
        return field

    def choice(
        self, key: str, title: str, options: Sequence[tuple[Any, str]], *, wide: bool = False
    ) -> QComboBox:
        """One of several; each option is its value and its words."""
        field = QComboBox()
        for value, words in options:
            field.addItem(words, value)
        self._place(key, title, field, wide=wide)
        return field

    def check(self, key: str, words: str, *, wide: bool = False) -> QCheckBox:
        """Yes or no in a sentence."""
        field = QCheckBox(words)
        self._place(key, "", field, wide=wide)
        field.setAccessibleName(words)
        return field

    def heading(self, words: str) -> None:
        """Words over the fields that follow, on a line of their own."""
        self._next += -self._next % self._columns
        shown = label(words, "heading")
        shown.setContentsMargins(0, 6, 0, 2)
        self._grid.addWidget(shown, self._next // self._columns * 4, 0, 1, self._columns)
        self._next += self._columns

    def own(self, key: str, title: str, field: QWidget) -> None:
        """A widget over the whole width that keeps its own value; it gets label and error like any."""
        self._place(key, title, field, wide=True)
        edited = getattr(field, "edited", None)
        if edited is not None:
            edited.connect(self.edited)

    def field(self, key: str) -> QWidget | None:
        """The field of a name, if this form has one."""
        return self._fields.get(key)

    def adopt(self, key: str, field: QCheckBox | QLineEdit) -> None:
        """Count what stands elsewhere among the fields, or what keeps a value that nobody sees."""
        self._fields[key] = field
        self._watch(field)

    def bind(self, key: str, *boxes: str) -> None:
        """Boxes hold only for what stands in a field: a leave for one phone is none for the next."""
        self._boxes_of[key] = boxes

    def with_bound(self, keys: Iterable[str]) -> frozenset[str]:
        """The fields, and all that mean nothing without them or that they mean nothing without."""
        found = frozenset(keys)
        groups = (frozenset((key, *boxes)) for key, boxes in self._boxes_of.items())
        return found.union(*(group for group in groups if group & found))

    def unsettled(self, *versions: Mapping[str, str]) -> frozenset[str]:
        """The boxes that hold for a field in which the versions' texts are not all the same."""
        return frozenset(
            box
            for key, boxes in self._boxes_of.items()
            if len({one.get(key, "") for one in versions}) > 1
            for box in boxes
        )

    @property
    def titles(self) -> dict[str, str]:
        """Field -> the words of its label."""
        return {key: field.accessibleName() for key, field in self._fields.items()}

    @property
    def may_join(self) -> frozenset[str]:
        """The fields of several lines, which can hold two versions one under the other."""
        return frozenset(key for key, one in self._fields.items() if isinstance(one, QPlainTextEdit))

    def values(self) -> dict[str, Any]:
        """What stands in the fields, secrets aside, as a file can keep it."""
        return {key: value_of(field) for key, field in self._fields.items() if not is_secret(field)}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put back what `values` gave; a choice that is not offered any more stays as it is."""
        for key, field in self._fields.items():
            if key in values and not is_secret(field):
                put_into(field, values[key])

    def texts(self) -> dict[str, str]:
        """Every field as a text that can be laid beside another version's; a box is "yes" or nothing."""
        return as_texts(self.values())

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Fill fields from what `texts` gave."""
        self.fill(
            {
                key: text == _YES if isinstance(self._fields[key], QCheckBox) else text
                for key, text in texts.items()
            }
        )

    def in_words(self, key: str, text: str) -> str:
        """How a text of `texts` reads: a box as yes or no, several choices by their names."""
        field = self._fields[key]
        if isinstance(field, QCheckBox):
            return text or "no"
        return field.words(text.split()) if isinstance(field, Several) else text

    def rename(self, key: str, title: str) -> None:
        """Give a field another label, spoken and shown."""
        self._labels[key].setText(title)
        self._fields[key].setAccessibleName(title)

    def show_field(self, key: str, *, is_shown: bool) -> None:
        """Show or hide a field with its label; what stands in it stays."""
        self._fields[key].setVisible(is_shown)
        self._labels[key].setVisible(is_shown and bool(self._labels[key].text()))
        line = self._below[key][0]
        beside = (self._fields[one] for one, (place, *_rest) in self._below.items() if place == line)
        self._grid.setRowMinimumHeight(line + 1, 0 if all(one.isHidden() for one in beside) else self.BELOW)

    def error(self, key: str, words: str, *, takes_focus: bool = True) -> None:
        """Show a sentence under a field, seen and with the focus there; an empty one takes it away."""
        field = self._fields[key]
        if words or key in self._errors:
            self._say(key, words)
            field.setAccessibleDescription(words)
            field.setProperty("wrong", "true" if words else "false")
            field.style().unpolish(field)
            field.style().polish(field)
        if words and takes_focus:
            field.setFocus()
            around = 3 * field.fontMetrics().height()
            QTimer.singleShot(0, field, partial(bring_into_view, field, around=around))

    def refused_at(self, key: str, error: Exception) -> bool:
        """Say under a field why something was refused, where this form has the field; whether it has it."""
        if key in self._fields:
            self.error(key, sentence(error))
        return key in self._fields

    def _say(self, key: str, words: str) -> None:
        """Most fields never have an error, so the line for it is made with the first one."""
        if key not in self._errors:
            line, column, span = self._below[key]
            self._errors[key] = label("", "error", wraps=True)
            self._grid.addWidget(self._errors[key], line, column, 1, span)
        self._errors[key].setText(words)
        self._errors[key].setVisible(bool(words))

    def day(self, key: str) -> tuple[date | None, bool]:
        """The day of a field that may stay empty, and whether it can be read; if not, that is said there."""
        field = self._fields[key]
        text = field.text().strip() if isinstance(field, QLineEdit) else ""
        day = read_day(text)
        if text and day is None:
            self.error(key, "Write the day as 2026-11-24, or leave it empty.")
        return day, day is not None or not text

    def is_chosen(self) -> bool:
        """Whether something is chosen wherever something is offered; where not, it is asked for there."""
        for key, field in self._fields.items():
            if isinstance(field, QComboBox) and field.count() and field.currentIndex() < 0:
                self.error(key, "Choose one: what was chosen is not offered any more.")
                return False
        return True

    def clear_errors(self) -> None:
        """Take every error away."""
        for key, said in self._errors.items():
            if said.text():
                self.error(key, "")

    def _place(self, key: str, title: str, field: QWidget, *, wide: bool) -> None:
        span = self._columns if wide else 1
        if self._next % self._columns + span > self._columns:
            self._next += self._columns - self._next % self._columns
        column, line = self._next % self._columns, self._next // self._columns * 4
        shown = label(title, "small", wraps=span == self._columns or len(title) > _LONG)
        shown.setBuddy(field)
        field.setAccessibleName(title)
        if not title:
            shown.hide()
        self._grid.addWidget(shown, line, column, 1, span)
        self._grid.addWidget(field, line + 1, column, 1, span)
        self._grid.setRowMinimumHeight(line + 3, self.BELOW)
        self._fields[key], self._labels[key], self._below[key] = field, shown, (line + 2, column, span)
        self._next += span
        self._watch(field)

    def _watch(self, field: QWidget) -> None:
        if isinstance(field, (QLineEdit, QPlainTextEdit)):
            field.textChanged.connect(self.edited)
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self.edited)
        elif isinstance(field, QCheckBox):
            field.toggled.connect(self.edited)


def _show_beginning(field: QLineEdit, _text: str) -> None:
    """What is longer than its field, and nobody is writing, is read from its beginning."""
    if not (field.isModified() or field.hasFocus()):
        field.setCursorPosition(0)


def as_texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Values of fields as `Form.texts` gives them."""
    return {key: (_YES if value is True else value or "") for key, value in values.items()}


def read_day(text: str) -> date | None:
    """A typed date in any written form; None when it is empty or not a date."""
    naive = times_written.parse(text) if text.strip() else None
    return naive.wall.date() if naive else None
