"""The fields of a contact: who, outcome by a digit, facts, a note, and the next step in shorthand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.contacts import Channel, ContactDetails, NoteText, Outcome
from caseapp.domain.drafts import TypedContact
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood
from caseapp.services.contacts import NextStep
from caseapp.ui.contacts.facts_part import FactsPart
from caseapp.ui.contacts.next_part import NextPart
from caseapp.ui.contacts.note_parts import NoteParts
from caseapp.ui.contacts.who import Who
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, cut, flowing, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.inset import Inset
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.problem import Problem


class ContactFields(QWidget):
    """What stands in the form: emptied for somebody, filled from a draft, and read for a save.

    Signals:
        typed: somebody wrote or chose something, which nothing that fills the form does.
    """

    typed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.follow_up: FollowUp | None = None
        self._is_filling = False
        self._build()
        self._connect()

    def empty(self) -> None:
        """Empty every field: words of one person must never appear at another."""
        self._is_filling = True
        self.notes.fill({})
        self.who.start()
        self.facts.start()
        if self.follow_up:
            self.facts.choose_channel(Channel(self.follow_up.channel))
        self.who.show_channel(self.facts.channel.currentData())
        self._show_names()
        self._is_filling = False
        self.outcome.choose(None)
        self.next.start(self.follow_up.what if self.follow_up else "")
        self.draft_words.clear()
        self.problem.say("")

    def count_in(self, person: Person) -> None:
        """Somebody whom nobody typed: no reason to keep a draft."""
        before, self._is_filling = self._is_filling, True
        self.who.add(person)
        self._is_filling = before

    def as_typed(self) -> TypedContact:
        """What stands in the fields, as a draft keeps it."""
        outcome: Outcome | None = self.outcome.value
        return TypedContact(
            outcome=outcome.value if outcome else "",
            notes=self.notes.texts(),
            when=self.next_when.text(),
            what=self.next_what.text(),
            **self.facts.typed(),
            people=[str(person_id) for person_id in self.who.ids],
            name=self.who.typed,
            follow_up=str(self.follow_up.id) if self.follow_up else "",
        )

    def fill(self, typed: TypedContact) -> None:
        """Put back what a draft kept; whom it named is read first."""
        self._is_filling = True
        self.facts.fill(typed)
        if typed.outcome:
            self.outcome.choose(Outcome(typed.outcome))
        self.notes.fill(typed.notes)
        self.next.fill(typed.what, typed.when)
        self.who.field.setText(typed.name)
        self._is_filling = False

    def next_step(self) -> NextStep | None:
        """What was promised, if anything; raises NotUnderstood."""
        when = self.next.read()
        return NextStep(self.next_what.text(), self.facts.channel.currentData(), when) if when else None

    def details(self) -> ContactDetails | None:
        """The contact; None once it is said what lacks, with the keyboard there."""
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
            follow_up_id=self.follow_up.id if self.follow_up else None,
            is_substance_use=facts.is_substance_use,
        )

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
            look="plain",
            hint="What you last logged with this person, today",
        )
        self.close_button = button("Close  Esc", look="plain")
        column.addWidget(flowing(row(self.heading, None), self.who.field, self.same, self.close_button))
        column.addWidget(self.who)
        self.outcome = Choices("Outcome", self._desk.lists.words.among("contact_outcome", Outcome))
        column.addWidget(self.outcome)
        self.facts = FactsPart(self._desk)
        column.addWidget(self.facts)
        self.notes = NoteParts(self._desk, lambda: self.who.names)
        column.addWidget(self.notes)
        self.next = NextPart(self._desk)
        self.next_what, self.next_when = self.next.what, self.next.when
        self.save = button("Save  Ctrl+Enter", look="primary")
        self.problem = Problem()
        self.draft_words = label("", "small")
        column.addWidget(flowing(self.next, row(None, self.draft_words, self.save)))
        column.addWidget(self.problem)

    def _connect(self) -> None:
        self.facts.form_chosen.connect(self.notes.show_form)
        self.facts.channel_chosen.connect(self.who.show_channel)
        for part in (self.notes, self.facts, self.who, self.next):
            part.edited.connect(self._touched)
        self.outcome.chosen.connect(self._on_outcome)
        self.who.edited.connect(self._show_names)
        self.who.added.connect(self.outcome.setFocus)

    def _show_names(self) -> None:
        names = self.who.names
        self.heading.setText(f"Log contact: {names}" if names else "Log contact")
        self.same.setEnabled(bool(names))

    def _ask_who(self) -> None:
        typed = cut(self.who.typed)
        lacks = f"“{typed}” is not added yet: press Enter there, or empty the field." if typed else ""
        self.problem.say(lacks or "Choose at least one person.")
        self.who.field.setFocus()

    def _touched(self, *_anything: object) -> None:
        if not self._is_filling:
            self.typed.emit()

    def _on_outcome(self, _outcome: object) -> None:
        self._touched()
        self.next_when.setFocus()
