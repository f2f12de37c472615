"""Somebody close to a person, named or corrected; whoever has a record is offered as the name is typed."""

from functools import partial
from hashlib import sha256
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from caseapp.domain.errors import CaseAppError
from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.relations import Relation
from caseapp.services.relations import Rewritten
from caseapp.ui.drafts import FormDraft
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import CandidateList
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, keys_inside, label, row
from caseapp.ui.widgets.column import bring_into_view
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.options import choose_kept

_KEY = "close candidates"
_GROWS = 40
"""Milliseconds in which the column around the offer has grown."""

_AROUND = 24
"""Pixels around what is scrolled to."""


FORM = "relation"
"""The name under which its drafts are kept."""


def mark_of(said: Relation | None) -> str:
    """What tells the draft of a line from another one's, without a word of it; "" of somebody new."""
    if said is None:
        return ""
    who = f"{said.kind} {said.other_person_id or said.name.casefold()}"
    return sha256(who.encode()).hexdigest()[:16]


class RelationForm(QWidget):
    """In place under the list of people close to somebody.

    A name that is only typed stays a name, also with Enter; a record is pointed at by its button alone.

    Signals:
        saved: what was written (Rewritten).
        refused: a save was refused, perhaps because the list is not what it was.
        closed: the form was left.
    """

    saved = Signal(object)
    refused = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person_id: UUID | None = None
        self._before: Relation | None = None
        self._called = ""
        self._build()
        self._connect()

    @property
    def person_id(self) -> UUID | None:
        """On whose record the form is open, if it is."""
        return self._person_id

    @property
    def _other_id(self) -> UUID | None:
        """The record that is pointed at; it stands in a field that nobody sees, so that a draft keeps it."""
        text = self._record.text()
        return UUID(text) if text else None

    def begin(
        self, person_id: UUID, before: Relation | None = None, *, called: str = "", about: str = ""
    ) -> None:
        """Open for somebody new, or for one who stands there; `called` is the name on their own record.

        `about` is what a draft was typed about that is gone on with.
        """
        self.leave()
        self._person_id, self._before, self._called = person_id, before, called
        self._fill()
        self.draft.start(
            person_id,
            lambda kept: self._desk.day_words(kept.saved_at),
            edits=before is not None,
            about=about or mark_of(before),
        )
        self.heading.setText(f"Change: {called or before.name}" if before else "Somebody close")
        (self.note if self._other_id else self.kind if before is None else self.name_field).setFocus()

    def leave(self) -> None:
        """Close; what was typed is kept as a draft."""
        if self._person_id is not None:
            self.draft.leave()
            self._shut()

    def save(self) -> None:
        """Write it, or say beside the field what is missing."""
        person_id, before, relations = self._person_id, self._before, self._desk.services.relations
        if person_id is None or not self.save_button.isEnabled():
            return
        self.form.clear_errors()
        if self.kind.currentData() is None:
            self.form.error("kind", "Choose how they are close.")
            return
        said = self._said()
        self.save_button.setEnabled(False)
        self._desk.tasks.run(
            self.draft.saving(
                lambda: (
                    relations.add(person_id=person_id, relation=said)
                    if before is None
                    else relations.change(person_id=person_id, before=before, after=said)
                )
            ),
            then=self._on_saved,
            failed=self._on_refused,
        )

    def _build(self) -> None:
        column, fields = QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        fields.setContentsMargins(14, 10, 14, 0)
        fields.setSpacing(6)
        self.heading = OneLine("", "heading")
        form = self.form = Form(2)
        kinds = self._desk.lists.codes("relation")
        self.kind = form.choice("kind", "How they are close", kinds, wide=True)
        self.kind.setPlaceholderText("Choose one")
        self.name_field = form.text("name", "Name", hint="or words like “his mother”", wide=True)
        self.phone = form.text("phone", "Phone")
        self.note = form.text("note", "Note", hint="when to call")
        self._record = QLineEdit(self)
        self._record.hide()
        form.adopt("record", self._record)
        form.bind("name", "record")
        self.draft = FormDraft(
            self._desk.services,
            self._desk.tasks,
            form,
            FORM,
            failed=lambda error: self._desk.say(sentence(error), None),
        )
        unpoint = button("Not this record", self._unpoint)
        self.record_line = row(chip("Has a record", "accent"), None, unpoint)
        self.record_line.setContentsMargins(0, 0, 0, 6)
        self.record_line.hide()
        self.found = CandidateList(self._use, look_further=partial(self._ask, AT_MOST_ASKED))
        self.hint = label("Somebody we know?", "small")
        self.save_button = button("Save  Ctrl+Enter", self.save, look="primary")
        close = button("Close  Esc", self._close, look="plain")
        for part in (self.heading, self.draft.bar, form, self.record_line, self.hint):
            fields.addWidget(part)
        actions = row(None, close, self.save_button)
        actions.setContentsMargins(14, 4, 14, 8)
        column.addLayout(fields)
        column.addWidget(self.found)
        column.addWidget(actions)
        self.hide()

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._ask)
        self._record.textChanged.connect(self._on_record)
        for field in (self.name_field, self.phone):
            field.textChanged.connect(self._on_typed)
        for field in (self.name_field, self.phone, self.note):
            field.returnPressed.connect(self.save)
        self.draft.begun_anew.connect(self._fill)
        self.draft.outdated.connect(self._on_outdated)
        keys_inside(self, "Ctrl+Return", self.save)
        keys_inside(self, "Escape", self._close)

    def _fill(self) -> None:
        """The form as it opens: empty for somebody new, or as the line says."""
        before = self._before
        self.form.clear_errors()
        self.save_button.setEnabled(True)
        self._record.clear()
        self.kind.setCurrentIndex(-1)
        if before is not None:
            choose_kept(self.kind, before.kind, before.kind_words.capitalize())
        self.name_field.setText(before.name if before else "")
        self.phone.setText(before.phone if before else "")
        self.note.setText(before.note if before else "")
        self._offer(())
        self._wait.stop()
        if before is not None and before.other_person_id is not None:
            self._point_at(before.other_person_id, self._called or before.name)

    def _on_outdated(self, read: dict[str, str]) -> None:
        """A draft came back over what somebody changed since; theirs is told beside it."""
        before = self._before
        for key in read.keys() & {"name", "phone", "note"}:
            theirs = getattr(before, key)
            words = f"says “{theirs}” now" if theirs else "is empty now"
            self.form.error(key, f"Changed since you typed: it {words}.", takes_focus=False)

    def _said(self) -> Relation:
        return Relation(
            self.kind.currentData(),
            self.name_field.text(),
            self.phone.text(),
            self._other_id,
            self.note.text(),
        )

    def _on_typed(self) -> None:
        self._desk.tasks.drop(_KEY)
        if self._other_id is None:
            self.found.expect()
            self._wait.start()

    def _ask(self, at_most: int | None = None) -> None:
        """Ask who it may be; without a name nobody is looked for, since a phone may be the person's own."""
        name, phone, people = self.name_field.text().strip(), self.phone.text(), self._desk.services.people
        person_id = self._person_id
        if self._other_id is not None or not name or person_id is None:
            self._offer(())
            return
        traits = Traits(names=(name,), phones=(phone,) if phone else ())
        self._desk.tasks.run(
            lambda: (
                people.candidates(traits=traits, besides=person_id, at_most=at_most)
                if at_most
                else people.candidates(traits=traits, besides=person_id)
            ),
            then=self.found.show_nearest if at_most else self._offer,
            failed=self._on_failed,
            key=_KEY,
        )

    def _offer(self, found: list[Candidate] | tuple[()]) -> None:
        is_asked = bool(self.name_field.text().strip()) and self._other_id is None
        self.hint.setVisible(is_asked)
        self.found.setVisible(is_asked)
        words = "Nobody like this is known. The name alone is enough."
        self.found.show_people(found, otherwise=words, may_look_further=is_asked)
        if is_asked:
            QTimer.singleShot(_GROWS, self.found, self._show_offer)

    def _show_offer(self) -> None:
        """Scroll to whom is offered, as far as the name that is being typed stays in view."""
        for part in (self.found, self.name_field):
            bring_into_view(part, around=_AROUND)

    def _on_failed(self, error: Exception) -> None:
        self._desk.say(sentence(error), None)
        self.found.show_failed()

    def _use(self, one: Candidate) -> None:
        self._point_at(one.person_id, one.name)
        self.phone.setFocus()

    def _point_at(self, other_id: UUID, name: str) -> None:
        self.name_field.setText(name)
        self._record.setText(str(other_id))

    def _on_record(self) -> None:
        """The record says what they are called, so that the name is not typed over here."""
        is_pointed = self._other_id is not None
        self.name_field.setReadOnly(is_pointed)
        self.record_line.setVisible(is_pointed)
        if is_pointed:
            self._wait.stop()
            self._offer(())

    def _unpoint(self) -> None:
        self._record.clear()
        self.name_field.setFocus()
        self.name_field.selectAll()
        self._ask()

    def _close(self) -> None:
        self.leave()
        self.closed.emit()

    def _shut(self) -> None:
        self._desk.tasks.drop(_KEY)
        self._wait.stop()
        self._person_id = None
        self.hide()

    def _on_saved(self, done: Rewritten) -> None:
        self.leave()
        self.saved.emit(done)

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, CaseAppError):
            self.form.error("name", sentence(error))
            self.refused.emit()
        else:
            self._desk.say(sentence(error), None)
