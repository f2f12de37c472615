"""One pair of records side by side: what each says, marked in words, and the three judgements."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseapp.domain.code_words import CodeWords
from caseapp.domain.counted import counted
from caseapp.domain.side_by_side import Line, Mark, line_of, side_by_side
from caseapp.services.recognition import ReviewPair
from caseapp.ui.people.candidates import in_sentences
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, chip, clear, hairline, label, row, scrolled

_TONES = {
    Mark.SAME: "good",
    Mark.PARTLY: "accent",
    Mark.DIFFERS: "warning",
    Mark.ONE_ONLY: "neutral",
}
_AT_ODDS = "One record says that the person died. The other has a later contact, or another day of death."
_ARE_CLOSE = "One record names the other as somebody close: perhaps they are relatives who look alike."
_KEYS = (("l", "Link", "primary"), ("n", "Not the same", ""), ("p", "Later", ""))


class PairView(Panel):
    """The pair that is judged.

    Signals:
        judged: the key of the judgement and the pair.
    """

    judged = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        self._buttons = [
            button(f"{words}  {key.upper()}", partial(self._judge, key), look=look)
            for key, words, look in _KEYS
        ]
        super().__init__("Side by side", actions=self._buttons)
        for made, (_key, words, _look) in zip(self._buttons, _KEYS, strict=True):
            made.setAccessibleName(words)
        self._desk = desk
        self._pair: ReviewPair | None = None
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(14, 10, 14, 12)
        self._inside.setSpacing(8)
        self.body.addWidget(scrolled(self._inside, "Both records"), 1)
        self.show_pair(None)

    def show_pair(self, pair: ReviewPair | None) -> None:
        """Show another pair, or say what belongs here."""
        self._pair = pair
        clear(self._inside)
        for made in self._buttons:
            made.setEnabled(pair is not None)
        if pair is None:
            self.title.setText("Side by side")
            self.set_chips([])
            words = "Choose a pair. What both records say stands here side by side, with what differs."
            self._inside.addWidget(label(words, "second", wraps=True))
        else:
            self._fill(pair)
        self._inside.addStretch(1)

    def _fill(self, pair: ReviewPair) -> None:
        self.title.setText("One person?")
        self.set_chips([chip(f"{pair.percent} % likely", "good" if pair.percent >= 90 else "warning")])
        self._inside.addWidget(label("Why", "small"))
        self._inside.addWidget(label(in_sentences(pair.reasons), wraps=True))
        if pair.apart is not None:
            when, by = self._desk.day_words(pair.apart.at), pair.apart.by
            words = f"Judged not the same before ({when}, {by}). What they agree in has changed since."
            self._inside.addWidget(label(words, "second", wraps=True))
        if pair.is_at_odds:
            self._inside.addWidget(label(_AT_ODDS, "heading", wraps=True))
        if pair.are_close:
            self._inside.addWidget(label(_ARE_CLOSE, "heading", wraps=True))
        self._inside.addWidget(hairline())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, stretch in enumerate((0, 3, 3, 2)):
            grid.setColumnStretch(column, stretch)
        for column, person in enumerate((pair.left, pair.right), start=1):
            opened = button("Open", partial(self._desk.show, "person", person.id), look="plain")
            opened.setAccessibleName(f"Open {person.display_name}")
            head = row(label(person.display_name, "heading", wraps=True), opened)
            grid.addWidget(head, 0, column)
        for number, line in enumerate(_lines(pair, self._desk.lists.code_words), start=1):
            self._add(grid, number, line)
        inside = QWidget()
        inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(inside)

    def _add(self, grid: QGridLayout, number: int, line: Line) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(line.title, "second"), number, 0, top)
        for column, text in enumerate((line.left, line.right), start=1):
            look = "heading" if line.mark is Mark.DIFFERS else "" if text else "second"
            shown = label(text or "not recorded", look, wraps=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark = f", {line.mark.value}" if line.mark else ""
            shown.setAccessibleName(f"{line.title}: {text or 'not recorded'}{mark}")
            grid.addWidget(shown, number, column, top)
        if line.mark:
            grid.addWidget(chip(line.mark.value, _TONES[line.mark]), number, 3, top)

    def _judge(self, key: str) -> None:
        if self._pair is not None:
            self.judged.emit(key, self._pair)


def _lines(pair: ReviewPair, said: CodeWords) -> list[Line]:
    """What both say, and where and how often each was met."""
    lines = list(side_by_side(pair.left.details, pair.right.details, said))
    if any(pair.places):
        met = [list(dict.fromkeys(places))[:4] for places in pair.places]
        lines.append(line_of("Met at", met[0], met[1], same=str.casefold))
    if any(pair.calls):
        calls = [counted(count, "call") for count in pair.calls]
        lines.append(Line("Calls", calls[0], calls[1], None))
    return lines
