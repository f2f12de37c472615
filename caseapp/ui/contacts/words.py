"""The choices of the contact form in words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from caseapp.domain.contacts import NoteForm
from caseapp.domain.day_words import weekday_words
from caseapp.domain.shorthand import When

FORMS = {
    NoteForm.PLAIN: "Plain note",
    NoteForm.PEER: "Peer note",
    NoteForm.SOAP: "SOAP",
    NoteForm.DAP: "DAP",
    NoteForm.BIRP: "BIRP",
}


def combo(name: str, options: Sequence[tuple[object, str]]) -> QComboBox:
    """A choice with its spoken name."""
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in options:
        made.addItem(words, value)
    return made


def when_words(when: When) -> str:
    """A day as it was understood: "Tue 24 Nov 10:00"."""
    clock = f" {when.at:%H:%M}" if when.at else ""
    return f"{weekday_words(when.on)}{clock}"
