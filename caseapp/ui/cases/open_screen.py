"""Open a case: from where, whose, what the person wants in their own words, and the first dated step."""

from uuid import UUID

from caseapp.domain.cases import CaseAlreadyOpen, Goal
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood, read
from caseapp.services.cases import NewCase
from caseapp.services.contacts import NextStep
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button, row
from caseapp.ui.widgets.form import Form


class OpenCaseScreen(Screen):
    """A new episode of a person."""

    name = "new-case"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Open a case")
        self._person_id: UUID | None = None
        self.whom = Whom(self)
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person_id = subject if isinstance(subject, UUID) else self._person_id
        self.form.clear_errors()
        self.beside.clear()
        for field in (self.statement, self.target, self.step, self.when):
            field.clear()
        self.desk.lists.choose(self.worker, self.desk.services.context.actor.staff_id)
        self.start_draft(self._person_id)
        person_id = self._person_id
        if person_id is not None:
            self.whom.ask(person_id, self._on_person)
        self.origin.setFocus()

    def _build(self) -> None:
        lists = self.desk.lists
        panel = Panel("The episode")
        panel.pad()
        form = self.form = Form(2)
        self.origin = form.choice("origin", "Opened from", lists.codes("case_opened_from"))
        self.program = form.choice("program", "Program", [])
        lists.offer(self.program, lambda: [("", "No program"), *lists.programs()])
        self.worker = form.choice("worker", "Worker", [])
        lists.offer(self.worker, lists.workers)
        self.domain = form.choice("domain", "First need", lists.codes("goal_domain"))
        self.statement = form.text("statement", "In the person's words", hint="I want a door that locks")
        self.target = form.text("target", "What would be enough", hint="A room before winter")
        self.step = form.text("step", "First step", hint="Call about the intake")
        self.when = form.text("when", "When", hint="tomorrow 10, +3d, fri")
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        self.save = button("Open the case", self._save, look="primary")
        panel.body.addWidget(row(None, self.save))
        panel.setMaximumWidth(self.desk.look.pixels(760))
        self.when.returnPressed.connect(self._save)
        self.content.addWidget(panel)
        self.content.addStretch(1)

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def _save(self) -> None:
        self.form.clear_errors()
        person_id = self._person_id
        if person_id is None or not self.form.is_chosen():
            return
        try:
            step = self._first_step()
        except NotUnderstood as error:
            self.form.error("when", sentence(error))
            return
        words = self.statement.text().strip()
        goals = (Goal(self.domain.currentData(), words, self.target.text().strip()),) if words else ()
        new = NewCase(
            person_id=person_id,
            opened_from=self.origin.currentData(),
            primary_id=self.worker.currentData(),
            program=self.program.currentData(),
            goals=goals,
            first_step=step,
        )
        cases = self.desk.services.cases
        self.ask_to_save(
            lambda: cases.open_episode(new=new),
            lambda case: self._on_saved(case.person_id, case.id),
        )

    def _first_step(self) -> NextStep | None:
        """The step, or None where nothing was typed; raises NotUnderstood."""
        if not self.when.text().strip() and not self.step.text().strip():
            return None
        when = read(self.when.text(), today=self.desk.services.context.today())
        return NextStep(self.step.text(), Channel.PHONE, when)

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAlreadyOpen):
            self.form.error("origin", sentence(error))
        elif isinstance(error, CaseAppError):
            self.form.error("step", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, person_id: UUID, case_id: UUID) -> None:
        self.desk.say("Case opened.", None)
        change = Change(frozenset({Kind.CASE, Kind.FOLLOW_UP}), person_id=person_id, record_id=case_id)
        self.desk.hub.changed.emit(change)
        self.desk.show("case", case_id)
