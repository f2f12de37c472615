"""One contact: its note read whole, signed, added to, printed, or written anew by who wrote it."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.domain.notes import Standing, standing
from caseapp.domain.shorthand import NotUnderstood
from caseapp.services.notes import OpenNote
from caseapp.services.way_out import Printed
from caseapp.ui.contacts.edit_form import EditForm
from caseapp.ui.contacts.note_view import note_as_read
from caseapp.ui.drafts import FormDraft
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.widgets.basics import Panel, button, chip, clear, row, scrolled
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.problem import Problem
from caseapp.ui.widgets.two_versions import TwoVersions

ADDENDUM = "addendum"
"""The kind of draft of what is added to a note; it is about the contact."""

_TONES = {Standing.UNSIGNED: "warning", Standing.WAITS_FOR_COSIGN: "warning", Standing.SIGNED: "good"}


class GoOnEditing(NamedTuple):
    """The screen is opened to go on with a contact that is written anew."""

    contact_id: UUID


class ContactScreen(Screen):
    """A contact that was saved."""

    name = "contact"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Contact")
        self.contact_id: UUID | None = None
        self.opened: OpenNote | None = None
        self.form: EditForm | None = None
        self.versions: TwoVersions | None = None
        self._typed: FormDraft | None = None
        self._goes_on = False
        self._build()

    def about(self, subject: object) -> None:
        self._goes_on = isinstance(subject, GoOnEditing)
        contact_id = subject.contact_id if isinstance(subject, GoOnEditing) else subject
        if isinstance(contact_id, UUID) and contact_id != self.contact_id:
            self.leave_draft()
            self.contact_id, self.opened, self.form, self.versions = contact_id, None, None, None
            self.addendum.clear()
        self.refresh()

    @override
    def keep_draft(self) -> None:
        super().keep_draft()
        if self._typed is not None and self.form is not None:
            self._typed.keep()

    @override
    def leave_draft(self) -> None:
        super().leave_draft()
        if self._typed is not None and self.form is not None:
            self._typed.leave()
        self._typed = None

    def refresh(self) -> None:
        contact_id, notes = self.contact_id, self.desk.services.notes
        if contact_id is not None and self.form is None:
            self.ask_to_open(
                lambda: notes.open(contact_id=contact_id),
                self._show,
                parts=(self.panel, self._add),
                is_another=self.opened is None,
            )

    @override
    def let_go(self) -> None:
        self.contact_id, self.opened = None, None

    def edit(self) -> None:
        """Write the contact anew; only who wrote it, and only before it is signed."""
        if self.opened is not None and self.may_edit:
            self.form = EditForm(self.desk, self.opened.contact)
            self.versions = TwoVersions(self.form)
            self.versions.begin()
            self._typed = self.form.keep_typed(self.opened.contact, self.versions)
            self._version = self.opened.contact.version
            self._lay_out()
            self.form.at.setFocus()

    @property
    def may_edit(self) -> bool:
        """Whether the note may still be changed by who is signed in."""
        if self.opened is None or not self.desk.may(Right.LOG_CONTACTS):
            return False
        contact = self.opened.contact
        is_mine = contact.staff_id == self.desk.services.context.actor.staff_id
        return is_mine and contact.signed_at is None

    def _build(self) -> None:
        self.sign = button("Sign  Alt+G", self._sign, look="primary", hint="Lock the note")
        self.cosign = button("Co-sign  Alt+G", self._cosign, look="primary")
        self.change = button("Change  Alt+E", self.edit)
        self.print = button("Print", self._print, hint="The note on paper, for the person")
        self.person = button("Open person", self._open_person)
        for made in (self.sign, self.cosign, self.change, self.print, self.person):
            self.action_line.addWidget(made)
            made.setVisible(False)
        for keys, do in (("Alt+G", self._on_sign_key), ("Alt+E", self.edit), ("Ctrl+Return", self._save)):
            QShortcut(QKeySequence(keys), self, do)
        self.panel = Panel("Note")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(14, 10, 14, 12)
        self._lines.setSpacing(6)
        self._area = scrolled(self._lines, "Note")
        self.panel.body.addWidget(self._area, 1)
        addition, hint = Form(1), "What is to be added; the note itself stays as it is"
        self.addendum = addition.lines("text", "Addendum", hint=hint, height=self.desk.look.pixels(64))
        self.addendum.setMaximumHeight(self.desk.look.pixels(64))
        mark_spelling(self.addendum, self.desk)
        self._add = QWidget()
        adding = QVBoxLayout(self._add)
        adding.setContentsMargins(0, 0, 0, 0)
        adding.addWidget(self.drafted(addition, ADDENDUM).bar)
        adding.addWidget(row(addition, button("Add addendum", self._add_addendum)))
        self.problem = Problem()
        self.content.addWidget(self.panel, 1)
        self.content.addWidget(self.problem)
        self.content.addWidget(self._add)

    def _show(self, opened: OpenNote) -> None:
        if self.opened is None and self.desk.may(Right.LOG_CONTACTS):
            self.start_draft(opened.contact.details.person_ids[0], about=str(opened.contact.id))
        self.opened = opened
        self.problem.say("")
        self._lay_out()
        if self._goes_on:
            self._goes_on = False
            self.edit()

    def _lay_out(self) -> None:
        if self.opened is None:
            return
        self._show_head(self.opened)
        for kept in (self.form, self.versions, self._typed.bar if self._typed and self.form else None):
            if kept is not None:
                kept.setParent(None)
        clear(self._lines)
        for part in self._form_parts() or note_as_read(self.desk, self.opened.contact):
            self._lines.addWidget(part)
        self._lines.addStretch(1)

    def _show_head(self, opened: OpenNote) -> None:
        """What stands around the note: whom it is about, how far it is, and what may be done."""
        contact, actor = opened.contact, self.desk.services.context.actor
        where = standing(contact)
        is_mine = contact.staff_id == actor.staff_id
        self.title.setText(f"Contact with {', '.join(opened.names)}")
        self.beside.setText(self.desk.day_words(contact.details.at))
        may_log = self.desk.may(Right.LOG_CONTACTS)
        self.sign.setVisible(is_mine and may_log and where is Standing.UNSIGNED and self.form is None)
        self.cosign.setVisible(
            not is_mine and self.desk.may(Right.LEAD_TEAM) and where is Standing.WAITS_FOR_COSIGN
        )
        self.change.setVisible(self.may_edit and self.form is None)
        self.print.setVisible(contact.has_words and self.desk.may(Right.DISCLOSE))
        self.person.setVisible(True)
        self._add.setVisible(may_log and self.form is None and not opened.is_withheld)
        chips = [chip(where.value, _TONES.get(where, "neutral"))]
        if contact.is_late_entry:
            chips.append(chip(f"late entry, written {self.desk.day_words(contact.written_at)}", "warning"))
        if contact.details.is_substance_use:
            chips.append(chip("substance use", "warning"))
        self.panel.set_chips(chips)

    def _form_parts(self) -> list[QWidget]:
        if self.form is None or self.versions is None or self._typed is None:
            return []
        save = button("Save  Ctrl+Enter", self._save, look="primary")
        return [
            self._typed.bar,
            self.versions,
            self.form,
            row(None, button("Do not change", self._leave_form), save),
        ]

    def _leave_form(self) -> None:
        if self._typed is not None:
            self._typed.let_go()
        self.form = self.versions = None
        self.refresh()

    def _save(self) -> None:
        form, contact_id, version = self.form, self.contact_id, self._version if self.form else 0
        if form is None or contact_id is None or self.versions is None or self._typed is None:
            return
        if not self.versions.may_save():
            self._scroll_to_clash()
            return
        form.clear_errors()
        try:
            details = form.read()
        except NotUnderstood as error:
            form.error("at", sentence(error))
            return
        except ValueError:
            form.error("minutes", "Write minutes as a number, like 20.")
            return
        contacts = self.desk.services.contacts
        self.desk.tasks.run(
            self._typed.saving(
                lambda: contacts.change(contact_id=contact_id, details=details, version=version)
            ),
            then=self._on_saved,
            failed=self._on_not_saved,
        )

    def _on_saved(self, change: Change) -> None:
        self.form = self.versions = None
        self.desk.say("Contact saved.", None)
        self.desk.hub.changed.emit(change)

    def _on_not_saved(self, error: Exception) -> None:
        if not isinstance(error, StaleRecord):
            self.refused(error)
            return
        contact_id, notes = self.contact_id, self.desk.services.notes
        if contact_id is not None:
            self.ask(lambda: notes.open(contact_id=contact_id), self._show_clash)

    def _show_clash(self, opened: OpenNote) -> None:
        """Somebody saved first: the next save goes over theirs, with what is kept of both."""
        form, versions = self.form, self.versions
        if form is None or versions is None or opened.contact.id != self.contact_id:
            return
        self.opened, self._version = opened, opened.contact.version
        if opened.contact.signed_at is not None:
            self.problem.say("This contact was signed meanwhile. Your words stand below.")
        versions.meet(lambda: form.show_version(opened.contact), who=opened.contact.staff_name)
        self._show_head(opened)
        self._scroll_to_clash()

    def _scroll_to_clash(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def _on_sign_key(self) -> None:
        if self.sign.isVisible():
            self._sign()
        elif self.cosign.isVisible():
            self._cosign()

    def _sign(self) -> None:
        self._do(lambda contact_id: self.desk.services.notes.sign(contact_id=contact_id), "Note signed.")

    def _cosign(self) -> None:
        self._do(lambda contact_id: self.desk.services.notes.cosign(contact_id=contact_id), "Note co-signed.")

    def _add_addendum(self) -> None:
        text = self.addendum.toPlainText()

        def added(change: Change) -> None:
            self.addendum.clear()
            self._on_done("Addendum added.", change)

        notes = self.desk.services.notes
        if self.opened is not None:
            contact_id = self.opened.contact.id
            self.ask_to_save(lambda: notes.add_addendum(contact_id=contact_id, text=text), added)

    def _do(self, work: Callable[[UUID], Change], words: str) -> None:
        if self.opened is not None:
            contact_id = self.opened.contact.id
            self.ask(lambda: work(contact_id), lambda change: self._on_done(words, change))

    def _on_done(self, words: str, change: Change) -> None:
        self.problem.say("")
        self.desk.say(words, None)
        self.desk.hub.changed.emit(change)

    def _print(self) -> None:
        if self.opened is None:
            return
        contact, notes = self.opened.contact, self.desk.services.notes
        person_id = contact.details.person_ids[0]
        self.ask_once(
            contact.id, lambda: notes.print(person_id=person_id, contact_ids=(contact.id,)), self._printed
        )

    def _printed(self, printed: Printed) -> None:
        self.keep_printed(printed, "Save the note")

    def _open_person(self) -> None:
        if self.opened is not None:
            self.desk.show("person", self.opened.contact.details.person_ids[0])

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.problem.say(sentence(error))
        else:
            super().refused(error)
