"""Where Tab goes: through parts as they are read, whenever what stands in them was made."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(*parts: QWidget, after: QWidget | None = None) -> None:
    """Let Tab come through parts one after the other, from something before them where that is told.

    Qt takes what is made anew to the end of its order, behind all else of the window.
    """
    begins = [] if after is None else [after]
    stops = [one for part in parts for one in part.findChildren(QWidget) if _is_stop(one, part)]
    for before, one in pairwise([*begins, *(one for one in stops if one is not after)]):
        QWidget.setTabOrder(before, one)


def _is_stop(one: QWidget, part: QWidget) -> bool:
    """Not the list that a field opens, which is a window of its own."""
    is_inner = one.objectName().startswith("qt_") or one.focusProxy() is not None
    is_reached = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return is_reached and not is_inner and one.window() is part.window()
