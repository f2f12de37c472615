"""Log a contact in place: who, outcome by a digit, a note, the next step in shorthand."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.contacts import Channel, Contact, ContactDetails, NoteText, Outcome
from caseapp.domain.drafts import Draft, TypedContact
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood
from caseapp.services.contacts import FORM, Logged, NextStep
from caseapp.services.people import PersonRecord
from caseapp.ui.contacts.facts_part import FactsPart
from caseapp.ui.contacts.next_part import NextPart
from caseapp.ui.contacts.note_parts import NoteParts
from caseapp.ui.contacts.who import Who
from caseapp.ui.drafts import DRAFT_AFTER
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, cut, flowing, keys_inside, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.inset import Inset
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.problem import Problem


class ContactForm(QWidget):
    """The form under the list it came from; closed, it takes no room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
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
        self._round += 1
        self._follow_up, self._back, self._began_for_nobody = follow_up, back, person_id is None
        self._reset()
        self.show()
        if person_id is None:
            self.who.field.setFocus()
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
        person_id = next(iter(self.who.ids), None)

        def keep() -> None:
            drafts.keep(form=FORM, person_id=person_id, content=typed.content())
            if began_for_nobody and person_id is not None:
                drafts.drop(form=FORM, person_id=None)

        return keep

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(16, 5, 16, 7)
        column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 0, 22, 14)
        outer.addWidget(Inset(column, "Log contact"))
        self.heading = OneLine("Log contact", "heading", keeps=24)
        self.who = Who(self._desk)
        self.same = button(
            "Same as last  Alt+S",
            self._same,
            look="plain",
            hint="What you last logged with this person, today",
        )
        close = button("Close  Esc", self._close, look="plain")
        column.addWidget(flowing(row(self.heading, None), self.who.field, self.same, close))
        column.addWidget(self.who)
        self.outcome = Choices("Outcome", self._desk.lists.words.among("contact_outcome", Outcome))
        column.addWidget(self.outcome)
        self.facts = FactsPart(self._desk)
        column.addWidget(self.facts)
        self.notes = NoteParts(self._desk, lambda: self.who.names)
        column.addWidget(self.notes)
        self.next = NextPart(self._desk)
        self.next_what, self.next_when = self.next.what, self.next.when
        self.save = button("Save  Ctrl+Enter", self._save, look="primary")
        self.problem = Problem()
        self.draft_words = label("", "small")
        column.addWidget(flowing(self.next, row(None, self.draft_words, self.save)))
        column.addWidget(self.problem)

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep_draft)
        self.facts.form_chosen.connect(self.notes.show_form)
        self.facts.channel_chosen.connect(self.who.show_channel)
        for part in (self.notes, self.facts, self.who, self.next):
            part.edited.connect(self._touched)
        self.outcome.chosen.connect(self._on_outcome)
        self.who.edited.connect(self._show_names)
        self.who.added.connect(self.outcome.setFocus)
        self.who.refused.connect(self._refused)
        keys = (("Ctrl+Return", self._save), ("Escape", self._close), ("Alt+S", self._same))
        for key, do in keys:
            keys_inside(self, key, do)

    def _reset(self) -> None:
        """Empty every field: words of one person must never appear at another."""
        self._is_restoring = True
        self.notes.fill({})
        self.who.start()
        self.facts.start()
        if self._follow_up:
            self.facts.choose_channel(Channel(self._follow_up.channel))
        self.who.show_channel(self.facts.channel.currentData())
        self._show_names()
        self._is_restoring = False
        self._wait.stop()
        self.outcome.choose(None)
        self.next.start(self._follow_up.what if self._follow_up else "")
        self.draft_words.clear()
        self.problem.say("")

    def _on_person(self, record: PersonRecord, this_round: int) -> None:
        """The form may have been opened for somebody else while the record was read."""
        if this_round != self._round:
            return
        self._count_in(record.person)
        self._restore(record.person.id)

    def _count_in(self, person: Person) -> None:
        """Somebody whom nobody typed: no reason to keep a draft."""
        before, self._is_restoring = self._is_restoring, True
        self.who.add(person)
        self._is_restoring = before

    def _show_names(self) -> None:
        names = self.who.names
        self.heading.setText(f"Log contact: {names}" if names else "Log contact")
        self.same.setEnabled(bool(names))

    def _same(self) -> None:
        """Repeat the facts of the last contact with the first person; its words are not copied."""
        first = next(iter(self.who.ids), None)
        if first is None:
            self.problem.say("Choose the person first.")
            return
        services = self._desk.services

        def look() -> tuple[Contact | None, list[Person]]:
            last = services.contacts.same_as_last(person_id=first)
            others = last.details.person_ids if last else ()
            return last, services.people.many(person_ids=others)

        self._desk.tasks.run(
            look, then=lambda found: self._on_same(*found), failed=self._refused, key="contact same"
        )

    def _on_same(self, last: Contact | None, people: list[Person]) -> None:
        if last is None:
            self.problem.say("You have not logged a contact with this person yet.")
            return
        self.facts.repeat(last.details)
        for person in people:
            self.who.add(person)
        self.outcome.choose(last.details.outcome)
        self._on_outcome(last.details.outcome)

    def _touched(self, *_anything: object) -> None:
        if not self._is_restoring and not self._wait.isActive():
            self._wait.start()

    def _on_outcome(self, _outcome: object) -> None:
        self._touched()
        self.next_when.setFocus()

    def _typed(self) -> TypedContact:
        outcome: Outcome | None = self.outcome.value
        return TypedContact(
            outcome=outcome.value if outcome else "",
            notes=self.notes.texts(),
            when=self.next_when.text(),
            what=self.next_what.text(),
            **self.facts.typed(),
            people=[str(person_id) for person_id in self.who.ids],
            name=self.who.typed,
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
        self.facts.fill(typed)
        if typed.outcome:
            self.outcome.choose(Outcome(typed.outcome))
        self.notes.fill(typed.notes)
        self.next.fill(typed.what, typed.when)
        self.who.field.setText(typed.name)
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
                self._count_in(person)
            answered = [one for one in found[1] if str(one.id) == typed.follow_up]
            self._follow_up = self._follow_up or next(iter(answered), None)

        self._desk.tasks.run(look, then=show, failed=self._refused, key="draft people")

    def _save(self) -> None:
        """Log the contact, once however often it is pressed before that is answered."""
        if self._is_saving:
            return
        details = self._details()
        if details is None:
            return
        try:
            when = self.next.read()
        except NotUnderstood as error:
            self.problem.say(sentence(error))
            self.next_when.setFocus()
            return
        step = NextStep(self.next_what.text(), self.facts.channel.currentData(), when) if when else None
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
        if self.who.typed or not self.who.ids:
            self._ask_who()
            return None
        if outcome is None:
            self.problem.say("Choose what came of it: press a digit.")
            self.outcome.setFocus()
            return None
        try:
            facts = self.facts.read()
        except NotUnderstood as error:
            self.problem.say(sentence(error))
            self.facts.at.setFocus()
            return None
        note = NoteText(
            self.facts.form.currentData(),
            self.notes.texts(),
            written_together=facts.written_together,
            is_substance_use=facts.is_substance_use,
        )
        return ContactDetails(
            at=facts.at,
            channel=facts.channel,
            outcome=outcome,
            person_ids=self.who.ids,
            minutes=facts.minutes,
            travel_minutes=facts.travel_minutes,
            is_incoming=facts.is_incoming,
            place=facts.place,
            items=facts.items,
            note=note,
            follow_up_id=self._follow_up.id if self._follow_up else None,
            is_substance_use=facts.is_substance_use,
        )

    def _ask_who(self) -> None:
        typed = cut(self.who.typed)
        lacks = f"“{typed}” is not added yet: press Enter there, or empty the field." if typed else ""
        self.problem.say(lacks or "Choose at least one person.")
        self.who.field.setFocus()

    def _on_saved(self, logged: Logged) -> None:
        self._wait.stop()
        self.save.setEnabled(True)
        self._is_saving = False
        names = self.who.names
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
            self.problem.say(sentence(error))
        else:
            self._desk.say(sentence(error), None)

    def _close(self) -> None:
        self.keep_draft()
        self._hide()

    def _hide(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back is not None:
            back()
