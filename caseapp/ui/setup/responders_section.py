"""Responders: disciplines, agencies, credentials with their end, languages, and the CIT register."""

from datetime import timedelta

from caseapp.domain.access import Right
from caseapp.domain.day_words import day_words
from caseapp.domain.units import CIT_HOURS, Responder, ResponderDetails, Training, read_credentials
from caseapp.ui.setup.list_section import ListSection
from caseapp.ui.widgets.basics import Panel, button, cut, label, row
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column

_SOON = timedelta(days=60)
_CIT = f"The whole course has {CIT_HOURS} hours; parts add up. “CIT” holds while no refresher is overdue."


class RespondersSection(ListSection[Responder]):
    """Everybody who answers calls, and the form of the chosen one with the courses taken."""

    words = "Responders and CIT"
    right = Right.SEE_CALLS

    def refresh(self) -> None:
        self.ask(self.desk.services.units.responders, self.set_rows, key="list")

    def _build(self) -> None:
        self._disciplines = dict(self.desk.lists.codes("discipline"))
        people = self.list_panel(
            "Responders",
            (
                Column("Name", lambda one: one.details.name, second=_languages, is_bold=True, width=170),
                Column("Discipline", self._discipline, width=110),
                Column("Agency", lambda one: one.details.agency, width=110),
                Column("Credentials", self._credentials, tone=self._credential_tone, width=220),
                Column("CIT", self._cit, tone=self._cit_tone, width=210),
            ),
            empty="Nobody yet.",
            first="Add the first responder on the right.",
        )
        self.lay_out([people], [self._person_panel(), self._course_panel()], name="Responder and courses")

    def _person_panel(self) -> Panel:
        panel = self.form_panel("Add somebody")
        form = self.form = Form(1)
        self.name = form.text("name", "Name")
        self.discipline = form.choice(
            "discipline", "Discipline", [("", "Not recorded"), *self._disciplines.items()]
        )
        self.agency = form.text("agency", "Agency")
        self.languages = form.text("languages", "Languages, parted by commas", hint="English, Spanish")
        self.credentials = form.lines(
            "credentials", "Credentials, a line each", hint="LCSW until 2027-05-01", height=60
        )
        self.is_armed = form.check("is_armed", "Carries a weapon")
        self.left_on = form.text("left_on", "Left on (empty: still here)")
        self.save = button("Add", self._save, look="primary")
        panel.body.addWidget(form)
        panel.body.addWidget(row(None, self.save))
        return panel

    def _course_panel(self) -> Panel:
        self.course_panel = Panel("CIT course taken")
        self.course_panel.pad()
        form = self.course = Form(1)
        self.on = form.text("on", "Day", hint="2026-05-01")
        self.hours = form.text("hours", "Hours", hint=str(CIT_HOURS))
        self.refresher = form.text("refresher_due", "Refresher due (empty: none)")
        self.add_course = button("Add course", self._save_course, look="primary")
        self.taken = label("", "small", wraps=True)
        self.course_panel.body.addWidget(form)
        self.course_panel.body.addWidget(row(None, self.add_course))
        self.course_panel.body.addWidget(self.taken)
        self.course_panel.body.addWidget(label(_CIT, "small", wraps=True))
        return self.course_panel

    def _show(self, one: Responder | None) -> None:
        details = one.details if one else ResponderDetails("")
        self.begin(one, cut(details.name, 24) or "Add somebody")
        self.name.setText(details.name)
        choose(self.discipline, details.discipline)
        self.agency.setText(details.agency)
        self.languages.setText(", ".join(details.languages))
        self.credentials.setPlainText("\n".join(one.words for one in details.credentials))
        self.is_armed.setChecked(details.is_armed)
        self.left_on.setText(details.left_on.isoformat() if details.left_on else "")
        self.save.setText("Save" if one else "Add")
        self.save.setAccessibleName("Save the responder" if one else "Add the responder")
        self.course_panel.setEnabled(one is not None)
        courses = one.trainings if one else ()
        self.taken.setText("; ".join(f"{taken.on.isoformat()}: {taken.hours} hours" for taken in courses))

    def _save(self) -> None:
        self.form.clear_errors()
        left, is_read = self.form.day("left_on")
        if not is_read:
            return
        try:
            credentials = read_credentials(self.credentials.toPlainText())
        except ValueError:
            self.form.error("credentials", "Write the last day as “LCSW until 2027-05-01”.")
            return
        details = ResponderDetails(
            self.name.text(),
            self.discipline.currentData() or "",
            self.agency.text(),
            credentials,
            tuple(filter(None, (one.strip() for one in self.languages.text().split(",")))),
            self.is_armed.isChecked(),
            left,
        )
        units, one = self.desk.services.units, self.one
        if one is None:
            self.ask(lambda: units.add_responder(details=details), lambda _id: self._done("Added."))
        else:
            self.ask(
                lambda: units.change_responder(responder_id=one.id, details=details, version=one.version),
                lambda _change: self._done("Saved."),
            )

    def _save_course(self) -> None:
        self.course.clear_errors()
        on, hours = read_day(self.on.text()), self.hours.text().strip()
        due, is_read = self.course.day("refresher_due")
        one, units = self.one, self.desk.services.units
        if on is None:
            self.course.error("on", "Write the day as 2026-11-24.")
        elif not hours.isdigit() or not hours.isascii() or len(hours) > 4:
            self.course.error("hours", "Write the hours as a number.")
        elif one is not None and is_read:
            training = Training(on, int(hours), due)
            self.ask(
                lambda: units.add_training(responder_id=one.id, training=training),
                lambda _change: self._done("Course added."),
            )

    def _done(self, words: str) -> None:
        for field in (self.on, self.hours, self.refresher):
            field.clear()
        self.done(words)

    def _discipline(self, one: Responder) -> str:
        code = one.details.discipline
        return self._disciplines.get(code, code)

    def _credentials(self, one: Responder) -> str:
        return "; ".join(held.words for held in one.details.credentials)

    def _credential_tone(self, one: Responder) -> str:
        ends = [held.until for held in one.details.credentials if held.until is not None]
        today = self.desk.services.context.today()
        if not ends or min(ends) > today + _SOON:
            return "neutral"
        return "danger" if min(ends) < today else "warning"

    def _cit(self, one: Responder) -> str:
        if not one.trainings:
            return ""
        if one.is_cit(self.desk.services.context.today()):
            due = one.trainings[0].refresher_due
            return f"CIT, refresher {day_words(due)}" if due else "CIT"
        hours = sum(taken.hours for taken in one.trainings)
        return "refresher overdue" if hours >= CIT_HOURS else f"{hours} of {CIT_HOURS} hours"

    def _cit_tone(self, one: Responder) -> str:
        return "good" if one.is_cit(self.desk.services.context.today()) else "warning"


def _languages(one: Responder) -> str:
    return ", ".join(one.details.languages)
