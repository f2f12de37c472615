"""A column that scrolls where it is higher than the room that it has."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


class ScrolledColumn(QScrollArea):
    """Scrolls where its column is higher than the room: wrapped texts say their height only for a width."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._holder, self._shows = holder, 0
        self.setWidget(holder)
        holder.installEventFilter(self)
        self._ring = QFrame(self)
        self._ring.setObjectName("ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()

    def show_more(self, *, lines: int) -> None:
        """Be as high as the column, up to so many lines of text, where something around it scrolls."""
        self._shows = lines
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._ring.resize(self.size())

    @override
    def focusInEvent(self, arg__1: QFocusEvent) -> None:
        """Show that the arrows scroll here; what stands in the column covers all else that could."""
        super().focusInEvent(arg__1)
        self._ring.raise_()
        self._ring.show()

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        super().focusOutEvent(arg__1)
        self._ring.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        column = self._holder.layout()
        if column is not None:
            height = column.totalHeightForWidth(self.viewport().width())
            self._holder.setMinimumHeight(max(0, height))
            self.setMinimumHeight(max(0, min(height, self._shows * self.fontMetrics().height())))


def bring_into_view(part: QWidget, *, around: int) -> None:
    """Scroll whatever scrolls around a part until it is seen, with so many pixels around it."""
    outer = part.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(part, around, around)
        outer = outer.parentWidget()
