"""Where a page of the gate stands in its window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


def centred(panel: QWidget, width: int) -> QWidget:
    """A panel of a width in the middle of the ground, a little above its half."""
    ground = QWidget()
    ground.setObjectName("ground")
    column = QVBoxLayout(ground)
    column.addStretch(1)
    panel.setFixedWidth(width)
    column.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(2)
    return ground
