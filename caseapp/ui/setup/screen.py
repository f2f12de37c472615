"""Setup: staff, their roles and their way in."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseapp.domain.access import Role
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import StaffDetails, StaffMember
from caseapp.system.passwords import strength
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.setup.repeat_panel import RepeatPanel
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table

_FIELD_OF = {"staff.bad-login": "login", "staff.login-taken": "login"}


class SetupScreen(Screen):
    """Members of staff and a form for a new one."""

    name = "setup"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Setup")
        self.beside.setText("Staff")
        self._build()

    def refresh(self) -> None:
        self.ask(self.desk.services.staff.list_staff, self.table.set_rows, key="list")
        self.repeat.refresh()

    def _build(self) -> None:
        left = Panel("Members of staff")
        self.table: Table[StaffMember] = Table(
            "Members of staff",
            (
                Column("Name", lambda one: one.details.name, is_bold=True, width=220),
                Column("Sign-in name", lambda one: one.details.login, width=140),
                Column("Role", lambda one: _words(one.details.role), width=160),
                Column("Can sign in", lambda one: "yes" if one.can_sign_in else "no", tone=_tone, width=110),
            ),
            self.desk.look,
            empty="Nobody here yet.",
        )
        left.body.addWidget(self.table)
        right = Panel("Add somebody")
        right.pad()
        form = self.form = Form(1)
        self.name_field = form.text("name", "Name")
        self.login = form.text("login", "Sign-in name", hint="small letters and digits")
        self.role = form.choice("role", "Role", [(one, _words(one)) for one in Role])
        self.password = form.text("password", "First password (empty: cannot sign in)", is_secret=True)
        self.hint = label("", "small", wraps=True)
        self.password.textEdited.connect(lambda text: self.hint.setText(strength(text)[1] if text else ""))
        right.body.addWidget(form)
        right.body.addWidget(self.hint)
        self.save = button("Add", self._save, look="primary")
        right.body.addWidget(row(None, self.save))
        right.body.addStretch(1)
        self.repeat = RepeatPanel(self.desk)
        beside = QVBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(right, 1)
        beside.addWidget(self.repeat)
        for panel in (right, self.repeat):
            panel.setFixedWidth(self.desk.look.pixels(340))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(left, 1)
        line.addLayout(beside)
        self.content.addLayout(line, 1)

    def _save(self) -> None:
        self.form.clear_errors()
        details = StaffDetails(self.name_field.text(), self.login.text(), self.role.currentData())
        password, staff = self.password.text(), self.desk.services.staff
        self.ask(lambda: staff.add(details=details, password=password), self._on_saved)

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            key = "password" if error.code.startswith("keys.") else _FIELD_OF.get(error.code, "name")
            self.form.error(key, sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, _staff_id: object) -> None:
        for field in (self.name_field, self.login, self.password):
            field.clear()
        self.hint.clear()
        self.desk.say("Added.", None)
        self.desk.hub.changed.emit(Change(frozenset({Kind.STAFF})))


def _words(role: Role) -> str:
    return role.value.replace("-", " ").capitalize()


def _tone(one: StaffMember) -> str:
    return "good" if one.can_sign_in else "neutral"
