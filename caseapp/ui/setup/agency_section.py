"""The agency: what stands at the head of every page, its clock, and the law that binds it."""

from dataclasses import replace

from caseapp.domain.changes import Change
from caseapp.domain.disclosures import Law
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import Agency
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose

_LAWS = {
    Law.HIPAA: "HIPAA",
    Law.PART_2: "42 CFR Part 2, and HIPAA",
    Law.NEITHER: "neither",
}
_FIELD_OF = {"agency.unknown-time-zone": "zone"}


class AgencySection(Section):
    """One form; whoever may not change it reads it."""

    words = "Agency"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._agency: Agency | None = None
        self._build()

    def refresh(self) -> None:
        self.ask(self.desk.services.staff.agency, self._show, key="read")

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error(_FIELD_OF.get(error.code, "name"), sentence(error))
        else:
            super().refused(error)

    def _build(self) -> None:
        panel = Panel("Agency")
        panel.pad()
        form = self.form = Form(2)
        self.name_field = form.text("name", "Name")
        self.zone = form.text("zone", "Time zone", hint="America/Los_Angeles")
        self.phone = form.text("phone", "Phone, printed on every page")
        self.address = form.text("address", "Address")
        self.law = form.choice("law", "Which law binds what leaves", list(_LAWS.items()))
        self.notice = form.lines(
            "notice",
            "Notice with substance-use records (empty: the statement of 42 CFR 2.32(a)(2))",
            hint="A longer text of your counsel replaces the short statement.",
        )
        panel.body.addWidget(form)
        texts = button("Texts of forms and letters", lambda: self.desk.show("forms", None))
        self.save, line = self.save_line(form, self._save, beside=(texts,))
        panel.body.addWidget(line)
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def _show(self, agency: Agency) -> None:
        self._agency = agency
        self.form.clear_errors()
        self.name_field.setText(agency.name)
        self.zone.setText(agency.time_zone)
        self.phone.setText(agency.phone)
        self.address.setText(agency.address)
        choose(self.law, agency.law)
        self.notice.setPlainText(agency.part2_notice)

    def _save(self) -> None:
        if self._agency is None:
            return
        self.form.clear_errors()
        agency, staff = self._typed(self._agency), self.desk.services.staff
        self.ask(lambda: staff.change_agency(agency=agency), self._saved)

    def _typed(self, agency: Agency) -> Agency:
        return replace(
            agency,
            name=self.name_field.text().strip(),
            time_zone=self.zone.text().strip(),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
            law=self.law.currentData(),
            part2_notice=self.notice.toPlainText().strip(),
        )

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved. A new name or time zone shows after the next sign-in.", None)
        self.desk.hub.changed.emit(change)
