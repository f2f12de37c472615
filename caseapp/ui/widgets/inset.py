"""A form in place under its list: as high as it needs, and scrolled where the window is lower."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

_LEAST = 120
"""Pixels of height that a form keeps in the lowest window."""

_CORNER = 5
"""Pixels that are kept for the round corners, which the parts would paint over."""


class Inset(QScrollArea):
    """Takes a column of parts; it never makes the window wider or higher than it is."""

    def __init__(self, column: QVBoxLayout, name: str) -> None:
        super().__init__()
        self.setObjectName("inset")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = QWidget()
        inside.setObjectName("inset-inside")
        inside.setLayout(column)
        self._column = column
        self.setViewportMargins(0, _CORNER, 0, _CORNER)
        self.setWidget(inside)
        inside.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        edge = 2 * (self.frameWidth() + _CORNER) + 2
        width = self.viewport().width()
        return QSize(super().sizeHint().width(), self._column.totalHeightForWidth(width) + edge)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(_LEAST, self.sizeHint().height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
