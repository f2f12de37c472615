"""The fields of a note, one for each heading of its form."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from caseapp.domain.contacts import NOTE_PARTS, NoteForm
from caseapp.ui.screen import Desk
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.widgets.basics import clear


class NoteParts(QWidget):
    """Another form takes the words along: what has no heading there goes into its first field.

    Signals:
        edited: a word was typed.
    """

    edited = Signal()

    def __init__(self, desk: Desk, names: Callable[[], str]) -> None:
        super().__init__()
        self._desk, self._names = desk, names
        self._fields: dict[str, QPlainTextEdit] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.show_form(NoteForm.PLAIN)

    def show_form(self, form: NoteForm) -> None:
        """Show the headings of a form with what was typed so far."""
        names, kept = NOTE_PARTS[form], self.texts()
        homeless = [text for name, text in kept.items() if name not in names]
        kept[names[0]] = "\n".join(filter(None, (kept.get(names[0], ""), *homeless)))
        clear(self._box)
        self._fields = {name: self._field(name, kept.get(name, ""), len(names)) for name in names}

    def texts(self) -> dict[str, str]:
        """What stands under each heading that has any text."""
        found = {name: field.toPlainText() for name, field in self._fields.items()}
        return {name: text for name, text in found.items() if text}

    def fill(self, texts: dict[str, str]) -> None:
        """Put texts under their headings; an empty set of them empties every field."""
        for name, field in self._fields.items():
            field.setPlainText(texts.get(name, ""))

    def _field(self, name: str, text: str, count: int) -> QPlainTextEdit:
        field = QPlainTextEdit(text)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setFixedHeight(self._desk.look.pixels(64 if count == 1 else 46))
        field.textChanged.connect(self.edited)
        mark_spelling(field, self._desk, self._names)
        self._box.addWidget(field)
        return field
