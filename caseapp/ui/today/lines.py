"""A line of a list on Today."""

from PySide6.QtWidgets import QHBoxLayout, QWidget


def line_of(words: QWidget, *parts: QWidget) -> QWidget:
    """Words that take the room of the line, and what belongs to them at its right end."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(14, 6, 10, 6)
    line.setSpacing(8)
    line.addWidget(words, 1)
    for part in parts:
        line.addWidget(part)
    return made
