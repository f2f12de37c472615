"""Two versions of one form, field by field: what I typed and what somebody else saved meanwhile."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from caseapp.domain.notes import Difference, both
from caseapp.ui.widgets.basics import Panel, button, label, row

_CHOICES = ("Mine", "Theirs")
_JOINED = "Both"


class Clash(Panel):
    """Both versions side by side; nothing of either is lost before somebody chose.

    Where only one of the two changed a field, that one is chosen already; where both did, both are kept
    until somebody says otherwise, or what was typed where a field holds one value.
    """

    def __init__(
        self,
        differences: Sequence[Difference],
        titles: Mapping[str, str],
        *,
        who: str,
        chosen: Callable[[dict[str, str]], None],
        may_join: Collection[str],
    ) -> None:
        super().__init__(
            f"{who} saved this while you typed",
            actions=[button("Take these", self._take, look="primary", hint="Then save again")],
        )
        self.differences = tuple(differences)
        self._chosen, self._may_join = chosen, may_join
        self.picked: dict[str, str] = {}
        self._groups: dict[str, QButtonGroup] = {}
        grid_holder = QWidget()
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(14, 8, 14, 12)
        grid.setHorizontalSpacing(14)
        for place, words in enumerate(("", "What you typed", "What was saved", "Keep")):
            grid.addWidget(label(words, "small"), 0, place)
        for line, one in enumerate(differences, start=1):
            grid.addWidget(label(titles.get(one.key, one.key), "heading"), line, 0)
            for column, words in ((1, one.mine), (2, one.theirs)):
                grid.addWidget(label(words or "nothing", "second", wraps=True), line, column)
            grid.addWidget(self._choice(one, titles.get(one.key, one.key)), line, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.body.addWidget(grid_holder)

    def _choice(self, one: Difference, title: str) -> QWidget:
        group = QButtonGroup(self)
        buttons = []
        offered = (*_CHOICES, _JOINED) if one.key in self._may_join else _CHOICES
        kept = "Mine" if one.only_mine or _JOINED not in offered else _JOINED
        start = "Theirs" if one.only_theirs else kept
        for words in offered:
            made = button(words)
            made.setCheckable(True)
            made.setAccessibleName(f"{title}: {words.lower()}")
            made.clicked.connect(partial(self._pick, one, words))
            made.setChecked(words == start)
            group.addButton(made)
            buttons.append(made)
        self._groups[one.key] = group
        self._pick(one, start)
        return row(*buttons, None)

    def _pick(self, one: Difference, words: str, _on: bool = True) -> None:
        texts = {"Mine": one.mine, "Theirs": one.theirs, _JOINED: both(one)}
        self.picked[one.key] = texts[words]

    def _take(self) -> None:
        self._chosen(dict(self.picked))
