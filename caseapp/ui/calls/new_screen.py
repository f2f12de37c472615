"""A call that no dispatch centre sent: found by the team, or told at the door or on a line of our own."""

from uuid import UUID

from typing_extensions import override

from caseapp.domain.calls import Call
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.ui.calls.facts_part import CallForm
from caseapp.ui.calls.words import Times
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, keys_inside
from caseapp.ui.widgets.problem import Problem

_TEAM = "team"
"""The source that stands there first: what others take is in their exports."""


class NewCallScreen(Screen):
    """The facts of a call; who was met, units and the narrative are added on its workbench."""

    name = "new-call"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "New call")
        self._build()

    @override
    def about(self, subject: object) -> None:
        self.leave_draft()
        context = self.desk.services.context
        self._blank = Call(UUID(int=0), 0, "", _TEAM, context.now(), "")
        self.problem.clear_of(self.form)
        self._fields.begin(Times(context.zone, now=context.now()))
        self._fields.fill(self._blank)
        self.start_draft(None)
        self.ask(self.desk.services.places.named, self._fields.offer, key="places")

    def _build(self) -> None:
        context = self.desk.services.context
        self._fields = CallForm(self.desk.lists.words, Times(context.zone, now=context.now()))
        form = self.form = self._fields.form
        self._fields.number.setPlaceholderText("your own, where it stays empty")
        panel = Panel("The call")
        panel.pad()
        self.problem = Problem()
        self.save = button("Save  Ctrl+Enter", self._save, look="primary")
        self.action_line.addWidget(self.save)
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        panel.body.addWidget(self.problem)
        panel.setMaximumWidth(self.desk.look.pixels(860))
        keys_inside(self, "Ctrl+Return", self._save)
        self.begin_at(self._fields.place)
        self.content.addWidget(panel)
        self.content.addStretch(1)

    def _save(self) -> None:
        self.problem.clear_of(self.form)
        try:
            call = self._fields.read(self._blank)
        except CaseAppError as error:
            self.refused(error)
            return
        calls = self.desk.services.calls
        self.ask_to_save(lambda: calls.add(call=call), self._on_saved)

    @override
    def refused(self, error: Exception) -> None:
        self.problem.refused(error, self.form)

    def _on_saved(self, call_id: UUID) -> None:
        self.desk.hub.changed.emit(Change(frozenset({Kind.CALL}), record_id=call_id))
        self.desk.show("calls", call_id)
        self.desk.say("The call is written. Add who was met, units and what happened below.", None)
