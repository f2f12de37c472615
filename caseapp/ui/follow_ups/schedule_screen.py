"""Plan a follow-up for a person: what, how, and a day in shorthand."""

from uuid import UUID

from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import DueInPast
from caseapp.domain.people import Person
from caseapp.domain.shorthand import NotUnderstood, read
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form, choose


class ScheduleScreen(Screen):
    """One promise with a day and an owner."""

    name = "schedule"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Schedule a follow-up")
        self._person_id: UUID | None = None
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person_id = subject if isinstance(subject, UUID) else self._person_id
        self.form.clear_errors()
        self.what.clear()
        self.when.clear()
        self.read_as.clear()
        self.channel.setCurrentIndex(0)
        choose(self.owner, self.desk.services.context.actor.staff_id)
        self.start_draft(self._person_id)
        person_id, people = self._person_id, self.desk.services.people
        if person_id is not None:
            self.ask(lambda: people.many(person_ids=(person_id,)), self._on_person, key="person")
        self.what.setFocus()

    def _build(self) -> None:
        panel = Panel("What was promised")
        panel.pad()
        form = self.form = Form(2)
        self.what = form.text("what", "What", hint="Ride to intake", wide=True)
        self.channel = form.choice("channel", "How", [(one, one.value.capitalize()) for one in Channel])
        self.when = form.text("when", "When", hint="tomorrow 10, +3d, fri, in 2 weeks")
        members = self.desk.services.staff.list_staff()
        self.owner = form.choice("owner", "Whose", [(one.id, one.details.name) for one in members])
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        self.read_as = label("", "second")
        self.save = button("Save", self._save, look="primary")
        panel.body.addWidget(row(self.read_as, None, self.save))
        panel.body.addStretch(1)
        panel.setMaximumWidth(self.desk.look.pixels(720))
        self.content.addWidget(panel)
        self.content.addStretch(1)
        self.when.textEdited.connect(self._on_when)
        self.when.returnPressed.connect(self._save)

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def _on_when(self, text: str) -> None:
        try:
            when = read(text, today=self.desk.services.context.today())
        except NotUnderstood:
            self.read_as.setText("")
            return
        clock = f" at {when.at:%H:%M}" if when.at else ""
        self.read_as.setText(f"{when.on:%A} {when.on.day} {when.on:%B}{clock}")

    def _save(self) -> None:
        self.form.clear_errors()
        person_id = self._person_id
        if person_id is None:
            return
        try:
            when = read(self.when.text(), today=self.desk.services.context.today())
        except NotUnderstood as error:
            self.form.error("when", sentence(error))
            return
        what, channel, owner = self.what.text(), self.channel.currentData(), self.owner.currentData()
        follow_ups = self.desk.services.follow_ups
        self.ask(
            self.draft.saving(
                lambda: follow_ups.schedule(
                    person_id=person_id, what=what, channel=channel, when=when, owner_id=owner
                )
            ),
            lambda _id: self._on_saved(person_id),
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("when" if isinstance(error, DueInPast) else "what", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, person_id: UUID) -> None:
        self.desk.say("Follow-up planned.", None)
        self.desk.hub.changed.emit(Change(frozenset({Kind.FOLLOW_UP}), person_id=person_id))
        self.desk.show("person", person_id)
