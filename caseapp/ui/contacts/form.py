"""Log a contact in place: who, outcome by a digit, a note, the next step in shorthand."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from caseapp.domain.contacts import Channel, ContactDetails, NoteForm, NoteText, Outcome
from caseapp.domain.drafts import Draft, TypedContact
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.services.contacts import FORM, Logged, NextStep
from caseapp.services.people import PersonRecord
from caseapp.services.search import Hit
from caseapp.ui.contacts.note_parts import NoteParts
from caseapp.ui.contacts.words import FORMS, OUTCOMES, combo, when_words
from caseapp.ui.drafts import DRAFT_AFTER
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, chips, clear, keys_inside, label, row
from caseapp.ui.widgets.choices import Choices


class ContactForm(QWidget):
    """The form under the list it came from; closed, it takes no room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: list[tuple[UUID, str]] = []
        self._follow_up: FollowUp | None = None
        self._back: Callable[[], None] | None = None
        self._round = 0
        self._is_restoring = self._is_saving = self._began_for_nobody = False
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
        self._round += 1
        self._follow_up, self._back, self._began_for_nobody = follow_up, back, person_id is None
        self._reset()
        self.show()
        if person_id is None:
            self._show_people(())
            self.who.setFocus()
            self._restore(None)
            return
        services, this_round = self._desk.services, self._round
        self._desk.tasks.run(
            lambda: services.people.open(person_id=person_id),
            then=lambda record: self._on_person(record, this_round),
            failed=self._refused,
            key="contact person",
        )
        self.outcome.setFocus()

    def keep_draft(self) -> None:
        """Keep what stands here, unless there is nothing, or it is just being saved for good."""
        self._wait.stop()
        typed = self._typed()
        if self.isHidden() or self._is_saving or not typed.has_words:
            return
        now = self._desk.local(self._desk.services.context.now())
        self._desk.tasks.run(
            self._keeping(typed),
            then=lambda _none: self.draft_words.setText(f"Draft saved {now:%H:%M}"),
            failed=self._refused,
        )

    def _keeping(self, typed: TypedContact) -> Callable[[], None]:
        """The work of keeping: under the first person, once there is one, and then no more under nobody."""
        drafts, began_for_nobody = self._desk.services.drafts, self._began_for_nobody
        person_id = self._people[0][0] if self._people else None

        def keep() -> None:
            drafts.keep(form=FORM, person_id=person_id, content=typed.content())
            if began_for_nobody and person_id is not None:
                drafts.drop(form=FORM, person_id=None)

        return keep

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
        self.outcome = Choices("Outcome", list(OUTCOMES.items()))
        column.addWidget(self.outcome)
        self.channel = combo("How", [(one, one.value.capitalize()) for one in Channel])
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 1440)
        self.minutes.setSuffix(" min")
        self.minutes.setFixedWidth(self._desk.look.pixels(104))
        self.minutes.lineEdit().setTextMargins(6, 0, 0, 0)
        self.minutes.setAccessibleName("Minutes")
        self.form = combo("Note form", list(FORMS.items()))
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
        self.notes = NoteParts()
        column.addWidget(self.notes)
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

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep_draft)
        self.form.currentIndexChanged.connect(lambda _place: self.notes.show_form(self.form.currentData()))
        self.notes.edited.connect(self._touched)
        self.next_when.textEdited.connect(self._on_when)
        self.next_what.textEdited.connect(self._touched)
        self.minutes.valueChanged.connect(self._touched)
        self.channel.currentIndexChanged.connect(self._touched)
        self.outcome.chosen.connect(self._on_outcome)
        self.who.returnPressed.connect(self._find)
        for key, do in (("Ctrl+Return", self._save), ("Escape", self._close)):
            keys_inside(self, key, do)

    def _reset(self) -> None:
        """Empty every field: words of one person must never appear at another."""
        self._is_restoring = True
        self.notes.fill({})
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

    def _on_person(self, record: PersonRecord, this_round: int) -> None:
        """The form may have been opened for somebody else while the record was read."""
        if this_round != self._round:
            return
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

    def _touched(self, *_anything: object) -> None:
        if not self._is_restoring:
            self._wait.start()

    def _on_outcome(self, _outcome: object) -> None:
        self._touched()
        self.next_when.setFocus()

    def _on_when(self, text: str) -> None:
        self._touched()
        when = self._read_when(text)
        self.read_as.setText(when_words(when) if when else "")

    def _read_when(self, text: str) -> When | None:
        try:
            return read(text, today=self._desk.services.context.today())
        except NotUnderstood:
            return None

    def _typed(self) -> TypedContact:
        outcome: Outcome | None = self.outcome.value
        return TypedContact(
            outcome=outcome.value if outcome else "",
            notes=self.notes.texts(),
            when=self.next_when.text(),
            what=self.next_what.text(),
            form=self.form.currentData().value,
            channel=self.channel.currentData().value,
            minutes=self.minutes.value(),
            people=[str(person_id) for person_id, _name in self._people],
            follow_up=str(self._follow_up.id) if self._follow_up else "",
        )

    def _restore(self, person_id: UUID | None) -> None:
        drafts = self._desk.services.drafts
        self._desk.tasks.run(
            lambda: drafts.get(form=FORM, person_id=person_id),
            then=self._on_draft,
            failed=self._refused,
            key="draft",
        )

    def _on_draft(self, draft: Draft | None) -> None:
        if draft is None or self._typed().has_words:
            return
        typed = TypedContact.of(draft.content)
        self._is_restoring = True
        self.form.setCurrentIndex(self.form.findData(NoteForm(typed.form)))
        self.channel.setCurrentIndex(self.channel.findData(Channel(typed.channel)))
        self.minutes.setValue(typed.minutes)
        if typed.outcome:
            self.outcome.choose(Outcome(typed.outcome))
        self.notes.fill(typed.notes)
        self.next_what.setText(typed.what or self.next_what.text())
        self.next_when.setText(typed.when)
        self._on_when(typed.when)
        self._is_restoring = False
        self.draft_words.setText(f"Draft of {self._desk.day_words(draft.saved_at)} restored")
        self._bring_back(typed)

    def _bring_back(self, typed: TypedContact) -> None:
        """Who else was named, and the follow-up that it answers, where they may still be read."""
        services, named, this_round = self._desk.services, tuple(map(UUID, typed.people)), self._round
        if not named:
            return

        def look() -> tuple[list[Person], list[FollowUp]]:
            return services.people.many(person_ids=named), services.follow_ups.planned(person_id=named[0])

        def show(found: tuple[list[Person], list[FollowUp]]) -> None:
            if this_round != self._round:
                return
            for person in found[0]:
                self._add(person)
            answered = [one for one in found[1] if str(one.id) == typed.follow_up]
            self._follow_up = self._follow_up or next(iter(answered), None)

        self._desk.tasks.run(look, then=show, failed=self._refused, key="draft people")

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
        contacts, keep = self._desk.services.contacts, self._keeping(self._typed())

        def log() -> Logged:
            try:
                return contacts.log(details=details, next_step=step)
            except CaseAppError:
                keep()
                raise

        self.save.setEnabled(False)
        self._is_saving = True
        self._desk.tasks.run(log, then=self._on_saved, failed=self._refused)

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
        return ContactDetails(
            at=self._desk.services.context.now(),
            channel=self.channel.currentData(),
            outcome=outcome,
            person_ids=tuple(person_id for person_id, _name in self._people),
            minutes=self.minutes.value() or None,
            note=NoteText(self.form.currentData(), self.notes.texts()),
            follow_up_id=self._follow_up.id if self._follow_up else None,
        )

    def _on_saved(self, logged: Logged) -> None:
        self._wait.stop()
        self.save.setEnabled(True)
        self._is_saving = False
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
        self._is_saving = False
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
