"""Log a contact in place: who, outcome by a digit, a note, the next step in shorthand."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from caseapp.domain.contacts import NOTE_PARTS, Channel, ContactDetails, NoteForm, NoteText, Outcome
from caseapp.domain.drafts import Draft
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.services.contacts import Logged, NextStep
from caseapp.services.people import PersonRecord
from caseapp.services.search import Hit
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, chips, clear, label, row
from caseapp.ui.widgets.choices import Choices

DRAFT_AFTER = 1500
"""Milliseconds after the last key at which the draft is kept; two seconds are promised."""

_OUTCOMES = {
    Outcome.REACHED: "Reached",
    Outcome.LEFT_MESSAGE: "Left message",
    Outcome.NO_ANSWER: "No answer",
    Outcome.NOT_FOUND: "Not found",
    Outcome.DECLINED: "Declined",
    Outcome.WRONG_NUMBER: "Wrong number",
    Outcome.NO_SHOW: "No show",
}
_FORMS = {
    NoteForm.PLAIN: "Plain note",
    NoteForm.PEER: "Peer note",
    NoteForm.SOAP: "SOAP",
    NoteForm.DAP: "DAP",
    NoteForm.BIRP: "BIRP",
}


class ContactForm(QWidget):
    """The form under the list it came from; closed, it takes no room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: list[tuple[UUID, str]] = []
        self._follow_up: FollowUp | None = None
        self._back: Callable[[], None] | None = None
        self._notes: dict[str, QPlainTextEdit] = {}
        self._is_restoring = False
        self._build()
        self._connect()
        self.hide()

    def start(
        self,
        person_id: UUID | None,
        *,
        follow_up: FollowUp | None = None,
        back: Callable[[], None] | None = None,
    ) -> None:
        """Open for a person, for a follow-up, or for whoever is then named."""
        self._people.clear()
        self._follow_up, self._back = follow_up, back
        self._reset()
        self.show()
        if person_id is None:
            self._show_people(())
            self.who.setFocus()
            self._restore(None)
            return
        services = self._desk.services
        self._desk.tasks.run(
            lambda: services.people.open(person_id=person_id),
            then=self._on_person,
            failed=self._refused,
            key="contact person",
        )
        self.outcome.setFocus()

    def keep_draft(self) -> None:
        """Keep what stands here, unless there is nothing or nothing new."""
        self._wait.stop()
        content = self._content()
        if not self.isVisible() or not any(content.values()):
            return
        person_id = self._people[0][0] if self._people else None
        contacts, now = self._desk.services.contacts, self._desk.local(self._desk.services.context.now())
        self._desk.tasks.run(
            lambda: contacts.keep_draft(person_id=person_id, content=content),
            then=lambda _none: self.draft_words.setText(f"Draft saved {now:%H:%M}"),
            failed=self._refused,
        )

    def _build(self) -> None:
        frame = QFrame()
        frame.setObjectName("inset")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 0, 22, 14)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        self.heading = label("Log contact", "heading")
        self._warnings = QWidget()
        self._warning_line = QVBoxLayout(self._warnings)
        self._warning_line.setContentsMargins(0, 0, 0, 0)
        self.who = QLineEdit()
        self.who.setPlaceholderText("Add a person: name, phone or birth date, then Enter")
        self.who.setAccessibleName("Add a person")
        self.who.setMinimumWidth(330)
        column.addWidget(
            row(self.heading, self._warnings, None, self.who, button("Close  Esc", self._close, look="plain"))
        )
        self.outcome = Choices("Outcome", list(_OUTCOMES.items()))
        column.addWidget(self.outcome)
        self.channel = _combo("How", [(one, one.value.capitalize()) for one in Channel])
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 1440)
        self.minutes.setSuffix(" min")
        self.minutes.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.minutes.setFixedWidth(self._desk.look.pixels(92))
        self.minutes.setAccessibleName("Minutes")
        self.form = _combo("Note form", list(_FORMS.items()))
        column.addWidget(
            row(
                label("How", "small"),
                self.channel,
                label("Minutes", "small"),
                self.minutes,
                label("Note", "small"),
                self.form,
                None,
            )
        )
        self._note_box = QVBoxLayout()
        self._note_box.setSpacing(4)
        column.addLayout(self._note_box)
        self.next_what = QLineEdit("Follow up")
        self.next_what.setAccessibleName("What next")
        self.next_when = QLineEdit()
        self.next_when.setPlaceholderText("tomorrow 10, +3d, fri")
        self.next_when.setAccessibleName("When next")
        self.read_as = label("", "small")
        self.save = button("Save  Ctrl+Enter", self._save, look="primary")
        self.problem = label("", "error", wraps=True)
        self.problem.setVisible(False)
        self.draft_words = label("", "small")
        column.addWidget(
            row(
                label("Next step", "small"),
                self.next_what,
                self.next_when,
                self.read_as,
                None,
                self.draft_words,
                self.save,
            )
        )
        column.addWidget(self.problem)
        self._show_note_parts()

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep_draft)
        self.form.currentIndexChanged.connect(self._show_note_parts)
        self.next_when.textEdited.connect(self._on_when)
        self.next_what.textEdited.connect(self._touched)
        self.outcome.chosen.connect(self._on_outcome)
        self.who.returnPressed.connect(self._find)
        QShortcut(
            QKeySequence("Ctrl+Return"),
            self,
            self._save,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        QShortcut(
            QKeySequence("Escape"), self, self._close, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _reset(self) -> None:
        """Empty every field: words of one person must never appear at another."""
        self._is_restoring = True
        for field in self._notes.values():
            field.clear()
        self._is_restoring = False
        self._wait.stop()
        self.outcome.choose(None)
        self.minutes.setValue(0)
        self.next_what.setText(self._follow_up.what if self._follow_up else "Follow up")
        self.next_when.clear()
        self.read_as.clear()
        self.who.clear()
        self.draft_words.clear()
        self._say("")
        if self._follow_up:
            self.channel.setCurrentIndex(self.channel.findData(Channel(self._follow_up.channel)))
        self._show_note_parts()

    def _on_person(self, record: PersonRecord) -> None:
        self._add(record.person)
        self._restore(record.person.id)

    def _add(self, person: Person) -> None:
        if all(person.id != one for one, _name in self._people):
            self._people.append((person.id, person.display_name))
        self._show_people(
            tuple(alert.text for alert in person.details.alerts if alert.kind in ("safety", "medical"))
        )

    def _show_people(self, warnings: tuple[str, ...]) -> None:
        names = ", ".join(name for _id, name in self._people)
        self.heading.setText(f"Log contact: {names}" if names else "Log contact")
        clear(self._warning_line)
        if warnings:
            self._warning_line.addWidget(chips([chip(words, "warning") for words in warnings[:2]]))

    def _find(self) -> None:
        text, services = self.who.text(), self._desk.services

        def look() -> Person | None:
            hits: list[Hit] = services.search.find(query=text, limit=5)
            person_id = next((hit.record_id for hit in hits if hit.kind == "person"), None)
            return services.people.open(person_id=person_id).person if person_id else None

        self._desk.tasks.run(look, then=self._on_found, failed=self._refused)

    def _on_found(self, person: Person | None) -> None:
        if person is None:
            self._say("Nobody found. Try fewer letters, or make a new person first.")
            return
        self._say("")
        self.who.clear()
        self._add(person)
        self.outcome.setFocus()

    def _show_note_parts(self) -> None:
        kept = {name: field.toPlainText() for name, field in self._notes.items()}
        clear(self._note_box)
        self._notes.clear()
        for name in NOTE_PARTS[self.form.currentData()]:
            field = QPlainTextEdit(kept.get(name, ""))
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setTabChangesFocus(True)
            field.setFixedHeight(64 if len(NOTE_PARTS[self.form.currentData()]) == 1 else 46)
            field.textChanged.connect(self._touched)
            self._note_box.addWidget(field)
            self._notes[name] = field

    def _touched(self, *_anything: object) -> None:
        if not self._is_restoring:
            self._wait.start()

    def _on_outcome(self, _outcome: object) -> None:
        self._touched()
        self.next_when.setFocus()

    def _on_when(self, text: str) -> None:
        self._touched()
        when = self._read_when(text)
        self.read_as.setText(_when_words(when) if when else "")

    def _read_when(self, text: str) -> When | None:
        try:
            return read(text, today=self._desk.services.context.today())
        except NotUnderstood:
            return None

    def _content(self) -> dict[str, object]:
        outcome: Outcome | None = self.outcome.value
        notes = {name: field.toPlainText() for name, field in self._notes.items() if field.toPlainText()}
        return {"outcome": outcome.value if outcome else "", "notes": notes, "when": self.next_when.text()}

    def _restore(self, person_id: UUID | None) -> None:
        contacts = self._desk.services.contacts
        self._desk.tasks.run(
            lambda: contacts.draft(person_id=person_id),
            then=self._on_draft,
            failed=self._refused,
            key="draft",
        )

    def _on_draft(self, draft: Draft | None) -> None:
        if draft is None or any(self._content().values()):
            return
        self._is_restoring = True
        content = draft.content
        if content.get("outcome"):
            self.outcome.choose(Outcome(content["outcome"]))
        for name, text in dict(content.get("notes", {})).items():
            if name in self._notes:
                self._notes[name].setPlainText(text)
        self.next_when.setText(str(content.get("when", "")))
        self._is_restoring = False
        self.draft_words.setText(f"Draft of {self._desk.day_words(draft.saved_at)} restored")

    def _save(self) -> None:
        details = self._details()
        if details is None:
            return
        text = self.next_when.text().strip()
        when = self._read_when(text) if text else None
        if text and when is None:
            self._say(sentence(NotUnderstood(text=text)))
            self.next_when.setFocus()
            return
        step = NextStep(self.next_what.text(), self.channel.currentData(), when) if when else None
        contacts = self._desk.services.contacts
        self.save.setEnabled(False)
        self._desk.tasks.run(
            lambda: contacts.log(details=details, next_step=step), then=self._on_saved, failed=self._refused
        )

    def _details(self) -> ContactDetails | None:
        outcome: Outcome | None = self.outcome.value
        if not self._people:
            self._say("Choose at least one person.")
            self.who.setFocus()
            return None
        if outcome is None:
            self._say("Choose what came of it: press a digit.")
            self.outcome.setFocus()
            return None
        parts = {name: field.toPlainText() for name, field in self._notes.items()}
        return ContactDetails(
            at=datetime.now(UTC),
            channel=self.channel.currentData(),
            outcome=outcome,
            person_ids=tuple(person_id for person_id, _name in self._people),
            minutes=self.minutes.value() or None,
            note=NoteText(self.form.currentData(), parts),
            follow_up_id=self._follow_up.id if self._follow_up else None,
        )

    def _on_saved(self, logged: Logged) -> None:
        self._wait.stop()
        self.save.setEnabled(True)
        names = ", ".join(name for _id, name in self._people)
        self._hide()
        self._desk.say(f"Contact with {names} saved.", lambda: self._take_back(logged))
        self._desk.hub.changed.emit(logged.change)

    def _take_back(self, logged: Logged) -> None:
        contacts = self._desk.services.contacts
        self._desk.tasks.run(
            lambda: contacts.take_back(logged=logged), then=self._desk.hub.changed.emit, failed=self._refused
        )

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if self.isVisible() and isinstance(error, CaseAppError):
            self._say(sentence(error))
        else:
            self._desk.say(sentence(error), None)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _close(self) -> None:
        self.keep_draft()
        self._hide()

    def _hide(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()


def _combo(name: str, options: list[tuple[object, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in options:
        made.addItem(words, value)
    return made


def _when_words(when: When) -> str:
    clock = f" {when.at:%H:%M}" if when.at else ""
    return f"{when.on:%a} {when.on.day} {when.on:%b}{clock}"
