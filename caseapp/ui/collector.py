"""Frees memory on the window's thread only: a widget that another thread lets go would take Qt down."""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""Milliseconds between looks; young objects are few by then, and a look takes a millisecond or two."""

_WHOLE_EVERY = 30
"""Every so many looks everything is looked at."""


class Collector(QObject):
    """Takes the garbage collector off every thread while a window with background work is open."""

    _open: ClassVar[int] = 0
    _has_frozen: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Collector._open += 1
        gc.disable()
        self._freeze_the_program()
        self._looks = 0
        self.is_resting = False
        """Long work makes millions of objects: looking at them meanwhile would hold the window up."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)

    def stop(self) -> None:
        """Give the collector back once no other window needs it off; call when no work is running."""
        if self._timer.isActive():
            self._timer.stop()
            Collector._open -= 1
            gc.collect()
            if not Collector._open:
                gc.enable()

    @classmethod
    def _freeze_the_program(cls) -> None:
        """What was loaded until the first window never goes: a whole look takes a third without it."""
        if not cls._has_frozen:
            cls._has_frozen = True
            gc.collect()
            gc.freeze()

    def _look(self) -> None:
        if self.is_resting:
            return
        self._looks += 1
        gc.collect(2 if self._looks % _WHOLE_EVERY == 0 else 1)
