"""A section of Setup: a page of its own, shown to whoever holds its right."""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, label, row
from caseapp.ui.widgets.form import Form

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

    def save_line(
        self,
        form: Form,
        do: Callable[[], object],
        *,
        name: str = "Save",
        words: str = "",
        otherwise: str = "An administrator can change this.",
        beside: Sequence[QWidget] = (),
    ) -> tuple[QPushButton, QWidget]:
        """The button that saves what a form says of the agency, and the line below the form that holds it.

        Whoever may not change the agency reads the form, and `otherwise` in place of `words`.
        """
        may = self.desk.may(Right.CHANGE_AGENCY)
        form.setEnabled(may)
        save = button("Save", do, look="primary")
        save.setAccessibleName(name)
        if not may:
            save.hide()
        return save, row(label(words if may else otherwise, "small"), *beside, None, save)

    def refused(self, error: Exception) -> None:
        """Say why something did not work."""
        self.desk.say(sentence(error), None)
