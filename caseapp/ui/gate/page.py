"""Where a page of the gate stands in its window."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def centred(panel: QWidget, width: int) -> QWidget:
    """A panel of a width in the middle of the ground, a little above its half."""
    ground = QWidget()
    ground.setObjectName("ground")
    column = QVBoxLayout(ground)
    column.addStretch(1)
    panel.setFixedWidth(width)
    line = QHBoxLayout()  # not an alignment: that would give lines that wrap the height of wider ones
    line.addStretch(1)
    line.addWidget(panel)
    line.addStretch(1)
    column.addLayout(line)
    column.addStretch(2)
    return ground
