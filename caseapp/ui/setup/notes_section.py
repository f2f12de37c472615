"""Notes: whose a supervisor signs as well, the languages of the spell check, and the agency's own words."""

from PySide6.QtWidgets import QCheckBox

from caseapp.domain.access import Right, Role, has_right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.spelling import LANGUAGES, Spelling
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel
from caseapp.ui.widgets.form import Form

_STAYS = "What is written already stays as it was."
_BY_F7 = "An administrator changes this. Everybody adds words from a note by F7."


class NotesSection(Section):
    """A box for each role that writes notes, one for each language with a dictionary, and a word a line."""

    words = "Notes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        panel.body.addWidget(self.roles)
        self.keep, line = self.save_line(
            self.roles, self._keep, name="Save whose notes are co-signed", words=_STAYS, otherwise=_STAYS
        )
        panel.body.addWidget(line)
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
        self.save, line = self.save_line(form, self._save, name="Save the spelling", otherwise=_BY_F7)
        panel.body.addWidget(line)
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
