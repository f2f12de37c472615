"""A part of the workbench: facts that open as a form in their place, and close again when saved."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.services.calls import Workbench
from caseapp.ui.calls.words import Times
from caseapp.ui.errors import field_of, sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, clear, keys_inside, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.problem import Problem

LIVE = frozenset({"dates.not-a-moment", "call.times-run-backwards", "call.received-ahead"})
"""Refusals that are said as soon as a field is left; the others wait for Save."""


class Part(Panel):
    """Shows one side of a call; `open_form` edits it in place.

    While a form is open, what is read again does not disturb it: it is saved over the newest version
    when nobody changed this part meanwhile, and refused as stale when somebody did.

    Signals:
        opened: a form is open now and wants to be seen.
        closed: the form is gone, saved or not.
    """

    opened = Signal()
    closed = Signal()
    words_of_action = "Edit"
    saved_words = "Saved."

    def __init__(self, desk: Desk, title: str, key: str) -> None:
        self.edit = button(self.words_of_action, hint=f"{self.words_of_action} ({key})")
        self.edit.setAccessibleName(f"{self.words_of_action}: {title}")
        super().__init__(title, actions=(self.edit,))
        self.desk, self.key = desk, key
        self.may_change = desk.may(Right.CHANGE_CALLS)
        if not self.may_change:
            self.edit.hide()
        self.words = desk.lists.words
        self.bench: Workbench | None = None
        self.form: Form | None = None
        self.is_dirty = False
        self._said_live = ""
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self.body.addLayout(self._inside)
        self.edit.clicked.connect(lambda: self.open_form())
        for keys, do in (("Ctrl+Return", self.save), ("Escape", self.close_form)):
            keys_inside(self, keys, do)

    def data(self, bench: Workbench) -> object:
        """What this part edits, to tell whether somebody changed it meanwhile."""
        raise NotImplementedError

    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        """Fill the closed part."""
        raise NotImplementedError

    def make_form(self, bench: Workbench) -> Form:
        """The form, filled."""
        raise NotImplementedError

    def read(self, bench: Workbench) -> Any:
        """What the form says, checked; raises what the rules raise, with the name of the field."""
        raise NotImplementedError

    def write(self, bench: Workbench, value: Any) -> Change:
        """Run the verb; called in the background."""
        raise NotImplementedError

    def put_back(self, _before: Workbench) -> Callable[[Workbench], Change] | None:
        """How to take the save back, from the call as it is then; None where it cannot be."""
        return None

    def goes_beside(self, before: Workbench, now: Workbench) -> bool:
        """Whether what others wrote since is nothing that the form writes over."""
        return self.data(before) == self.data(now)

    def show_again(self, _bench: Workbench) -> bool:
        """Fill the open form from the call as it is now, and say so; False where it cannot be."""
        return False

    def extra_actions(self) -> list[QWidget]:
        """Further buttons of the open form."""
        return []

    def set_bench(self, bench: Workbench) -> None:
        """Show a call; an open form of the same call stays."""
        before = self.bench
        is_same = before is not None and before.call.id == bench.call.id
        if self.form is not None and before is not None and is_same:
            if self.data(before) == self.data(bench):
                self.bench = bench
            return
        self.bench = bench
        self._close()

    def times(self) -> Times:
        """The clock for this part's fields."""
        context = self.desk.services.context
        return Times(context.zone, now=context.now())

    def open_form(self) -> None:
        """Edit in place; the focus goes to the first field."""
        if self.bench is None or self.form is not None or not self.may_change:
            return
        clear_all(self._inside)
        form = self.form = self.make_form(self.bench)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        self.problem = Problem()
        self.save_button = button("Save  Ctrl+Enter", self.save, look="primary")
        actions = (*self.extra_actions(), None, button("Close  Esc", self.close_form, look="plain"))
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(row(*actions, self.save_button))
        self._inside.addWidget(holder)
        self.edit.setVisible(False)
        for field in form.findChildren(QLineEdit):
            field.editingFinished.connect(self._check_live)
        self.is_dirty, self._said_live = False, ""
        self._as_read = form.values()
        form.edited.connect(self._on_edited)
        first = next((one for one in form.findChildren(QWidget) if _takes_keys(one)), form)
        first.setFocus()
        self.opened.emit()

    def close_form(self) -> None:
        """Close without saving."""
        if self.form is not None:
            self._close()
            self.closed.emit()

    def save(self) -> None:
        """Save what the form says, or say beside the field what is missing."""
        bench, form = self.bench, self.form
        if bench is None or form is None or not self.save_button.isEnabled():
            return
        self.problem.clear_of(form)
        try:
            value = self.read(bench)
        except CaseAppError as error:
            self.refused(error)
            return
        self.save_button.setEnabled(False)
        self.is_dirty = True
        self.desk.tasks.run(
            lambda: self.write(bench, value),
            then=lambda change: self._on_saved(bench, change),
            failed=self.refused,
        )

    @property
    def unsaved_words(self) -> str:
        """What is said to whoever goes on to another call meanwhile."""
        title, number = self.title.text(), self.bench.call.number if self.bench else ""
        what = title if number in title else f"“{title}” of call {number}"
        if self.form is not None and not self.save_button.isEnabled():
            return f"{what} is being saved. Go on once that is done."
        return f"{what} is not saved. Save it with Ctrl+Enter or close it with Esc first."

    def refused(self, error: Exception) -> None:
        """Say why, beside the field where it came in."""
        if self.form is None:
            self.desk.say(sentence(error), None)
            return
        self.save_button.setEnabled(True)
        self.problem.refused(error, self.form)
        if isinstance(error, StaleRecord) and self.bench is not None:
            calls, call_id = self.desk.services.calls, self.bench.call.id
            self.desk.tasks.run(
                lambda: calls.open(call_id=call_id),
                then=self._meet,
                failed=lambda error: self.desk.say(sentence(error), None),
            )

    def _meet(self, theirs: Workbench) -> None:
        """Somebody saved first: what was typed goes over theirs, and is asked for only where both wrote."""
        form, before = self.form, self._as_read
        if form is None or self.bench is None or theirs.call.id != self.bench.call.id:
            return
        typed = {key: value for key, value in form.values().items() if value != before[key]}
        if self.goes_beside(self.bench, theirs):
            self.bench = theirs
            self.save()
            return
        if not self.show_again(theirs):
            return
        self.bench, stands = theirs, form.values()
        self._as_read = stands
        told = {
            key: _text(form.field(key))
            for key, value in typed.items()
            if stands[key] not in (before[key], value)
        }
        form.fill(typed)
        self.problem.clear_of(form)
        if not told:
            self.save()
        for key, words in told.items():
            form.error(key, f"Somebody else wrote “{words}” here meanwhile. Save once more to write yours.")

    def _on_edited(self) -> None:
        self.is_dirty = True

    def _check_live(self) -> None:
        """Say of a time that was just typed whether it can be one, without taking the focus."""
        form, bench = self.form, self.bench
        if form is None or bench is None:
            return
        if self._said_live:
            form.error(self._said_live, "", takes_focus=False)
        self._said_live = ""
        try:
            self.read(bench)
        except CaseAppError as error:
            key = field_of(error)
            if error.code in LIVE and form.field(key) is not None:
                self._said_live = key
                form.error(key, sentence(error), takes_focus=False)

    def _on_saved(self, before: Workbench, change: Change) -> None:
        self._close()
        self.closed.emit()
        redo = self.put_back(before)
        undo = None if redo is None else lambda: self._undo(before, redo)
        self.desk.say(self.saved_words, undo)
        self.desk.hub.changed.emit(change)

    def _undo(self, before: Workbench, redo: Callable[[Workbench], Change]) -> None:
        calls = self.desk.services.calls
        self.desk.tasks.run(
            lambda: redo(calls.open(call_id=before.call.id)),
            then=self.desk.hub.changed.emit,
            failed=lambda error: self.desk.say(sentence(error), None),
        )

    def _close(self) -> None:
        self.form, self.is_dirty = None, False
        clear_all(self._inside)
        self.edit.setVisible(self.may_change)
        if self.bench is not None:
            self.show_facts(self.bench, self._inside)


def clear_all(layout: QVBoxLayout) -> None:
    """Take everything out, with what stands in layouts inside."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item else None
        if isinstance(inner, QVBoxLayout):
            clear_all(inner)
    clear(layout)


def _text(field: QWidget | None) -> str:
    """What a field shows."""
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.text() if isinstance(field, QLineEdit) else ""


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.objectName().startswith("qt_")
