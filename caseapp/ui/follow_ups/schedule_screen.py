"""Plan a follow-up for a person: what, how, a day in shorthand, how often; or a whole protocol."""

from uuid import UUID

from caseapp.domain.contacts import Channel
from caseapp.domain.day_words import long_day, weekday_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.domain.recurrence import Every, NoEnd, Recurrence
from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.services.follow_ups_done import Done, planned_one
from caseapp.ui.errors import sentence
from caseapp.ui.follow_ups.protocols_panel import ProtocolsPanel, take_back
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form

_REPEATS: tuple[tuple[tuple[Every, int, bool] | None, str], ...] = (
    (None, "Once"),
    ((Every.DAY, 1, False), "Every day"),
    ((Every.WEEK, 1, False), "Every week"),
    ((Every.WEEK, 2, False), "Every 2 weeks"),
    ((Every.MONTH, 1, False), "Every month, same day"),
    ((Every.MONTH, 1, True), "Every month, same weekday"),
    ((Every.MONTH, 3, False), "Every 3 months"),
)
_FIELD_OF = {
    "follow-up.due-in-past": "when",
    "follow-up.what-missing": "what",
    "series.no-end": "times",
}


class ScheduleScreen(Screen):
    """One promise with a day and an owner."""

    name = "schedule"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Schedule a follow-up")
        self._person_id: UUID | None = None
        self.whom = Whom(self)
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person_id = subject if isinstance(subject, UUID) else self._person_id
        self.form.clear_errors()
        self.beside.clear()
        self.what.clear()
        self.when.clear()
        self.read_as.clear()
        self.channel.setCurrentIndex(0)
        self.repeats.setCurrentIndex(0)
        self.times.setText("12")
        self._on_when_read()
        self.protocols.show_for(self._person_id)
        self.desk.lists.choose(self.owner, self.desk.services.context.actor.staff_id)
        self.start_draft(self._person_id)
        person_id = self._person_id
        if person_id is not None:
            self.whom.ask(person_id, self._on_person)
        self.what.setFocus()

    def _build(self) -> None:
        panel = Panel("What was promised")
        panel.pad()
        form = self.form = Form(2)
        self.what = form.text("what", "What", hint="Ride to intake", wide=True)
        self.channel = form.choice("channel", "How", self.desk.lists.words.among("contact_channel", Channel))
        self.when = form.text("when", "When", hint="tomorrow 10, +3d, fri, in 2 weeks")
        self.owner = form.choice("owner", "Whose", [])
        self.desk.lists.offer(self.owner, self.desk.lists.workers)
        self.repeats = form.choice("repeats", "Repeats", _REPEATS)
        self.times = form.text("times", "How many times", hint="12")
        self.repeats.currentIndexChanged.connect(self._on_when_read)
        self.times.textEdited.connect(self._on_when_read)
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        self.read_as = label("", "second")
        self.save = button("Save", self._save, look="primary")
        panel.body.addWidget(row(self.read_as, None, self.save))
        panel.body.addStretch(1)
        self.protocols = ProtocolsPanel(self, self._on_started)
        line = Beside()
        line.addWidget(panel, 1)
        line.addWidget(self.protocols, 1)
        self.content.addLayout(line, 1)
        self.when.textEdited.connect(self._on_when)
        self.when.returnPressed.connect(self._save)

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def _on_when_read(self, *_anything: object) -> None:
        self._on_when(self.when.text())

    def _on_when(self, text: str) -> None:
        self.times.setEnabled(self.repeats.currentData() is not None)
        try:
            when = read(text, today=self.desk.services.context.today())
        except NotUnderstood:
            self.read_as.setText("")
            return
        clock = f" at {when.at:%H:%M}" if when.at else ""
        self.read_as.setText(f"{long_day(when.on)}{clock}{self._last_words(when)}")

    def _last_words(self, when: When) -> str:
        """Until when a series goes, so that a slip shows before it is saved."""
        recurrence = self._recurrence()
        if recurrence is None:
            return ""
        try:
            days = recurrence.days(when.on)
        except NoEnd:
            return ""
        return f", {len(days)} times until {weekday_words(days[-1], with_year=True)}"

    def _recurrence(self) -> Recurrence | None:
        chosen: tuple[Every, int, bool] | None = self.repeats.currentData()
        if chosen is None:
            return None
        every, interval, by_weekday = chosen
        text = self.times.text().strip()
        count = int(text) if text.isdecimal() and len(text) < 5 else 0
        return Recurrence(every, count, interval, by_weekday=by_weekday)

    def _save(self) -> None:
        self.form.clear_errors()
        person_id = self._person_id
        if person_id is None or not self.form.is_chosen():
            return
        try:
            when = read(self.when.text(), today=self.desk.services.context.today())
        except NotUnderstood as error:
            self.form.error("when", sentence(error))
            return
        what, channel, owner = self.what.text(), self.channel.currentData(), self.owner.currentData()
        follow_ups, recurrence = self.desk.services.follow_ups, self._recurrence()

        def plan() -> Done:
            if recurrence is None:
                planned = follow_ups.schedule(
                    person_id=person_id, what=what, channel=channel, when=when, owner_id=owner
                )
                return planned_one(planned, person_id)
            return follow_ups.repeat(
                person_id=person_id,
                what=what,
                channel=channel,
                when=when,
                recurrence=recurrence,
                owner_id=owner,
            )

        self.ask_to_save(plan, lambda done: self._on_saved(person_id, done))

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError) and error.code in _FIELD_OF:
            self.form.error(_FIELD_OF[error.code], sentence(error))
        else:
            super().refused(error)

    def _on_started(self, done: Done, name: str) -> None:
        words = f"{name}: {len(done.added)} follow-up{'s' if len(done.added) > 1 else ''} planned."
        self._tell(done, words)
        if self._person_id is not None:
            self.desk.show("person", self._person_id)

    def _on_saved(self, person_id: UUID, done: Done) -> None:
        count = len(done.added)
        self._tell(done, f"{count} follow-ups planned." if count > 1 else "Follow-up planned.")
        self.desk.show("person", person_id)

    def _tell(self, done: Done, words: str) -> None:
        self.desk.say(words, take_back(self.desk, done, super().refused))
        self.desk.hub.changed.emit(done.change)
