"""Programs, and whose cases a role reads: a case of others shows that it is there, not what it says."""

from functools import partial

from PySide6.QtWidgets import QComboBox

from caseapp.domain.access import SCOPED, Right, Role, Scope
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose

_WORDS = {
    Scope.OWN: "cases on whose team they are",
    Scope.TEAM: "cases of their team (the same supervisor)",
    Scope.PROGRAM: "cases of their programs, and of no program",
    Scope.ALL: "every case",
}
_ROLES = {
    Role.PEER_SPECIALIST: "Peer specialists read",
    Role.SOCIAL_WORKER: "Social workers read",
    Role.CLINICIAN: "Clinicians read",
}
_NOTE = (
    "Supervisors, managers, administrators and auditors read every case that their role may see. "
    "Whoever is on the team of a case always reads it. Of another case they do not read needs and goals, "
    "how it ended, notes and assessments. What whoever answers the next call must know stays everybody's: "
    "that the case is there and whose it is, when somebody was met, follow-ups, referrals, consents, alerts "
    "and safety plans, and notes that were written outside a case."
)


class ScopeSection(Section):
    """The programs of the agency, and one choice for each role that has a scope."""

    words = "Programs and access"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.content.addWidget(self._program_panel())
        self.content.addWidget(self._scope_panel())
        self.content.addStretch(1)

    def refresh(self) -> None:
        self.ask(self.desk.services.staff.agency, self._show_programs, key="programs")
        self.ask(self.desk.services.staff.scopes, self._show_scopes, key="scopes")

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError) and error.code.startswith("program."):
            self.programs.error("name", sentence(error))
        else:
            super().refused(error)

    def _program_panel(self) -> Panel:
        panel = Panel("Programs")
        panel.pad()
        self.names = label("", wraps=True)
        self.programs = Form(1)
        self.name_field = self.programs.text("name", "New program")
        self.name_field.returnPressed.connect(self._add)
        self.add = button("Add the program", self._add)
        panel.body.addWidget(self.names)
        panel.body.addWidget(self.programs)
        panel.body.addWidget(row(self.add, None))
        if not self.desk.may(Right.CHANGE_AGENCY):
            self.programs.hide()
            self.add.hide()
        return panel

    def _scope_panel(self) -> Panel:
        panel = Panel("Whose cases a role reads")
        panel.pad()
        self.form = Form(1)
        self.choices: dict[Role, QComboBox] = {
            role: self.form.choice(role.value, _ROLES[role], list(_WORDS.items())) for role in SCOPED
        }
        self.form.setEnabled(self.desk.may(Right.CHANGE_STAFF))
        self.save = button("Save", self._save, look="primary")
        self.save.setAccessibleName("Save whose cases a role reads")
        if not self.desk.may(Right.CHANGE_STAFF):
            self.save.hide()
        panel.body.addWidget(self.form)
        panel.body.addWidget(label(_NOTE, "second", wraps=True))
        panel.body.addWidget(row(None, self.save))
        return panel

    def _show_programs(self, agency: Agency) -> None:
        self.names.setText(", ".join(agency.programs) or "No program yet: every case is of the one team.")

    def _show_scopes(self, scopes: dict[Role, Scope]) -> None:
        for role, field in self.choices.items():
            choose(field, scopes[role])

    def _add(self) -> None:
        self.programs.clear_errors()
        name = self.name_field.text()
        self.ask(partial(self.desk.services.staff.add_program, name=name), self._added)

    def _added(self, change: Change) -> None:
        self.name_field.clear()
        self.desk.say("Added. Under Staff, choose who works in it.", None)
        self.desk.hub.changed.emit(change)
        self.refresh()

    def _save(self) -> None:
        scopes = {role: field.currentData() for role, field in self.choices.items()}
        self.ask(partial(self.desk.services.staff.change_scopes, scopes=scopes), self._saved)

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved. It holds from each one's next sign-in.", None)
        self.desk.hub.changed.emit(change)
