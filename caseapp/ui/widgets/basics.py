"""Labels, chips, buttons, panels: the small parts that every screen uses alike."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.column import ScrolledColumn
from caseapp.ui.widgets.flow import FlowLayout

LONGEST = 40
"""Letters of the longest word that a text which wraps shows whole; few addresses for mail have more."""

_PIECE = 12
"""Letters of the pieces of a longer one."""


class Wrapped(QLabel):
    """A text that wraps, also within a word for which no window has room, by marks that take none.

    Such a text is not marked with the mouse: the marks would be copied with it.
    """

    def __init__(self, text: str, *, longest: int = LONGEST) -> None:
        super().__init__()
        self._too_long = re.compile(rf"\S{{{longest + 1},}}")
        self._whole = ""
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.setText(text)

    @override
    def text(self) -> str:
        """The text without the marks."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        self._whole = text
        shown = self._too_long.sub(_in_pieces, text)
        if shown != text or self.accessibleName():
            self.setAccessibleName(text)
        if shown != text:
            super().setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        QLabel.setText(self, shown)

    @override
    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        if QLabel.text(self) == self._whole:
            super().setTextInteractionFlags(flags)


def _in_pieces(word: re.Match[str]) -> str:
    letters = word[0]
    return "\u200b".join(letters[at : at + _PIECE] for at in range(0, len(letters), _PIECE))


def label(text: str = "", look: str = "", *, wraps: bool = False, longest: int = LONGEST) -> QLabel:
    """Plain text in one of the looks: title, heading, second, small, error.

    One that wraps breaks words of more letters than the `longest`.
    """
    made = Wrapped(text, longest=longest) if wraps else QLabel(text)
    as_label(made, look)
    return made


def as_label(made: QLabel, look: str) -> None:
    """Let a label show plain text in one of the looks, whatever marks stand in it."""
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)


def cut(text: str, holds: int = 30) -> str:
    """A text that never widens what it stands in: cut with dots where it is longer."""
    return text if len(text) <= holds else f"{text[: holds - 1].rstrip()}…"


_CHIP_HOLDS = 56
"""Letters that a chip shows; a longer text is cut with dots and told whole."""


def chip(text: str, tone: str = "neutral", *, holds: int = _CHIP_HOLDS) -> QLabel:
    """A state in words on a coloured ground: neutral, accent, warning, danger, good; cut where it is long."""
    is_long = len(text) > holds
    made = QLabel(cut(text, holds))
    made.setToolTip(text if is_long else "")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("chip", "true")
    made.setProperty("tone", tone)
    made.setAccessibleName(text)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def mark(text: str, tone: str) -> QLabel:
    """A chip that is never cut, for what must be read whole; a long one wraps, on a line of its own."""
    made = chip(text, tone, holds=len(text))
    if len(text) > _CHIP_HOLDS:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return made


def button(
    text: str, do: Callable[[], object] | None = None, *, look: str = "", hint: str = ""
) -> QPushButton:
    """A button that calls `do`; `look` is primary or plain."""
    made = QPushButton(text)
    made.setProperty("look", look)
    made.setAccessibleName(text.replace("&", ""))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if hint:
        made.setToolTip(hint)
    if do is not None:
        made.clicked.connect(lambda: do())
    return made


def keys_inside(parent: QWidget, keys: str, do: Callable[[], object]) -> None:
    """Let keys do something while the focus is in a widget or its children, and nowhere else."""
    made = QShortcut(QKeySequence(keys), parent)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: do())


def restyle(made: QPushButton, look: str) -> None:
    """Give a button another look."""
    made.setProperty("look", look)
    made.style().unpolish(made)
    made.style().polish(made)


def hairline() -> QFrame:
    """A line between rows of a panel."""
    made = QFrame()
    made.setObjectName("hairline")
    return made


def row(*parts: QWidget | None, spacing: int = 8) -> QWidget:
    """Parts side by side; None is a gap that takes what is left, or gives it to a wrapped text before it."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    before: QWidget | None = None
    for part in parts:
        if part is not None:
            line.addWidget(part)
        elif isinstance(before, QLabel) and before.wordWrap():
            line.setStretchFactor(before, 1)
        else:
            line.addStretch(1)
        before = part
    return made


def named(words: str, field: QWidget, *more: QWidget) -> QWidget:
    """A field with its small label before it, which stay together where a line wraps."""
    made = label(words, "small")
    made.setBuddy(field)
    return row(made, field, *more)


def flowing(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Parts side by side that wrap where a line has no room, and share what it has left."""
    made = QWidget()
    flow = FlowLayout(made, spacing=spacing, fills=True)
    for part in parts:
        flow.addWidget(part)
    return made


def chips(parts: Sequence[QLabel]) -> QWidget:
    """Chips that wrap."""
    made = QWidget()
    flow = FlowLayout(made, spacing=6)
    for part in parts:
        flow.addWidget(part)
    return made


def head(words: QWidget, actions: QWidget) -> QWidget:
    """Words and the actions at their right end, or below them where a line has no room for both."""
    made = QWidget()
    line = Beside(made, spacing=8, letters=0)
    line.addWidget(words, 1)
    line.addWidget(actions, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


def _one_line(parts: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    line = FlowLayout(made, is_one_line=True)
    for part in parts:
        line.addWidget(part)
    return made


_CORNER = 6
"""Pixels that a panel keeps for its round corners, which a list would paint over."""


class Panel(QFrame):
    """A white panel with a hairline, a head of title, chips and actions, and a body."""

    def __init__(
        self, title: str = "", *, actions: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0 if title or actions else _CORNER, 0, _CORNER)
        self._outer.setSpacing(0)
        self.title = label(title, "heading")
        self.chips = QWidget()
        self._chip_line = QHBoxLayout(self.chips)
        self._chip_line.setContentsMargins(0, 0, 0, 0)
        if title or actions:
            words = row(self.title, self.chips, None)
            made = head(words, _one_line(actions)) if actions else words
            made.setContentsMargins(14, 6, 10, 6)
            made.setMinimumHeight(46)
            self._outer.addWidget(made)
            self._outer.addWidget(hairline())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._outer.addLayout(self.body, 1)

    def set_chips(self, parts: Sequence[QWidget]) -> None:
        """Replace the chips beside the title."""
        clear(self._chip_line)
        for part in parts:
            self._chip_line.addWidget(part)

    def pad(self) -> None:
        """Give the body a margin, for texts and forms."""
        self.body.setContentsMargins(14, 10, 14, 12 - _CORNER)
        self.body.setSpacing(8)


def apart(text: str) -> str:
    """Somebody's words so that their direction turns nothing beside them round (UAX 9, isolates)."""
    return f"\u2068{text}\u2069" if text else ""


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def scrolled(column: QVBoxLayout, name: str) -> QScrollArea:
    """The inside of a panel that scrolls on the panel's own ground, whatever theme is chosen later."""
    return _scrolling(column, name, inside="panel-inside")


def side_column(column: QVBoxLayout, width: int, name: str) -> QScrollArea:
    """Panels beside the content that scroll when the window is low."""
    area = _scrolling(column, name, inside="ground")
    area.setFixedWidth(width)
    return area


def _scrolling(column: QVBoxLayout, name: str, *, inside: str) -> QScrollArea:
    holder = QWidget()
    holder.setObjectName(inside)
    holder.setLayout(column)
    area = ScrolledColumn(holder)
    area.setAccessibleName(name)
    return area
