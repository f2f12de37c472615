"""A field for a whole number."""

from PySide6.QtWidgets import QSpinBox

_INSET = 8
"""Pixels before the number, as before the letters of any field: a sheet's padding does not reach it."""


def number_field(name: str, least: int, most: int) -> QSpinBox:
    """A number from `least` to `most`; `name` is spoken."""
    made = QSpinBox()
    made.setRange(least, most)
    made.setAccessibleName(name)
    made.lineEdit().setTextMargins(_INSET, 0, 0, 0)
    return made
