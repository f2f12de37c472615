"""Notices that nobody is at the desk: no key and no mouse for some minutes, whatever window is open."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

LOCK_AFTER = (2, 5, 10, 15)
"""Minutes that are offered; fifteen is the most that the trust page allows."""

USUAL = 10
WARNING = 30.0
"""Seconds before the lock in which it is announced."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Counts the seconds since the last key or movement, also those for which the machine slept.

    It looks at what the system hands to each window, and once a second for new windows. To look at every
    event of the program instead would cost a quarter more of the processor.

    Signals:
        warned: whole seconds that are left, once a second.
        woken: somebody is there again after a warning.
        expired: the time is over; it counts anew from there.
    """

    warned = Signal(int)
    woken = Signal()
    expired = Signal()

    def __init__(self, parent: QObject | None = None, *, after: float = USUAL * 60) -> None:
        super().__init__(parent)
        self.after, self.warning = after, WARNING
        self._is_warned = False
        self._touch()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._look)

    def start(self) -> None:
        """Count from now on."""
        self._touch()
        self._tick.start()
        self._watch_windows()

    def stop(self) -> None:
        """Count no more."""
        self._tick.stop()
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    @override
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See what comes to a window, and leave it to the window."""
        if event.type() in _SIGNS_OF_LIFE:
            self._touch()
        return False

    def _watch_windows(self) -> None:
        """Watch every window there is; Qt keeps a filter once on each, however often it is set."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def _touch(self) -> None:
        self._seen = (time.monotonic(), time.time())
        if self._is_warned:
            self._is_warned = False
            self.woken.emit()

    def _idle(self) -> float:
        """Seconds by the clock that runs faster: one of them stands still while the machine sleeps."""
        return max(time.monotonic() - self._seen[0], time.time() - self._seen[1])

    def _look(self) -> None:
        self._watch_windows()
        left = self.after - self._idle()
        if left <= 0:
            self._touch()
            self.expired.emit()
        elif left <= self.warning:
            self._is_warned = True
            self.warned.emit(max(round(left), 1))
