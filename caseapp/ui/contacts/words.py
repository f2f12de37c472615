"""The choices of the contact form in words."""

from PySide6.QtWidgets import QComboBox

from caseapp.domain.contacts import NoteForm, Outcome
from caseapp.domain.day_words import weekday_words
from caseapp.domain.shorthand import When

OUTCOMES = {
    Outcome.REACHED: "Reached",
    Outcome.LEFT_MESSAGE: "Left message",
    Outcome.NO_ANSWER: "No answer",
    Outcome.NOT_FOUND: "Not found",
    Outcome.DECLINED: "Declined",
    Outcome.WRONG_NUMBER: "Wrong number",
    Outcome.NO_SHOW: "No show",
}
FORMS = {
    NoteForm.PLAIN: "Plain note",
    NoteForm.PEER: "Peer note",
    NoteForm.SOAP: "SOAP",
    NoteForm.DAP: "DAP",
    NoteForm.BIRP: "BIRP",
}


def combo(name: str, options: list[tuple[object, str]]) -> QComboBox:
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
