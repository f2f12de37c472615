"""Triage rules: who of the people met on calls comes into the queue, the targets, what starts with a case."""

from PySide6.QtWidgets import QComboBox

from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError
from caseapp.domain.triage import HoursUnreadable, Rules, hours_of
from caseapp.services.protocols import Offered
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose, offer
from caseapp.ui.widgets.several import Several


class TriageSection(Section):
    """One form of the rules; each that is met brings somebody into the queue."""

    words = "Triage"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        lists = desk.lists
        panel = Panel("Who comes into the queue")
        panel.pad()
        form = self.form = Form(2)
        self.models = Several("Model of the response", lists.codes("response_model"))
        self.outcomes = Several("Outcome at the scene", lists.codes("scene_outcome"))
        self.wishes = Several("Follow-up wished", lists.codes("follow_up_wished"))
        form.own("models", "Met by a team of one of these models", self.models)
        form.own("dispositions", "Or with one of these outcomes at the scene", self.outcomes)
        form.own("wishes", "Or with this answer on a follow-up", self.wishes)
        self.safety = form.check("safety", "Or after force, an injury, a hold or an arrest", wide=True)
        self.repeat = form.check("repeat", "Or in repeat contact within 30 days", wide=True)
        self.within = form.text("within_hours", "New calls stand in the queue for so many hours", hint="48")
        self.contact = form.text("contact_within_hours", "First contact within so many hours", hint="24")
        self.protocol: QComboBox = form.choice("protocol", "What starts when somebody is taken up", [])
        panel.body.addWidget(form)
        self.save, line = self.save_line(form, self._save, name="Save the triage rules")
        panel.body.addWidget(line)
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def refresh(self) -> None:
        services = self.desk.services
        self.ask(
            lambda: (services.triage.rules(), services.protocols.offered()),
            lambda found: self._show(*found),
            key="read",
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("within_hours", sentence(error))
        else:
            super().refused(error)

    def _show(self, rules: Rules, offered: list[Offered]) -> None:
        self.form.clear_errors()
        self.models.choose(sorted(rules.models))
        self.outcomes.choose(sorted(rules.dispositions))
        self.wishes.choose(sorted(rules.wishes))
        self.safety.setChecked(rules.safety)
        self.repeat.setChecked(rules.repeat)
        self.within.setText(str(rules.within_hours))
        self.contact.setText(str(rules.contact_within_hours))
        fill_protocols(self.protocol, offered)
        choose(self.protocol, rules.protocol)

    def _save(self) -> None:
        self.form.clear_errors()
        within = self._hours("within_hours", self.within.text())
        contact = self._hours("contact_within_hours", self.contact.text())
        if within is None or contact is None or not self.form.is_chosen():
            return
        rules = Rules(
            models=frozenset(self.models.values),
            dispositions=frozenset(self.outcomes.values),
            wishes=frozenset(self.wishes.values),
            repeat=self.repeat.isChecked(),
            safety=self.safety.isChecked(),
            within_hours=within,
            contact_within_hours=contact,
            protocol=self.protocol.currentData(),
        )
        triage = self.desk.services.triage
        self.ask(lambda: triage.change_rules(rules=rules), self._saved)

    def _hours(self, key: str, text: str) -> int | None:
        try:
            return hours_of(text)
        except HoursUnreadable as error:
            self.form.error(key, sentence(error))
            return None

    def _saved(self, change: Change) -> None:
        self.desk.say("Saved. The queue follows these rules now.", None)
        self.desk.hub.changed.emit(change)


def fill_protocols(field: QComboBox, offered: list[Offered]) -> None:
    """What may start when somebody is taken up: a protocol in use, or one step alone."""
    protocols = [(one.protocol.code, one.protocol.name) for one in offered]
    offer(field, [("", "One first contact"), *protocols])
