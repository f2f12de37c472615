"""Assessments of a person: asked from their definitions, what came out, and safety first."""

from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.domain.assessments import Assessment, Definition
from caseapp.domain.changes import Change
from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.services.assessments import Recorded
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, scrolled, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.problem import Problem
from caseapp.ui.widgets.tab_order import tab_through

PLAN = "safety-plan"


class GoOnAsking(NamedTuple):
    """The screen is opened to go on with what was typed into one form."""

    person_id: UUID
    instrument: str


class AssessmentsScreen(Screen):
    """One form at a time, and what was asked before."""

    name = "assessments"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Assessments")
        self.person_id: UUID | None = None
        self.definitions: list[Definition] = []
        self.form: Form | None = None
        self.fields: dict[str, QWidget] = {}
        self._wanted = ""
        self.whom = Whom(self)
        self._build()

    @property
    def person_in_view(self) -> UUID | None:
        return self.person_id

    @property
    def definition(self) -> Definition | None:
        """The form that is chosen."""
        return next((one for one in self.definitions if one.id == self.choice.currentData()), None)

    def about(self, subject: object) -> None:
        is_gone_on = isinstance(subject, GoOnAsking)
        person_id = subject.person_id if isinstance(subject, GoOnAsking) else subject
        self._wanted = subject.instrument if isinstance(subject, GoOnAsking) else ""
        if isinstance(person_id, UUID) and (person_id != self.person_id or is_gone_on):
            self.person_id = person_id
            self.beside.clear()
            clear(self.past.body)
            self.safety.setVisible(False)
            if self._wanted:
                self._select(self._wanted)
            self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        assessments, person_id = self.desk.services.assessments, self.person_id
        self.ask(assessments.definitions, self._show_definitions, key="definitions")
        if person_id is not None:
            self.whom.ask(person_id, self._on_person)
            self.ask(lambda: assessments.of_person(person_id=person_id), self._show_past, key="past")

    def _build(self) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName("Assessment")
        self.choice.setMinimumWidth(self.desk.look.pixels(290))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(lambda _place: self._lay_out())
        self.action_line.addWidget(self.choice)
        self.safety = Panel("Safety first")
        self.safety.pad()
        self.safety_words = label("", "error", wraps=True)
        self.safety.body.addWidget(self.safety_words)
        self.make_plan = button("Make the safety plan now", partial(self.choose, PLAN), look="primary")
        self.safety.body.addWidget(row(self.make_plan, None))
        self.safety.setVisible(False)
        self.content.addWidget(self.safety)
        self.panel = Panel("Questions")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(14, 10, 14, 12)
        self._lines.setSpacing(8)
        self._column = scrolled(self._lines, "Questions")
        self.panel.body.addWidget(self._column, 1)
        self.problem = Problem()
        self.past = Panel("Asked before")
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.past)
        side.addStretch(1)
        line = Beside()
        line.addWidget(self.panel, 1)
        line.addWidget(side_column(side, self.desk.look.pixels(340), "Asked before"))
        self.content.addLayout(line, 1)
        self.content.addWidget(self.problem)

    def choose(self, instrument: str) -> None:
        """Show another form."""
        self._select(instrument)
        self._lay_out()

    def _select(self, instrument: str) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(instrument)))

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def _show_definitions(self, found: list[Definition]) -> None:
        """Offer the forms; the answers in the one that is shown stay, unless it changed itself."""
        if found == self.definitions:
            return
        before, shown = self._wanted or self.choice.currentData(), self.definition
        self.definitions = found
        self.choice.clear()
        for one in found:
            self.choice.addItem(one.title if one.is_ready else f"{one.title} (wording not loaded)", one.id)
        self._select(before or next((one.id for one in found if one.is_ready), ""))
        if self.definition != shown:
            self._lay_out()

    def _lay_out(self) -> None:
        self.leave_draft()
        self._draft = None
        clear(self._lines)
        self.form, self.fields = None, {}
        self.problem.say("")
        definition = self.definition
        if definition is None:
            return
        self.panel.title.setText(definition.title)
        self._lines.addWidget(label(definition.source, "small", wraps=True))
        if definition.is_ready:
            self._questions(definition)
        else:
            self._wording(definition)
        tab_through(self._column, after=self._column)
        self._lines.addStretch(1)

    def _questions(self, definition: Definition) -> None:
        form = self.form = Form(1)
        for item in definition.items:
            self.fields[item.key] = (
                form.lines(item.key, item.words, height=56)
                if item.is_free
                else form.choice(item.key, item.words, [("", "Not asked"), *item.choices])
            )
        for field in self.fields.values():
            if isinstance(field, QPlainTextEdit):
                mark_spelling(field, self.desk)
        draft = self.drafted(form)
        self._lines.addWidget(draft.bar)
        self._lines.addWidget(form)
        if self.person_id is not None and self.desk.may(Right.LOG_CONTACTS):
            self.start_draft(self.person_id, about=definition.id)
        save = button("Save", self.save, look="primary")
        may_ask = not definition.is_clinical or self.desk.may(Right.SEE_CLINICAL)
        if not (may_ask and self.desk.may(Right.LOG_CONTACTS)):
            save.hide()
        self._lines.addWidget(row(None, save))

    def _wording(self, definition: Definition) -> None:
        words = (
            "The wording belongs to others. Load the official text that your agency may use, as it stands."
        )
        self._lines.addWidget(label(words, wraps=True))
        if not self.desk.may(Right.CHANGE_AGENCY):
            self._lines.addWidget(label("Your administrator loads it here.", "second"))
            return
        form = self.form = Form(1)
        for item in definition.items:
            field = form.text(item.key, f"Item {item.key}")
            field.setText(item.words)
            self.fields[item.key] = field
        self._lines.addWidget(form)
        self._lines.addWidget(row(None, button("Load the wording", self.load, look="primary")))

    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: _value(field) for key, field in self.fields.items()}

    def save(self) -> None:
        """Write the answers."""
        definition, person_id = self.definition, self.person_id
        if definition is None or person_id is None:
            return
        assessments, instrument, answers = self.desk.services.assessments, definition.id, self.answers()
        self.ask_to_save(
            lambda: assessments.record(person_id=person_id, instrument=instrument, answers=answers),
            self._on_saved,
        )

    def load(self) -> None:
        """Keep the wording of the agency."""
        definition = self.definition
        if definition is None:
            return
        assessments, instrument, words = self.desk.services.assessments, definition.id, self.answers()
        self.ask(lambda: assessments.load_wording(instrument=instrument, words=words), self._on_loaded)

    def _on_loaded(self, change: Change) -> None:
        self.desk.say("Wording loaded.", None)
        self.desk.hub.changed.emit(change)

    def _on_saved(self, recorded: Recorded) -> None:
        result = recorded.result
        self.safety.setVisible(bool(result.safety))
        if result.safety:
            reasons = "; ".join(result.safety)
            words = f"{reasons}. Do not leave the person alone with it. A step for today stands on Today."
            self.safety_words.setText(words)
            self.make_plan.setFocus()
        elif self.choice.currentData() == PLAN:
            self.safety.setVisible(False)
        self._lay_out()
        came = f"{result.score:g}, {result.level}" if result.score is not None else result.level
        self.desk.say(f"Saved{f': {came}' if came else ''}.", None)
        self.desk.hub.changed.emit(recorded.change)

    def _show_past(self, found: list[Assessment]) -> None:
        clear(self.past.body)
        for one in found:
            result = one.result
            came = f"{result.score:g}" if result.score is not None else ""
            words = ", ".join(filter(None, (day_words(one.on), one.by, came, result.level)))
            parts: list[QWidget | None] = [label(f"{one.title}\n{words}", wraps=True), None]
            if result.safety:
                parts.append(chip("safety", "danger"))
            line = row(*parts)
            line.setContentsMargins(14, 6, 10, 6)
            self.past.body.addWidget(line)
        if not found:
            nothing = label("Nothing yet.", "second")
            nothing.setContentsMargins(14, 8, 14, 8)
            self.past.body.addWidget(nothing)

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.problem.say(sentence(error))
        else:
            super().refused(error)


def _value(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return field.currentData() or ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""
