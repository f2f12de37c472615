"""A layout while it is being made: one value that every part of the screen shows and changes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from caseapp.exchange.layouts import Layout
from caseapp.services.layouts import Draft, Looked
from caseapp.ui.screen import Desk


class Making(QObject):
    """The file, its layout as it stands, and what a pass over the whole file found.

    Signals:
        opened: another file or another layout to begin with.
        changed: the layout says something else now.
        looked: the whole file was gone through.
    """

    opened = Signal()
    changed = Signal()
    looked = Signal()

    def __init__(self, desk: Desk, refused: Callable[[Exception], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._refused = desk, refused
        self.draft: Draft | None = None
        self.found: Looked | None = None
        self.chosen: set[str] = set()
        """Fields whose columns somebody chose here."""
        self._layout: Layout | None = None
        self._found_of: Any = None

    @property
    def layout(self) -> Layout:
        """The layout as it stands; there is one once a file is open."""
        assert self._layout is not None  # noqa: S101
        return self._layout

    @property
    def is_open(self) -> bool:
        """Whether a file is open."""
        return self._layout is not None

    def open(self, draft: Draft) -> None:
        """Begin with a file."""
        self.draft, self._layout, self.found, self._found_of = draft, draft.layout, None, None
        self.chosen = set()
        self.opened.emit()
        self.changed.emit()

    def put(self, layout: Layout) -> None:
        """Let the layout say something else."""
        if layout != self._layout:
            self._layout = layout
            self.changed.emit()

    def look_through(self) -> None:
        """Go through the whole file, unless that was done under these columns and rules."""
        draft, layout = self.draft, self._layout
        if draft is None or layout is None:
            return
        state = (draft.path, layout.fields, layout.skips)
        if state == self._found_of:
            self.looked.emit()
            return
        self._found_of = state
        service = self._desk.services.layouts
        self._desk.tasks.run_long(
            "Counting values",
            lambda report: service.look_through(path=draft.path, layout=layout, progress=report),
            then=lambda found: self._on_found(state, found),
            failed=self._on_failed,
        )

    def _on_found(self, state: Any, found: Looked) -> None:
        if state == self._found_of:
            self.found = found
            self.looked.emit()

    def _on_failed(self, error: Exception) -> None:
        self._found_of = None
        self._refused(error)
