"""A layout that fills lines and wraps, for chips, choices and lines of fields."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Items from left to right, then the next line.

    With `fills`, what a line has left over is shared among those of its items that can use more room. With
    `is_one_line`, it asks for the room of one line, and wraps where it does not get it.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = 8,
        fills: bool = False,
        is_one_line: bool = False,
    ) -> None:
        super().__init__(parent)
        self._fills, self._is_one_line = fills, is_one_line
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, arg__1: QLayoutItem) -> None:
        self._items.append(arg__1)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        if arg__1 not in self._heights:
            self._heights[arg__1] = self._arrange(QRect(0, 0, arg__1, 0), is_real=False)
        return self._heights[arg__1]

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def setGeometry(self, arg__1: QRect) -> None:
        super().setGeometry(arg__1)
        self._arrange(arg__1, is_real=True)

    @override
    def sizeHint(self) -> QSize:
        size = self.minimumSize()
        if self._is_one_line:
            widths = [item.sizeHint().width() + self._gap for item in self._items if not item.isEmpty()]
            margins = self.contentsMargins()
            whole = sum(widths) - self._gap + margins.left() + margins.right()
            size.setWidth(max(size.width(), whole))
        return size

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, whole: QRect, *, is_real: bool) -> int:
        margins = self.contentsMargins()
        area = whole.marginsRemoved(margins)
        y = area.y()
        for line in self._lines(area.width()):
            height = max(size.height() for _item, size in line)
            if is_real:
                self._place(self._widened(line, area.width()), QPoint(area.x(), y), height)
            y += height + self._gap
        used = max(0, y - self._gap - area.y())
        return used + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items, each with its wish, as they fall into lines of a width."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = self._wish(item, width)
            if not lines or wanted.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, wanted))
            left -= wanted.width() + self._gap
        return lines

    def _wish(self, item: QLayoutItem, width: int) -> QSize:
        """The size of an item, higher where it wraps because it is wider than a line."""
        wanted = item.sizeHint()
        if wanted.width() > width and item.hasHeightForWidth():
            least = max(width, item.minimumSize().width())
            return QSize(least, item.heightForWidth(least))
        return wanted

    def _widened(self, line: list[tuple[QLayoutItem, QSize]], width: int) -> list[tuple[QLayoutItem, QSize]]:
        """The items with what is left of the line given to those that grow, and none wider than the line."""
        grow = [item.expandingDirections() & Qt.Orientation.Horizontal for item, _size in line]
        used = sum(size.width() + self._gap for _item, size in line) - self._gap
        count = sum(map(bool, grow))
        share = max(0, width - used) // count if self._fills and count else 0
        return [
            (item, QSize(min(size.width() + (share if grows else 0), max(width, 0)), size.height()))
            for (item, size), grows in zip(line, grow, strict=True)
        ]

    def _place(self, line: list[tuple[QLayoutItem, QSize]], corner: QPoint, height: int) -> None:
        """One line from its corner on, each item in the middle of its height."""
        x = corner.x()
        for item, size in line:
            item.setGeometry(QRect(QPoint(x, corner.y() + (height - size.height()) // 2), size))
            x += size.width() + self._gap
