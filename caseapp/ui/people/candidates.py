"""People somebody may be: at most five, best first, with reasons, and nobody where nobody is likely.

Who asks to look further sees those who come nearest, likely or not; none of them is taken by Enter.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from caseapp.domain.matching.intake import LIKELY
from caseapp.domain.matching.model import CERTAIN
from caseapp.domain.matching.traits import Candidate
from caseapp.ui.widgets.basics import button, chip, clear, cut, hairline, label, row
from caseapp.ui.widgets.column import bring_into_view

_GOOD = 70
"""Per cent from which the chip says so in the tone of what is good."""

_LINES_SHOWN = 4
"""Lines around a button that are brought into view with it: who it is, and why."""

_TOLD = 200
"""Letters shown of what tells somebody apart: others are offered below."""


class CandidateList(QWidget):
    """The offered people; the first one's button is the default, and Enter in a form presses it.

    Where it is rather somebody else, or nobody known, Enter goes to the button and the next one presses it.
    Enter takes nobody who was offered for other words than those that stand there: pressed before the answer,
    it waits for it, and takes the first one only where they were the first before. `otherwise` is what Enter
    does where nobody is offered.
    """

    def __init__(
        self,
        use: Callable[[Candidate], None],
        *,
        look_further: Callable[[], None] | None = None,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._use, self._look_further, self._otherwise = use, look_further, otherwise
        self._default: QPushButton | None = None
        self._last: QWidget = self
        self._is_answered, self._is_pressed = True, False
        self.is_likely = False
        """Whether it is rather the person offered first than another or nobody."""
        self.offered: tuple[Candidate, ...] = ()
        self._taken = QElapsedTimer()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(14, 8, 14, 10)
        self._lines.setSpacing(6)

    @property
    def certain(self) -> Candidate | None:
        """The person offered first for what stands there now, where hardly anybody else can be meant."""
        first = self.offered[0] if self.offered and self._is_answered else None
        return first if first is not None and first.probability >= CERTAIN else None

    def expect(self) -> None:
        """Something else is typed: what is offered answers it no more."""
        self._is_answered, self._is_pressed = False, False

    def show_people(
        self, found: Sequence[Candidate], *, otherwise: str = "", may_look_further: bool = False
    ) -> None:
        """Offer other people, or say why there is nobody."""
        first, was_seen = self.offered[:1], self._default is None or _is_seen(self._default)
        self._start(found)
        self.is_likely = bool(found) and _is_rather(found[0])
        for one in found:
            self._add(one)
        if not found and otherwise:
            self._lines.addWidget(label(otherwise, "second", wraps=True))
        if may_look_further and self._look_further is not None:
            further = button("Look further", self._look_further)
            further.setToolTip("Show who comes nearest, likely or not")
            self._lines.addWidget(row(further, None))
            self._reach_by_tab(further)
        is_same = [one.person_id for one in first] == [one.person_id for one in found[:1]]
        if self._is_pressed and ((is_same and was_seen and self.is_likely) or not found):
            self._press()
        self._is_pressed = False

    def show_failed(self) -> None:
        """The question found no answer, and Enter waits for none."""
        self.show_people((), otherwise="Who this may be could not be looked up.")

    def show_nearest(self, found: Sequence[Candidate]) -> None:
        """Those who come nearest, likely or not, none the default; the keyboard goes on at the first."""
        focus = QApplication.focusWidget()
        was_here = focus is not None and self.isAncestorOf(focus)
        self._start(found)
        words = "Those who come nearest, likely or not:" if found else "Nobody comes near."
        self._lines.addWidget(label(words, "second", wraps=True))
        for one in found:
            made = self._add(one, is_likely=False)
            if was_here and one is found[0]:
                made.setFocus()

    def _start(self, found: Sequence[Candidate]) -> None:
        clear(self._lines)
        self._default, self._is_answered, self._last = None, True, self._takes_tab_before()
        self.offered = tuple(found)
        self._taken.invalidate()

    def press_default(self) -> None:
        """Take the person offered first, once the offer answers what is typed; else do what Enter does.

        Somebody unlikely, or further down than the window shows, is gone to, and taken by the next Enter.
        """
        if not self._is_answered:
            self._is_pressed = True
        elif self._default is not None and not (self.is_likely and _is_seen(self._default)):
            self._default.setFocus()
            bring_into_view(self._default, around=self._default.height() * _LINES_SHOWN)
        else:
            self._press()

    def _press(self) -> None:
        if self._default is not None:
            self._default.click()
        elif self._otherwise is not None:
            self._otherwise()

    def _add(self, one: Candidate, *, is_likely: bool = True) -> QPushButton:
        look = "" if self._default or not (is_likely and self.is_likely) else "primary"
        use = button("Use this person", lambda: self._take(one), look=look)
        use.setAccessibleName(f"Use {one.name}")
        use.setAutoDefault(True)
        if is_likely:
            self._default = self._default or use
        head = [label(one.name, "heading", wraps=True)]
        if one.percent:
            head.append(chip(f"{one.percent} %", "good" if one.percent > _GOOD else "warning"))
        if self._lines.count():
            self._lines.addWidget(hairline())
        self._lines.addWidget(row(*head, None, use))
        for words in (cut(one.second_line, _TOLD), in_sentences(one.reasons), _stands_twice(one)):
            if words:
                self._lines.addWidget(label(words, "second", wraps=True))
        self._reach_by_tab(use)
        return use

    def _take(self, one: Candidate) -> None:
        """Take somebody, once for a double click."""
        if not self._taken.isValid() or self._taken.hasExpired(QApplication.doubleClickInterval()):
            self._taken.start()
            self._use(one)

    def _reach_by_tab(self, made: QPushButton) -> None:
        """Tab comes to it where it stands, though it was made after all else of the window."""
        QWidget.setTabOrder(self._last, made)
        self._last = made

    def _takes_tab_before(self) -> QWidget:
        """What Tab is at before it comes here; Qt takes no order from what it never stops at."""
        before = self.previousInFocusChain()
        while before is not None and before is not self:
            if before.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                return before
            before = before.previousInFocusChain()
        return self


def _is_seen(made: QPushButton) -> bool:
    return not made.visibleRegion().isEmpty()


def _is_rather(one: Candidate) -> bool:
    """Whether it is rather this person than another; who was found by words is whom somebody looked for."""
    return not one.percent or one.probability >= LIKELY


def _stands_twice(one: Candidate) -> str:
    """What to do about somebody who is certainly a person offered before."""
    if not one.same_as:
        return ""
    return f"Certainly the same person as {one.same_as} above: “Review pairs” under People links the two."


def in_sentences(reasons: Sequence[str]) -> str:
    """Reasons as short sentences: "Same phone. First name a known short form."."""
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in reasons)
