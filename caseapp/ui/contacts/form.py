"""Log a contact in place: the fields under the list it came from, their draft, and the save."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from caseapp.domain.contacts import Contact
from caseapp.domain.drafts import Draft, TypedContact
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood
from caseapp.services.contacts import FORM, Logged
from caseapp.services.people import PersonRecord
from caseapp.ui.contacts.fields import ContactFields
from caseapp.ui.drafts import DRAFT_AFTER
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import keys_inside


class ContactForm(ContactFields):
    """The form under the list it came from; closed, it takes no room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._back: Callable[[], None] | None = None
        self._round = 0
        self._is_saving = self._began_for_nobody = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep_draft)
        self.typed.connect(self._on_typed)
        self.save.clicked.connect(self._save)
        self.same.clicked.connect(self._same)
        self.close_button.clicked.connect(self._close)
        self.who.refused.connect(self._refused)
        keys = (("Ctrl+Return", self._save), ("Escape", self._close), ("Alt+S", self._same))
        for key, do in keys:
            keys_inside(self, key, do)
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
        self.follow_up, self._back, self._began_for_nobody = follow_up, back, person_id is None
        self.empty()
        self._wait.stop()
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
        typed = self.as_typed()
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

    def _on_person(self, record: PersonRecord, this_round: int) -> None:
        """The form may have been opened for somebody else while the record was read."""
        if this_round != self._round:
            return
        self.count_in(record.person)
        self._restore(record.person.id)

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

    def _on_typed(self) -> None:
        if not self._wait.isActive():
            self._wait.start()

    def _restore(self, person_id: UUID | None) -> None:
        drafts = self._desk.services.drafts
        self._desk.tasks.run(
            lambda: drafts.get(form=FORM, person_id=person_id),
            then=self._on_draft,
            failed=self._refused,
            key="draft",
        )

    def _on_draft(self, draft: Draft | None) -> None:
        if draft is None or self.as_typed().has_words:
            return
        typed = TypedContact.of(draft.content)
        self.fill(typed)
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
                self.count_in(person)
            answered = [one for one in found[1] if str(one.id) == typed.follow_up]
            self.follow_up = self.follow_up or next(iter(answered), None)

        self._desk.tasks.run(look, then=show, failed=self._refused, key="draft people")

    def _save(self) -> None:
        """Log the contact, once however often it is pressed before that is answered."""
        if self._is_saving:
            return
        details = self.details()
        if details is None:
            return
        try:
            step = self.next_step()
        except NotUnderstood as error:
            self.problem.say(sentence(error))
            self.next_when.setFocus()
            return
        contacts, keep = self._desk.services.contacts, self._keeping(self.as_typed())

        def log() -> Logged:
            try:
                return contacts.log(details=details, next_step=step)
            except CaseAppError:
                keep()
                raise

        self.save.setEnabled(False)
        self._is_saving = True
        self._desk.tasks.run(log, then=self._on_saved, failed=self._refused)

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
