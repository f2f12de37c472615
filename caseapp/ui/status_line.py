"""The line below the page: which file is open, when it was saved last, and the work in the background."""

from PySide6.QtWidgets import QProgressBar, QStatusBar

from caseapp.ui.tasks import Tasks
from caseapp.ui.widgets.basics import button, label


class StatusLine(QStatusBar):
    """Tells of the file and of long work, with the way to cancel it."""

    def __init__(self, database: str, tasks: Tasks) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(14, 0, 14, 0)
        self.addWidget(label(f"{database}, encrypted", "small"))
        self._saved = label("", "small")
        self.addWidget(self._saved)
        self._work = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName("Progress")
        self.stop = button("Cancel", tasks.cancel, look="plain")
        for part in (self._work, self._bar, self.stop):
            part.setVisible(False)
            self.addPermanentWidget(part)
        tasks.started.connect(self._on_started)
        tasks.finished.connect(self._on_finished)
        tasks.progressed.connect(self._on_progressed)

    def say_saved(self, clock: str) -> None:
        """Tell when something was saved, on the agency's clock."""
        self._saved.setText(f"Saved {clock}")

    def _on_started(self, name: str) -> None:
        self._work.setText(name)
        self._bar.setRange(0, 0)
        for part in (self._work, self._bar, self.stop):
            part.setVisible(True)

    def _on_progressed(self, name: str, done: int, total: int) -> None:
        self._work.setText(f"{name}: {100 * done // max(total, 1)} %")
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _on_finished(self, _name: str) -> None:
        for part in (self._work, self._bar, self.stop):
            part.setVisible(False)
