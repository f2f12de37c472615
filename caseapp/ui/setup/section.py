"""A section of Setup: a page of its own, shown to whoever holds its right."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk

T = TypeVar("T")


class Section(QWidget):
    """What a section shares: its words in the strip, its right, and verbs run in the background."""

    words: ClassVar[str] = ""
    right: ClassVar[Right] = Right.SEE_STAFF

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(12)

    def about(self, subject: object) -> None:
        """Show what another screen asks this section for."""

    def refresh(self) -> None:
        """Read again what is shown."""

    def ask(self, work: Callable[[], T], then: Callable[[T], None], *, key: str = "") -> None:
        """Run a verb in the background; its sentence is shown when it is refused."""
        name = f"setup {type(self).__name__} {key}" if key else ""
        self.desk.tasks.run(work, then=then, failed=self.refused, key=name)

    def refused(self, error: Exception) -> None:
        """Say why something did not work."""
        self.desk.say(sentence(error), None)
