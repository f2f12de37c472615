"""The process that holds the data, started by the window at the gate and ended by a lock.

What Python once read stays in its memory, so a lock ends the process. The gate's process never sees the
data key: it passes the sign-in on one line of JSON, and gets back one line for each change of state.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal


class DeskProcess(QObject):
    """One start of the desk; it waits, ready, until a sign-in comes.

    Signals:
        opened: the desk is on the screen.
        progressed: what a long sign-in does, how much of it is done, and of how much.
        refused: a sentence why the sign-in failed.
        locked: the user locked, the data is gone from memory.
        closed: the user closed the desk, or it ended by itself.
    """

    opened = Signal()
    progressed = Signal(str, int, int)
    refused = Signal(str)
    locked = Signal()
    closed = Signal()

    def __init__(self, database: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.setArguments(["-m", "caseapp", "desk-process", str(database)])
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.start()

    def sign_in(self, login: str, password: str) -> None:
        """Pass the sign-in on; it stands in no argument and in no file."""
        self._pass_on({"login": login, "password": password})

    def recover(self, login: str, printed: str, password: str) -> None:
        """Pass the printed key on with a new password, which then signs in."""
        self._pass_on({"login": login, "password": password, "recovery": printed})

    def end(self) -> None:
        """End a desk that nobody signed in to."""
        self._process.finished.disconnect(self._on_finished)
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(3000):
            self._process.kill()
            self._process.waitForFinished(3000)

    def _pass_on(self, given: dict[str, str]) -> None:
        self._process.write((json.dumps(given) + "\n").encode())

    def _on_output(self) -> None:
        while self._process.canReadLine():
            message = json.loads(bytes(self._process.readLine().data()).decode())
            if message["state"] == "progress":
                self.progressed.emit(message["words"], message["done"], message["total"])
                continue
            self._state = message["state"]
            if self._state == "open":
                self.opened.emit()
            elif self._state == "refused":
                self.refused.emit(message["words"])

    def _on_finished(self, _code: int, _status: object) -> None:
        signals: dict[str, Callable[[], None]] = {"locked": self.locked.emit, "refused": lambda: None}
        signals.get(self._state, self.closed.emit)()
