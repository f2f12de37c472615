"""Notes: whose a supervisor signs as well, the languages of the spell check, and the agency's own words."""

from PySide6.QtWidgets import QCheckBox

from caseapp.domain.access import Right, Role, has_right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.spelling import LANGUAGES, Spelling
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form


class NotesSection(Section):
    """A box for each role that writes notes, one for each language with a dictionary, and a word a line."""

    words = "Notes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.may = desk.may(Right.CHANGE_AGENCY)
        self._build_cosigned()
        self._build_spelling()

    def _build_cosigned(self) -> None:
        panel = Panel("Notes that a supervisor signs as well")
        panel.pad()
        self.roles = Form(4)
        self.boxes = {
            role: self.roles.check(role.value, role.value.replace("-", " ").capitalize())
            for role in Role
            if has_right(role, Right.LOG_CONTACTS)
        }
        self.roles.setEnabled(self.may)
        panel.body.addWidget(self.roles)
        self.keep = button("Save", self._keep, look="primary")
        self.keep.setAccessibleName("Save whose notes are co-signed")
        if not self.may:
            self.keep.hide()
        words = label("What is written already stays as it was.", "small")
        panel.body.addWidget(row(words, None, self.keep))
        self.content.addWidget(panel)

    def _build_spelling(self) -> None:
        panel = Panel("Spell check of notes")
        panel.pad()
        form = self.form = Form(2)
        self.languages: dict[str, QCheckBox] = {
            code: form.check(code, name) for code, name in LANGUAGES.items()
        }
        self.own = form.lines("words", "Our own words, one a line", height=80)
        panel.body.addWidget(form)
        self.save = button("Save", self._save, look="primary")
        self.save.setAccessibleName("Save the spelling")
        form.setEnabled(self.may)
        if not self.may:
            self.save.hide()
        words = "" if self.may else "An administrator changes this. Everybody adds words from a note by F7."
        panel.body.addWidget(row(label(words, "small"), None, self.save))
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def refresh(self) -> None:
        services = self.desk.services
        self.ask(
            lambda: (services.spelling.get(), services.notes.cosigned_roles()),
            lambda found: self._show(*found),
            key="read",
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("words", sentence(error))
        else:
            super().refused(error)

    def _show(self, kept: Spelling, roles: frozenset[Role]) -> None:
        self.form.clear_errors()
        for role, box in self.boxes.items():
            box.setChecked(role in roles)
        for code, box in self.languages.items():
            box.setChecked(code in kept.languages)
        self.own.setPlainText("\n".join(kept.words))

    def _save(self) -> None:
        self.form.clear_errors()
        languages = tuple(code for code, box in self.languages.items() if box.isChecked())
        words = tuple(filter(None, map(str.strip, self.own.toPlainText().splitlines())))
        spelling = self.desk.services.spelling
        self.ask(lambda: spelling.change(spelling=Spelling(languages, words)), self._saved)

    def _keep(self) -> None:
        roles, notes = (
            frozenset(role for role, box in self.boxes.items() if box.isChecked()),
            self.desk.services.notes,
        )
        self.ask(lambda: notes.change_cosigned_roles(roles=roles), self._saved)

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved.", None)
        self.desk.hub.changed.emit(change)
