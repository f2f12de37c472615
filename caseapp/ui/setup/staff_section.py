"""Staff: who is there, their roles and supervisors, and their way in."""

from uuid import UUID

from caseapp.domain.access import Right, Role
from caseapp.domain.changes import Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency, StaffDetails, StaffMember
from caseapp.system.passwords import strength
from caseapp.ui.errors import sentence
from caseapp.ui.setup.list_section import ListSection
from caseapp.ui.widgets.basics import Panel, button, cut, label, row
from caseapp.ui.widgets.check_list import CheckList
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose, offer
from caseapp.ui.widgets.table import Column

_FIELD_OF = {"staff.bad-login": "login", "staff.login-taken": "login", "staff.last-administrator": "role"}
_PROGRAMS = "Programs (none: works in all of them)"
_FIRST = "First password (empty: cannot sign in)"
_OTHER = "New password (empty: stays as it is)"


class StaffSection(ListSection[StaffMember]):
    """Members of staff, and the form of the chosen one or of a new one."""

    words = "Staff"
    changed_by = Right.CHANGE_STAFF
    kinds = frozenset({Kind.STAFF})

    def refresh(self) -> None:
        self.ask(self.desk.services.staff.agency, self._on_agency, key="agency")
        self.ask(self.desk.services.staff.list_staff, self._on_listed, key="list")

    def refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if isinstance(error, CaseAppError):
            key = "password" if error.code.startswith("keys.") else _FIELD_OF.get(error.code, "name")
            self.form.error(key, sentence(error))
        else:
            super().refused(error)

    def _build(self) -> None:
        self._names: dict[UUID, str] = {}
        members = self.list_panel(
            "Members of staff",
            (
                Column("Name", lambda one: one.details.name, is_bold=True, width=200),
                Column("Sign-in name", lambda one: one.details.login, width=130),
                Column("Role", lambda one: _words(one.details.role), width=150),
                Column("Supervisor", self._supervisor_of, width=150),
                Column("Can sign in", lambda one: "yes" if one.can_sign_in else "no", tone=_tone, width=100),
            ),
            empty="Nobody here yet.",
        )
        self.lay_out([members], [self._form_panel()], name="Member of staff")

    def _form_panel(self) -> Panel:
        panel = self.form_panel("Add somebody")
        form = self.form = Form(1)
        self.name_field = form.text("name", "Name")
        self.login = form.text("login", "Sign-in name", hint="small letters and digits")
        self.role = form.choice("role", "Role", [(one, _words(one)) for one in Role])
        self.supervisor = form.choice("supervisor", "Supervisor", [(None, "nobody")])
        self.programs = CheckList(_PROGRAMS)
        form.own("programs", _PROGRAMS, self.programs)
        self.phone = form.text("phone", "Phone")
        self.password = form.text("password", _FIRST, is_secret=True)
        self.hint = label("", "small", wraps=True)
        self.password.textEdited.connect(lambda text: self.hint.setText(strength(text)[1] if text else ""))
        self.save = button("Add", self._save, look="primary")
        self.leaves = button("Left the agency", self._ask_whether_left)
        self.question = label("", "second", wraps=True)
        self.sure = button("Yes, take the way in", self._leave)
        self.stays = button("No", self._keep, look="plain")
        panel.body.addWidget(form)
        panel.body.addWidget(self.hint)
        panel.body.addWidget(row(self.leaves, None, self.save))
        panel.body.addWidget(self.question)
        self.asked = row(self.sure, self.stays, None)
        panel.body.addWidget(self.asked)
        return panel

    def _on_agency(self, agency: Agency) -> None:
        self.programs.offer(agency.programs)
        self.form.show_field("programs", is_shown=bool(agency.programs))

    def _on_listed(self, members: list[StaffMember]) -> None:
        self._names = {one.id: one.details.name for one in members}
        offer(self.supervisor, [(None, "nobody"), *self._names.items()])
        self.set_rows(members)

    def _show(self, member: StaffMember | None) -> None:
        details = member.details if member else StaffDetails("", "", Role.SOCIAL_WORKER)
        self.begin(member, cut(details.name) or "Add somebody")
        self.name_field.setText(details.name)
        self.login.setText(details.login)
        self.login.setEnabled(member is None)
        choose(self.role, details.role)
        choose(self.supervisor, details.supervisor_id)
        self.programs.check(details.programs)
        self.phone.setText(details.phone)
        self.password.clear()
        self.hint.clear()
        self.form.rename("password", _OTHER if member else _FIRST)
        self.save.setText("Save" if member else "Add")
        self.leaves.setVisible(member is not None)
        self.another.setVisible(member is not None)
        self._keep()

    def _save(self) -> None:
        self.form.clear_errors()
        if not self.form.is_chosen():
            return
        details = StaffDetails(
            self.name_field.text(),
            self.login.text(),
            self.role.currentData(),
            discipline=self.one.details.discipline if self.one else "",
            phone=self.phone.text(),
            supervisor_id=self.supervisor.currentData(),
            programs=self.programs.checked(),
        )
        password, staff, member = self.password.text(), self.desk.services.staff, self.one
        self.save.setEnabled(False)
        if member is None:
            self.ask(lambda: staff.add(details=details, password=password), lambda _id: self._done("Added."))
            return

        def change() -> None:
            staff.change(staff_id=member.id, details=details, version=member.version)
            if password:
                staff.set_password(staff_id=member.id, password=password)

        self.ask(change, lambda _none: self._done("Saved."))

    def _ask_whether_left(self) -> None:
        name = self.one.details.name if self.one else ""
        self.question.setText(f"{name} can open nothing from then on. What they did stays under their name.")
        self.question.show()
        self.asked.show()
        self.sure.setFocus()

    def _keep(self) -> None:
        self.question.hide()
        self.asked.hide()

    def _leave(self) -> None:
        member, staff = self.one, self.desk.services.staff
        if member is not None:
            words = f"{member.details.name} left. Hand their open cases and follow-ups to somebody else."
            self.ask(lambda: staff.leave(staff_id=member.id), lambda _change: self._done(words))

    def _done(self, words: str) -> None:
        self.save.setEnabled(True)
        self.done(words)

    def _supervisor_of(self, one: StaffMember) -> str:
        supervisor: UUID | None = one.details.supervisor_id
        return self._names.get(supervisor, "") if supervisor else ""


def _words(role: Role) -> str:
    return role.value.replace("-", " ").capitalize()


def _tone(one: StaffMember) -> str:
    return "good" if one.can_sign_in else "neutral"
