"""Forms that cannot forget: every field gets its label, buddy, spoken name and a place for its error."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from caseapp.exchange import times
from caseapp.ui.widgets.basics import label


class Form(QWidget):
    """Labels above fields in columns, in tab order as added."""

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._columns, self._next = columns, 0
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, Any] = {}

    def text(
        self, key: str, title: str, *, hint: str = "", is_secret: bool = False, wide: bool = False
    ) -> QLineEdit:
        """A line of text."""
        field = QLineEdit()
        field.setPlaceholderText(hint)
        if is_secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
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

    def check(self, key: str, words: str) -> QCheckBox:
        """Yes or no in a sentence."""
        field = QCheckBox(words)
        self._place(key, "", field, wide=False)
        field.setAccessibleName(words)
        return field

    def error(self, key: str, sentence: str) -> None:
        """Show a sentence under a field and put the focus there; an empty one takes it away."""
        shown = self._errors[key]
        shown.setText(sentence)
        shown.setVisible(bool(sentence))
        field = self._fields[key]
        field.setAccessibleDescription(sentence)
        field.setProperty("wrong", "true" if sentence else "false")
        field.style().unpolish(field)
        field.style().polish(field)
        if sentence:
            field.setFocus()

    def clear_errors(self) -> None:
        """Take every error away."""
        for key in self._errors:
            self.error(key, "")

    def _place(self, key: str, title: str, field: QWidget, *, wide: bool) -> None:
        span = self._columns if wide else 1
        if self._next % self._columns + span > self._columns:
            self._next += self._columns - self._next % self._columns
        column, line = self._next % self._columns, self._next // self._columns * 4
        shown = label(title, "small")
        shown.setBuddy(field)
        field.setAccessibleName(title)
        problem = label("", "error", wraps=True)
        problem.setVisible(False)
        self._grid.addWidget(shown, line, column, 1, span)
        self._grid.addWidget(field, line + 1, column, 1, span)
        self._grid.addWidget(problem, line + 2, column, 1, span)
        self._grid.setRowMinimumHeight(line + 3, 8)
        self._fields[key], self._errors[key] = field, problem
        self._next += span


def read_day(text: str) -> date | None:
    """A typed date in any written form; None when it is empty or not a date."""
    naive = times.parse(text) if text.strip() else None
    return naive.wall.date() if naive else None
