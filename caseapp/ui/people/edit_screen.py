"""A new person, or an edit of one; as the fields are typed, people it may be are offered first."""

from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QTimer

from caseapp.domain import relations
from caseapp.domain.access import Sealed
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError, NoSuchRecord, StaleRecord
from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Candidate
from caseapp.domain.people import (
    BornInFuture,
    DescriptionMissing,
    Person,
    PersonDetails,
)
from caseapp.services.people import PersonRecord
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import CandidateList
from caseapp.ui.people.links import tell_identified
from caseapp.ui.people.person_fields import PersonFields
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, restyle
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.two_versions import TwoVersions

_FIELD_OF = {
    DescriptionMissing.code: "description",
    BornInFuture.code: "birth",
    relations.RelativeNameMissing.code: "near",
}
_OTHER = "Somebody"
IDENTIFY = "identify"
"""What the draft of the form is about that is open for an unknown person."""


class IdentifyAs(NamedTuple):
    """The form is opened for an unknown person who has a name now."""

    unknown_id: UUID


class PersonEditScreen(Screen):
    """The form of a person."""

    name = "new-person"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "New person")
        self._person: Person | None = None
        self._unknown_id: UUID | None = None
        self._told_of: UUID | None = None
        """Who was said to be certainly meant: the next Save writes somebody else all the same."""
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person = None
        self._unknown_id = subject.unknown_id if isinstance(subject, IdentifyAs) else None
        self.title.setText("Who the unknown person is" if self._unknown_id else "New person")
        self.beside.setText("")
        self._fill(PersonDetails())
        self._told_of = None
        self.versions.begin()
        if isinstance(subject, UUID):
            people = self.desk.services.people
            self._is_read = False
            self.ask_to_open(
                lambda: people.open(person_id=subject), self._on_person, parts=self._parts, is_another=True
            )
        else:
            self._is_read = True
            self.show_parts(self._parts)
            self.start_draft(self._unknown_id, about=IDENTIFY if self._unknown_id else "")

    def _build(self) -> None:
        self.save = button("Save", self._save, look="primary")
        self.action_line.addWidget(self.save)
        panel = Panel("Who it is")
        panel.pad()
        form = self.form = PersonFields(self.desk)
        self.draft = self.drafted(form)
        self.versions = versions = TwoVersions(form)
        self.draft.still_open = versions.bases_of_open
        self.draft.outdated.connect(lambda read: versions.meet_typed_before(read, who=_OTHER))
        self.draft.begun_anew.connect(versions.begin)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(self.versions)
        panel.body.addWidget(form)
        panel.body.addStretch(1)
        self.known = Panel("Somebody we know?")
        self.found = CandidateList(self._use, look_further=self._look_further, otherwise=self._save)
        self.known.body.addWidget(self.found)
        self.known.body.addStretch(1)
        self.known.setFixedWidth(self.desk.look.pixels(352))
        line = self._line = Beside()
        line.addWidget(panel, 1)
        line.addWidget(self.known)
        self._parts, self._is_read = (panel, self.known), True
        self.content.addLayout(line, 1)
        self._show_candidates([])

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._look)
        for field in self.form.telling:
            field.textEdited.connect(self._on_typed)
            field.returnPressed.connect(self._take_default)
        self.begin_at(self.form.given)

    def _on_typed(self) -> None:
        self.drop("known")
        self.found.expect()
        self._wait.start()

    def _on_person(self, record: PersonRecord) -> None:
        person, whole = record.person, record.whole
        self._person, self._is_read = person, True
        self.title.setText("Edit person")
        if whole.is_linked:
            self.beside.setText(f"Record {whole.number(person.id)} of {len(whole.members)}")
        self._fill(person.details)
        self.versions.begin()
        self.start_draft(person.id, edits=True)
        if self.has_keyboard:
            self.take_focus()

    def _fill(self, details: PersonDetails) -> None:
        self.form.show_person(details)
        self._show_candidates([])

    def _look(self) -> None:
        besides = self._person.id if self._person else self._unknown_id
        people, traits = self.desk.services.people, self.form.traits()
        self.desk.tasks.run(
            lambda: people.candidates(traits=traits, besides=besides),
            then=self._show_candidates,
            failed=self._on_failed,
            key=f"{self.name} known",
        )

    def _on_failed(self, error: Exception) -> None:
        self.refused(error)
        self.found.show_failed()

    def _look_further(self) -> None:
        besides = self._person.id if self._person else self._unknown_id
        people, traits = self.desk.services.people, self.form.traits()
        self.ask(
            lambda: people.candidates(traits=traits, besides=besides, at_most=AT_MOST_ASKED),
            self._show_nearest,
            key="known",
        )

    def _show_nearest(self, found: list[Candidate]) -> None:
        self.found.show_nearest(found)
        restyle(self.save, "primary")

    def _show_candidates(self, found: list[Candidate]) -> None:
        typed = self.form.given.text() or self.form.family.text() or self.form.phone.text()
        words = "Nobody like this is known yet." if typed else "As you type, people this may be appear here."
        self.found.show_people(found, otherwise=words, may_look_further=bool(typed))
        restyle(self.save, "" if self.found.is_likely and self._person is None else "primary")
        if self._person is None:
            names = ", ".join(one.name for one in found)
            self.beside.setText(f"May be {names}" if found and self._line.is_column else "")

    def _take_default(self) -> None:
        """Enter uses the person offered first, where this is not the record of somebody already."""
        if self._person is None:
            self.found.press_default()
        else:
            self._save()

    def _use(self, one: Candidate) -> None:
        if self._person is not None:
            self.desk.show("person", one.person_id)
            return
        unknown_id, people, links = self._unknown_id, self.desk.services.people, self.desk.services.links
        if unknown_id is None:
            self.ask(
                lambda: people.many(person_ids=(one.person_id,)), lambda found: self._leave_for(one, found)
            )
            return
        self.ask_to_save(
            lambda: links.link(
                left_id=unknown_id, right_id=one.person_id, reason="identified", evidence=one.reasons
            ),
            lambda change: self._on_identified(change, unknown_id, one),
        )

    def _on_identified(self, change: Change, unknown_id: UUID, one: Candidate) -> None:
        self.desk.show("person", one.person_id)
        tell_identified(self.desk, change, unknown_id, one)

    def _leave_for(self, one: Candidate, found: list[Person]) -> None:
        """Go to the offered record, unless it was sealed or taken away since: what was typed stays then."""
        if not found:
            self.form.error("given", f"{one.name} cannot be opened any more. What you typed is still here.")
            self._look()
            return
        values = self.form.values()
        self.draft.let_go()
        self.desk.show("person", one.person_id)
        self.desk.say(f"This is {one.name}. What you typed was not saved.", lambda: self._bring_back(values))

    def _bring_back(self, values: dict[str, Any]) -> None:
        self.desk.show("new-person", None)
        self.form.fill(values)
        self._look()

    def _save(self) -> None:
        self.form.clear_errors()
        if not self._is_read or not self.versions.may_save() or self.form.say_unreadable():
            return
        if self._is_new and self._warns():
            return
        try:
            details = self.form.over(self._person.details if self._person else PersonDetails())
        except relations.RelativeNameMissing as error:
            self.refused(error)
            return
        services = self.desk.services
        person, unknown_id = self._person, self._unknown_id
        if person is not None:
            self.ask_to_save(
                lambda: services.people.change(person_id=person.id, details=details, version=person.version),
                lambda _change: self._on_saved(person.id),
            )
        elif unknown_id is not None:
            links = services.links
            self.ask_to_save(
                lambda: links.identify_as_new(person_id=unknown_id, details=details),
                self._on_saved,
            )
        else:
            self.ask_to_save(lambda: services.people.add(details=details), self._on_saved)

    @property
    def _is_new(self) -> bool:
        return self._person is None and self._unknown_id is None

    def _warns(self) -> bool:
        """Whether somebody known who is certainly meant was told of first: twins are saved all the same."""
        first = self.found.certain
        if first is None or first.person_id == self._told_of:
            return False
        self._told_of = first.person_id
        self.form.error(
            "given",
            f"{first.name} is on record and fits {first.percent} %. Use this person, or save once more to "
            "write somebody else.",
        )
        return True

    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleRecord) and self._person is not None:
            people, person_id = self.desk.services.people, self._person.id
            self.ask(lambda: people.open(person_id=person_id).person, self._show_both)
        elif isinstance(error, CaseAppError):
            if isinstance(error, Sealed | NoSuchRecord):
                self._look()
            self.form.error(_FIELD_OF.get(error.code, "given"), sentence(error))
        else:
            super().refused(error)

    def _show_both(self, person: Person) -> None:
        """Somebody saved first: the next save goes over theirs, with what is kept of both."""
        if self._person is not None and person.id == self._person.id:
            self._person = person
            self.versions.meet(lambda: self._fill_theirs(person), who=_OTHER)

    def _fill_theirs(self, person: Person) -> None:
        self._fill(person.details)
        self.draft.begin_from_here()

    def _on_saved(self, person_id: UUID) -> None:
        self.desk.say("Person saved.", None)
        self.desk.show("person", person_id)
