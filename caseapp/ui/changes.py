"""Tells every open screen what a finished verb changed."""

from PySide6.QtCore import QObject, Signal


class ChangeHub(QObject):
    """One for the window; screens connect and refresh when the change is about what they show.

    Signals:
        changed: a Change.
        outdated: somebody else changed what is shown, and it is to be read again.
    """

    changed = Signal(object)
    outdated = Signal()
