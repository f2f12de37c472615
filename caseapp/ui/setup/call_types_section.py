"""Types of call: which category of ours each is, proposed with reasons and confirmed here."""

from caseapp.domain.access import Right
from caseapp.domain.call_types import SURE
from caseapp.domain.changes import Change
from caseapp.services.call_types import LIST, TypeLine
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, cut, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table, count_column

_HOW = (
    "Calls of this type get the category now, and every later import gives it too. A category that somebody "
    "chose on a call itself stays. Proposals come from words learned from the call types of other cities."
)
_KEYS = "In the list: P confirms the proposal and goes on, Enter goes to the choice."


class CallTypesSection(Section):
    """Every type on record, with its category or what is proposed."""

    words = "Types of call"
    right = Right.SEE_CALLS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._labels = dict(desk.lists.codes(LIST))
        self._types: list[TypeLine] = []
        self._build()

    def refresh(self) -> None:
        self.ask(self.desk.services.call_types.types, self._on_types, key="types")

    def _build(self) -> None:
        self.all = button(
            "Confirm what is sure", self._confirm_sure, hint=f"Proposals of {SURE:.0%} and more"
        )
        self.open_only = button("Only without category", self._on_open_only)
        self.open_only.setCheckable(True)
        left = Panel("Types of call on record", actions=[self.open_only, self.all])
        self.table: Table[TypeLine] = Table(
            "Types of call on record",
            (
                Column("Type", lambda one: one.type.text, is_bold=True, width=240),
                count_column("Calls", lambda one: one.type.calls, width=80),
                Column("Our category", self._given, tone=_tone, width=180),
                Column("Proposed", self._proposed, second=_why, width=260),
                Column("Sure", _sure, sort=lambda one: -_confidence(one), width=70, is_number=True),
            ),
            self.desk.look,
            empty="No calls yet. After the first import their types stand here.",
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _one: self.category.setFocus())
        self.table.key_pressed.connect(self._on_key)
        left.body.addWidget(self.table)
        line = Beside()
        line.addWidget(left, 1)
        line.addWidget(self._form_panel())
        if not self.desk.may(Right.IMPORT):
            self.panel.hide()
            self.all.hide()
        self.content.addLayout(line, 1)

    def _form_panel(self) -> Panel:
        self.panel = Panel("Category")
        self.panel.pad()
        self.form = Form(1)
        categories = [("", "None yet"), *self._labels.items()]
        self.category = self.form.choice("category", "Our category", categories)
        self.save = button("Save", self._save, look="primary")
        self.take = button("Take the proposal", self._take)
        self.panel.body.addWidget(self.form)
        self.panel.body.addWidget(row(self.take, None, self.save))
        self.panel.body.addWidget(label(_HOW, "small", wraps=True))
        self.panel.body.addWidget(label(_KEYS, "small", wraps=True))
        self.panel.body.addStretch(1)
        self.panel.setFixedWidth(self.desk.look.pixels(320))
        return self.panel

    def _on_types(self, types: list[TypeLine]) -> None:
        self._types = types
        self._show()

    def _show(self) -> None:
        is_open_only = self.open_only.isChecked()
        self.table.set_rows([one for one in self._types if not (is_open_only and one.type.category)])
        self.all.setEnabled(bool(self._sure_ones()))
        self._on_chosen(self.table.current())

    def _on_open_only(self) -> None:
        self._show()

    def _on_chosen(self, one: TypeLine | None) -> None:
        self.panel.setEnabled(one is not None)
        self.panel.title.setText(cut(one.type.text) if one else "Category")
        proposed = one.suggestion.category if one and one.suggestion else ""
        choose(self.category, (one.type.category or proposed) if one else "")
        self.take.setEnabled(bool(proposed) and one is not None and proposed != one.type.category)

    def _save(self) -> None:
        one = self.table.current()
        if one is not None:
            self._give({one.type.text: self.category.currentData() or ""})

    def _take(self) -> None:
        one = self.table.current()
        if one is not None and one.suggestion is not None:
            self._give({one.type.text: one.suggestion.category})

    def _sure_ones(self) -> dict[str, str]:
        return {
            one.type.text: one.suggestion.category
            for one in self._types
            if not one.type.category and one.suggestion and one.suggestion.confidence >= SURE
        }

    def _confirm_sure(self) -> None:
        self._give(self._sure_ones())

    def _give(self, categories: dict[str, str]) -> None:
        before = {one.type.text: one.type.category for one in self._types if one.type.text in categories}
        service, count = self.desk.services.call_types, len(categories)
        words = "Saved." if count == 1 else f"{count} types have their category."

        def done(change: Change) -> None:
            self.desk.say(words, lambda: self.ask(lambda: service.give(categories=before), self._changed))
            self._changed(change)

        if categories:
            self.ask(lambda: service.give(categories=categories), done)

    def _changed(self, change: Change) -> None:
        self.desk.hub.changed.emit(change)
        self.table.view.setFocus()

    def _on_key(self, letter: str, one: TypeLine) -> None:
        if letter == "p" and one.suggestion is not None and self.desk.may(Right.IMPORT):
            self._give({one.type.text: one.suggestion.category})
            index = self.table.view.currentIndex()
            below = index.siblingAtRow(index.row() + 1)
            if below.isValid():
                self.table.view.setCurrentIndex(below)

    def _given(self, one: TypeLine) -> str:
        return self._labels.get(one.type.category, one.type.category) or "none yet"

    def _proposed(self, one: TypeLine) -> str:
        found = one.suggestion
        return self._labels.get(found.category, found.category) if found else ""


def _why(one: TypeLine) -> str:
    return one.suggestion.why if one.suggestion else ""


def _confidence(one: TypeLine) -> float:
    return one.suggestion.confidence if one.suggestion else 0.0


def _sure(one: TypeLine) -> str:
    return f"{one.suggestion.confidence:.0%}" if one.suggestion else ""


def _tone(one: TypeLine) -> str:
    return "good" if one.type.category else "warning"
