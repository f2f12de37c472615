"""A case: what the person wants and how far it is, the team over time, the steps ahead, and its end."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.cases import AlreadyClosed, Case, CaseEnded, CaseStatus, Goal, NotClosed
from caseapp.domain.changes import Change
from caseapp.domain.day_words import day_words, weekday_words
from caseapp.domain.errors import StaleRecord
from caseapp.services.cases import CaseFile
from caseapp.ui.cases.need_form import NeedForm
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.options import choose, choose_kept, offer


class CaseScreen(Screen):
    """One episode."""

    name = "case"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Case")
        self.case_id: UUID | None = None
        self.file: CaseFile | None = None
        self._joining: UUID | None = None
        self.may_change = desk.may(Right.CHANGE_CASES)
        self._build()

    @property
    def person_in_view(self) -> UUID | None:
        return self.file.case.person_id if self.file is not None else None

    def about(self, subject: object) -> None:
        if isinstance(subject, UUID) and subject != self.case_id:
            self.leave_draft()
            self.case_id, self.file = subject, None
        self._joining = None
        self.refresh()

    def refresh(self) -> None:
        case_id, cases = self.case_id, self.desk.services.cases
        if case_id is not None:
            parts = (self.goals, self.steps, self.facts, self.team, self.end)
            self.ask_to_open(
                lambda: cases.open(case_id=case_id), self._show, parts=parts, is_another=self.file is None
            )

    @override
    def let_go(self) -> None:
        self.case_id, self.file = None, None

    def _build(self) -> None:
        person = button("Open person", self._open_person)
        plan = button("Plan a step", self._plan)
        papers = button("Papers", self.show_papers, hint="Face sheet, card, plan and letters (Ctrl+P)")
        notes = button("Print notes", self._print_notes, hint="Every note of this case, for the person")
        for made in (plan, papers, notes, person):
            self.action_line.addWidget(made)
        if not self.desk.may(Right.CHANGE_FOLLOW_UPS):
            plan.hide()
        if not self.desk.may(Right.DISCLOSE):
            papers.hide()
            notes.hide()
        self.goals = Panel("Needs and goals")
        self._stated = QVBoxLayout()
        self._stated.setContentsMargins(0, 0, 0, 0)
        self.goals.body.addLayout(self._stated)
        self.goals.body.addWidget(self._new_need())
        self.steps = Panel("Steps ahead")
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.goals)
        left.addWidget(self.steps)
        left.addStretch(1)
        self.facts = Panel("Episode")
        self.team = Panel("Team")
        self.end = Panel("End")
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        for panel in (self.facts, self.team, self.end):
            side.addWidget(panel)
        side.addStretch(1)
        line = Beside()
        line.addLayout(left, 1)
        line.addWidget(side_column(side, self.desk.look.pixels(372), "Episode, team and end"))
        self.content.addLayout(line, 1)

    def _new_need(self) -> QWidget:
        self.need = NeedForm(self.desk.lists.codes("goal_domain"))
        draft = self.drafted(self.need.form)
        self.need.body.insertWidget(0, draft.bar)
        draft.restored.connect(self.need.show)
        self.need.add.clicked.connect(self._add_goal)
        for field in (self.need.statement, self.need.target):
            field.returnPressed.connect(self._add_goal)
        return self.need

    def _show(self, file: CaseFile) -> None:
        shown, self.file = self.file, file
        case = file.case
        self.title.setText(f"Case {case.number}")
        self.beside.setText(case.person_name)
        self._show_goals(case)
        self._show_steps(file)
        self._show_facts(file)
        self._show_team(file)
        if shown is None or shown.case.status is not case.status:
            self._show_end(case)
        if shown is None:
            self._begin_need()

    def _show_goals(self, case: Case) -> None:
        clear(self._stated)
        for goal in case.goals:
            words = f"“{goal.statement}”" + (f"\nEnough: {goal.target}" if goal.target else "")
            status = self._combo("goal_status", f"Status of {goal.statement}", goal.status)
            status.setEnabled(self.may_change and case.status is CaseStatus.OPEN)
            status.activated.connect(partial(self._on_status, goal, status))
            self._add(
                self._stated,
                chip(self._say("goal_domain", goal.domain)),
                label(words, wraps=True),
                None,
                status,
            )
        if not case.goals:
            self._add(self._stated, label("What does the person want? Write it in their words.", "second"))
        is_open = case.status is CaseStatus.OPEN
        self.need.setVisible(self.may_change and is_open)
        self.need.add.setEnabled(is_open)

    def _show_steps(self, file: CaseFile) -> None:
        clear(self.steps.body)
        is_open = file.case.status is CaseStatus.OPEN
        self.steps.set_chips([chip("no next step", "danger")] if is_open and not file.steps else [])
        for step in file.steps:
            day = weekday_words(step.due_on)
            self._add(
                self.steps, label(f"{day}: {step.what}", "heading"), label(step.owner_name, "second"), None
            )
        if not file.steps:
            words = "Plan a step with a day, so that nobody falls through." if is_open else "None."
            self._add(self.steps, label(words, "second", wraps=True))

    def _show_facts(self, file: CaseFile) -> None:
        clear(self.facts.body)
        case = file.case
        rows = [
            (
                "Opened",
                f"{day_words(case.opened_on)}, {self._say('case_opened_from', case.opened_from).lower()}",
            ),
            ("Program", case.program or "none"),
            ("Episode", f"{file.episode} of {file.episodes} with this person"),
        ]
        if case.closed_on is not None:
            reason = self._say("case_close_reason", case.close_reason)
            outcome = self._say("case_outcome", case.outcome)
            rows.append(("Closed", f"{day_words(case.closed_on)}, {reason.lower()}; {outcome.lower()}"))
        for one in file.reopenings:
            was = self._say("case_close_reason", one.close_reason).lower()
            rows.append(
                (
                    "Reopened",
                    f"{day_words(one.on)}: {one.reason}\nhad closed {day_words(one.closed_on)}, {was}",
                )
            )
        self.facts.body.addWidget(Facts(rows))
        tone = "good" if case.status is CaseStatus.OPEN else "neutral"
        self.facts.set_chips([chip(case.status.value, tone)])

    def _show_team(self, file: CaseFile) -> None:
        clear(self.team.body)
        for one in file.periods:
            until = f" to {day_words(one.to_on)}" if one.to_on else ""
            words = (
                f"{one.name}\n{'worker' if one.is_primary else 'team'} from {day_words(one.from_on)}{until}"
            )
            parts: list[QWidget | None] = [label(words, wraps=True), None]
            if one.to_on is None and not one.is_primary and self.may_change:
                gone = button("End", partial(self._leave_team, one.staff_id), look="plain")
                gone.setAccessibleName(f"End {one.name}'s time on the team")
                parts.append(gone)
            self._add(self.team, *parts)
        if self.may_change and file.case.status is CaseStatus.OPEN:
            self.member = QComboBox()
            self.member.setAccessibleName("Member of staff for the team")
            offer(self.member, self.desk.lists.workers())
            choose(self.member, self._joining)
            self.member.activated.connect(self._on_joining)
            self._add(self.team, self.member)
            join = button("Add to team", partial(self._join, is_primary=False))
            lead = button("Make worker", partial(self._join, is_primary=True))
            self._add(self.team, None, join, lead)

    def _show_end(self, case: Case) -> None:
        """The fields of its end, or of going on; what stands in them stays while the case is read again."""
        clear(self.end.body)
        self.end.setVisible(self.may_change)
        if case.status is CaseStatus.OPEN:
            self.close_reason = self._combo("case_close_reason", "Why the case ends", "", nothing="Why?")
            self.outcome = self._combo("case_outcome", "How it ended", "", nothing="How did it end?")
            self._add(self.end, self.close_reason)
            self._add(self.end, self.outcome)
            words = label("Planned steps end with it.", "small")
            self._add(self.end, words, None, button("Close the case", self._close))
            return
        self.reopen_reason = QLineEdit()
        self.reopen_reason.setPlaceholderText("Why it goes on")
        self.reopen_reason.setAccessibleName("Why the case goes on")
        self.reopen_reason.returnPressed.connect(self._reopen)
        self._add(self.end, self.reopen_reason, button("Reopen", self._reopen))

    def _add(self, where: Panel | QVBoxLayout, *parts: QWidget | None) -> None:
        line = row(*parts)
        line.setContentsMargins(14, 6, 10, 6)
        (where.body if isinstance(where, Panel) else where).addWidget(line)

    def _combo(self, name: str, spoken: str, value: str, *, nothing: str = "") -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(spoken)
        if nothing:
            made.addItem(nothing, "")
        for code, words in self.desk.lists.codes(name):
            made.addItem(words, code)
        if value:
            choose_kept(made, value, self._say(name, value))
        return made

    def _say(self, name: str, code: str) -> str:
        return self.desk.lists.words.word(name, code)

    def _add_goal(self) -> None:
        case_id, cases = self.case_id, self.desk.services.cases
        goal = self.need.goal()

        def added(change: Change) -> None:
            if case_id == self.case_id and goal == self.need.goal():
                self._begin_need()
            self._done(change)

        if case_id is not None and self.need.add.isEnabled():
            self.ask_to_save(lambda: cases.add_goal(case_id=case_id, goal=goal), added)

    def _begin_need(self) -> None:
        """Empty the fields of a new need, and bring back what was typed into them and not saved."""
        self.need.clear()
        if self.file is not None and self.may_change:
            self.start_draft(self.file.case.person_id, about=str(self.file.case.id))

    def _on_status(self, goal: Goal, field: QComboBox, _place: int) -> None:
        cases, status = self.desk.services.cases, field.currentData()
        goal_id = goal.id
        if goal_id is not None and status != goal.status:
            self.ask(lambda: cases.change_goal(goal_id=goal_id, status=status), self._done)

    def _join(self, *, is_primary: bool) -> None:
        case_id, cases, staff_id = self.case_id, self.desk.services.cases, self.member.currentData()
        if case_id is not None and staff_id is not None:
            self.ask(
                lambda: cases.assign(case_id=case_id, staff_id=staff_id, is_primary=is_primary), self._done
            )

    def _on_joining(self, _place: int) -> None:
        """Whoever was chosen stays so when the case is read again."""
        self._joining = self.member.currentData()

    def _leave_team(self, staff_id: UUID) -> None:
        case_id, cases = self.case_id, self.desk.services.cases
        if case_id is not None:
            self.ask(lambda: cases.leave_team(case_id=case_id, staff_id=staff_id), self._done)

    def _close(self) -> None:
        file, cases = self.file, self.desk.services.cases
        reason, outcome = self.close_reason.currentData(), self.outcome.currentData()
        if file is not None:
            case = file.case
            self.ask(
                lambda: cases.close(case_id=case.id, reason=reason, outcome=outcome, version=case.version),
                self._done,
            )

    def _reopen(self) -> None:
        file, cases, reason = self.file, self.desk.services.cases, self.reopen_reason.text()
        if file is not None:
            case = file.case
            self.ask(lambda: cases.reopen(case_id=case.id, reason=reason, version=case.version), self._done)

    @override
    def refused(self, error: Exception) -> None:
        """Where a colleague closed, reopened or changed the case meanwhile, show it as it is now."""
        super().refused(error)
        if isinstance(error, (CaseEnded, AlreadyClosed, NotClosed, StaleRecord)):
            self.refresh()

    def _done(self, change: Change) -> None:
        self.desk.hub.changed.emit(change)

    def _print_notes(self) -> None:
        notes, file = self.desk.services.notes, self.file
        if file is not None:
            case = file.case
            self.ask_once(
                "print",
                lambda: notes.print(person_id=case.person_id, case_id=case.id),
                lambda printed: self.keep_printed(printed, "Save the notes of the case"),
            )

    def _plan(self) -> None:
        self.desk.show("schedule", self.person_in_view)

    def _open_person(self) -> None:
        self.desk.show("person", self.person_in_view)
