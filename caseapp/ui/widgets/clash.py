"""Two versions of one form, field by field: what I typed and what somebody else saved meanwhile."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QWidget

from caseapp.domain.notes import Difference, both
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form

_MINE, _THEIRS, _JOINED = "Mine", "Theirs", "Both"
_BOTH_CHANGED = "Both of you changed this"
_GOES_WITH_CHANGED = "Only one of you changed this, but what it holds for was changed too"
_NOTHING_HERE = "What they changed is not among these fields, or it is what you typed too. Save again."


class Clash(Panel):
    """Both versions side by side; nothing of either is lost before somebody chose.

    What is kept stands in the form at once. Where only one of the two changed a field, that one is kept;
    where both did, both are, or somebody is asked where a field holds one value. Of what is in `asked`
    nothing goes without saying.
    """

    def __init__(
        self,
        differences: Sequence[Difference],
        form: Form,
        *,
        who: str,
        taken: Callable[[], None],
        asked: Container[str] = (),
    ) -> None:
        self._take_all = button("Take these", self._take, look="primary", hint="Then save again")
        super().__init__(f"{who} saved this while you typed", actions=[self._take_all])
        self._taken = taken
        self._choices = [
            _Choice(one, form, self._on_chosen, is_asked=one.key in asked) for one in differences
        ]
        self._problem = label("", "error", wraps=True)
        self._problem.setContentsMargins(14, 8, 14, 0)
        self._problem.setVisible(False)
        self.body.addWidget(self._problem)
        if self._choices:
            self.body.addWidget(self._grid())
        else:
            nothing = label(_NOTHING_HERE, "second", wraps=True)
            nothing.setContentsMargins(14, 8, 14, 12)
            self.body.addWidget(nothing)

    @property
    def still_open(self) -> list[str]:
        """The fields that nobody chose of yet."""
        return [one.difference.key for one in self._open]

    @property
    def in_order(self) -> list[QWidget]:
        """What the keyboard reaches here, from top to bottom."""
        return [self._take_all, *(one for choice in self._choices for one in choice.buttons)]

    def is_decided(self) -> bool:
        """Whether every field has what is to be kept; where not, say which, and go there."""
        left = self._open
        if left:
            left[0].ask()
        self._say_open(left)
        return not left

    def _on_chosen(self) -> None:
        if self._problem.isVisible():
            self._say_open(self._open)

    def _say_open(self, left: Sequence["_Choice"]) -> None:
        said = [
            f"{words}: {', '.join(one.title for one in left if one.is_of_both is both)}."
            for words, both in ((_BOTH_CHANGED, True), (_GOES_WITH_CHANGED, False))
            if any(one.is_of_both is both for one in left)
        ]
        self._problem.setText(" ".join((*said, "Choose what to keep, then save.")))
        self._problem.setVisible(bool(left))

    @property
    def _open(self) -> list["_Choice"]:
        return [one for one in self._choices if not one.is_decided]

    def _grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(14, 8, 14, 12)
        grid.setHorizontalSpacing(14)
        for place, words in enumerate(("", "What you typed", "What was saved", "Keep")):
            grid.addWidget(label(words, "small"), 0, place)
        for line, one in enumerate(self._choices, start=1):
            parts = (label(one.title, "heading", wraps=True), one.mine, one.theirs, one)
            for column, part in enumerate(parts):
                grid.addWidget(part, line, column)
        for column, share in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, share)
        return holder

    def _take(self) -> None:
        if self.is_decided():
            self._taken()


class _Choice(QWidget):
    """Whose text of one field is kept; it stands in the form as soon as it is chosen."""

    def __init__(
        self, difference: Difference, form: Form, chosen: Callable[[], None], *, is_asked: bool
    ) -> None:
        super().__init__()
        self.difference, self._form, self._chosen = difference, form, chosen
        self.title = form.titles[difference.key]
        self.mine = label(self._words(difference.mine), "second", wraps=True)
        self.theirs = label(self._words(difference.theirs), "second", wraps=True)
        self._last = difference.mine
        may_join = difference.key in form.may_join
        self._buttons = self._offer((_MINE, _THEIRS, _JOINED) if may_join else (_MINE, _THEIRS))
        self._is_chosen = False
        self.is_of_both = not (difference.only_mine or difference.only_theirs)
        start = "" if is_asked else _kept_unasked(difference, may_join=may_join)
        if start:
            self._buttons[start].setChecked(True)
            self._keep(start)

    @property
    def is_decided(self) -> bool:
        """Whether it was chosen, or goes without saying, or was typed since."""
        return self._is_chosen or self._now != self._last

    @property
    def buttons(self) -> list[QPushButton]:
        """Whose text may be kept, each a button."""
        return list(self._buttons.values())

    def ask(self) -> None:
        """Put the keyboard where this is chosen."""
        self._buttons[_MINE].setFocus()

    @property
    def _now(self) -> str:
        return self._form.texts()[self.difference.key]

    def _offer(self, names: Sequence[str]) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        made = {words: button(words, partial(self._choose, words)) for words in names}
        for words, one in made.items():
            one.setCheckable(True)
            one.setAccessibleName(f"{self.title}: {words.lower()}")
            group.addButton(one)
        line = row(*made.values(), None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line)
        return made

    def _choose(self, words: str) -> None:
        self._keep(words)
        self._chosen()

    def _keep(self, words: str) -> None:
        """Put a version into the form; what was typed since the last one is mine now."""
        if self._now != self._last:
            self.difference = replace(self.difference, mine=self._now)
            self.mine.setText(self._words(self._now))
        one = self.difference
        texts = {_MINE: one.mine, _THEIRS: one.theirs, _JOINED: both(one)}
        self._form.put_texts({one.key: texts[words]})
        self._last, self._is_chosen = self._now, True

    def _words(self, text: str) -> str:
        return self._form.in_words(self.difference.key, text) or "nothing"


def _kept_unasked(one: Difference, *, may_join: bool) -> str:
    """Which version is kept until somebody says otherwise; "" where one of two values would be lost."""
    if one.only_mine or one.only_theirs:
        return _MINE if one.only_mine else _THEIRS
    return _JOINED if may_join else ""
