"""Pages of which one is shown."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override


class Stack(QStackedWidget):
    """Asks for the room of the page that is shown, not of the largest one."""

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        if shown is None:
            return QSize(0, 0)
        hint = shown.minimumSizeHint().expandedTo(shown.minimumSize())
        height = self.heightForWidth(max(self.width(), hint.width()))
        return QSize(hint.width(), max(hint.height(), height))

    @override
    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        wish = shown.sizeHint() if shown is not None else QSize(0, 0)
        return wish.expandedTo(self.minimumSizeHint())

    @override
    def hasHeightForWidth(self) -> bool:
        """The layout around asks for the least size, which knows the width that the page has."""
        return False

    @override
    def heightForWidth(self, arg__1: int) -> int:
        """What the page needs: with less, a layout in which texts wrap lays its parts over each other."""
        shown = self.currentWidget()
        layout = shown.layout() if shown is not None else None
        if layout is None or not layout.hasHeightForWidth():
            return -1
        return layout.totalHeightForWidth(arg__1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
