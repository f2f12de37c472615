"""Parts side by side where there is room for them, and one under the other where there is none."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from caseapp.ui.widgets.column import ScrolledColumn

_GAP = 14
_LETTERS = 46
"""Letters for which a part that grows has room in a line, at least."""

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
LINES, _WHOLE = 15, 1_000_000
"""Lines that what scrolls inside of a part shows in a column, and those of a part that scrolls itself."""

ANY_WIDTH = 16_777_215
"""Qt's own bound of a width: none."""


class Beside(QBoxLayout):
    """A line that turns into a column in a narrow window, or under large letters.

    `letters` says how much a part that grows shows in a line, at least. In a column a part of fixed width
    takes the whole width, and one that scrolls in a line shows all of it, since the page scrolls.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = _GAP, letters: int = _LETTERS
    ) -> None:
        super().__init__(_ACROSS, parent)
        self._letters = letters
        self._fixed: dict[QWidget, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @property
    def is_column(self) -> bool:
        """Whether the parts stand one under the other now."""
        return self.direction() is _DOWN

    @override
    def minimumSize(self) -> QSize:
        size = super().minimumSize()
        if self.direction() is _ACROSS:
            size.setWidth(min(size.width(), self._widest()))
        return size

    @override
    def setGeometry(self, arg__1: QRect) -> None:
        wanted = _ACROSS if arg__1.width() >= self._needed() else _DOWN
        if wanted is not self.direction():
            self._turn(wanted)
        super().setGeometry(arg__1)

    def _widths(self) -> list[int]:
        """The width that each part which is shown needs in a line; what does not grow is not squeezed."""
        widths = []
        holder = self.parentWidget()
        grown = self._letters * holder.fontMetrics().averageCharWidth() if holder is not None else 0
        for n in range(self.count()):
            item = self.itemAt(n)
            if item is None or item.isEmpty():
                continue
            part, least = item.widget(), item.minimumSize().width()
            wish = max(least, grown) if self.stretch(n) else max(least, item.sizeHint().width())
            widths.append(self._fixed.get(part, wish) if part is not None else wish)
        return widths

    def _needed(self) -> int:
        widths, margins = self._widths(), self.contentsMargins()
        return sum(widths) + self.spacing() * (len(widths) - 1) + margins.left() + margins.right()

    def _widest(self) -> int:
        """What the widest part needs in a column, where none has its fixed width."""
        items = [item for n in range(self.count()) if (item := self.itemAt(n)) and not item.isEmpty()]
        widths = [
            part.minimumSizeHint().width()
            if (part := item.widget()) is not None and _is_fixed(part)
            else item.minimumSize().width()
            for item in items
        ]
        margins = self.contentsMargins()
        return max(widths, default=0) + margins.left() + margins.right()

    def _turn(self, wanted: QBoxLayout.Direction) -> None:
        parts = [part for n in range(self.count()) if (item := self.itemAt(n)) and (part := item.widget())]
        holder = self.parentWidget()
        for column in holder.findChildren(ScrolledColumn) if holder is not None else ():
            column.show_more(lines=0 if wanted is _ACROSS else _WHOLE if column in parts else LINES)
        for part in parts:
            if wanted is _DOWN and _is_fixed(part):
                self._fixed[part] = part.minimumWidth()
                part.setMinimumWidth(0)
                part.setMaximumWidth(ANY_WIDTH)
            elif wanted is _ACROSS and part in self._fixed:
                part.setFixedWidth(self._fixed.pop(part))
        self.setDirection(wanted)


def _is_fixed(part: QWidget) -> bool:
    return 0 < part.minimumWidth() == part.maximumWidth()
