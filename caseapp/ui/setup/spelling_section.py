"""The languages of the spell check, and the words that the agency counts as right."""

from PySide6.QtWidgets import QCheckBox

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.spelling import LANGUAGES, Spelling
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form


class SpellingSection(Section):
    """A box for each language that has a dictionary, and a word a line."""

    words = "Spelling"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        panel = Panel("Spell check of notes")
        panel.pad()
        form = self.form = Form(2)
        self.languages: dict[str, QCheckBox] = {
            code: form.check(code, name) for code, name in LANGUAGES.items()
        }
        self.own = form.lines("words", "Our own words, one a line", height=240)
        panel.body.addWidget(form)
        self.save = button("Save", self._save, look="primary")
        self.save.setAccessibleName("Save the spelling")
        may = desk.may(Right.CHANGE_AGENCY)
        form.setEnabled(may)
        if not may:
            self.save.hide()
        words = "" if may else "An administrator can change this. Everybody adds words from a note by F7."
        panel.body.addWidget(row(label(words, "small"), None, self.save))
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def refresh(self) -> None:
        self.ask(self.desk.services.spelling.get, self._show, key="read")

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("words", sentence(error))
        else:
            super().refused(error)

    def _show(self, kept: Spelling) -> None:
        self.form.clear_errors()
        for code, box in self.languages.items():
            box.setChecked(code in kept.languages)
        self.own.setPlainText("\n".join(kept.words))

    def _save(self) -> None:
        self.form.clear_errors()
        languages = tuple(code for code, box in self.languages.items() if box.isChecked())
        words = tuple(filter(None, map(str.strip, self.own.toPlainText().splitlines())))
        spelling = self.desk.services.spelling
        self.ask(lambda: spelling.change(spelling=Spelling(languages, words)), self._saved)

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved.", None)
        self.desk.hub.changed.emit(change)
