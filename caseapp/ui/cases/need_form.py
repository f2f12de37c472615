"""What a person wants, in their words: the fields of a new need of a case."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.cases import Goal
from caseapp.ui.widgets.basics import button, row
from caseapp.ui.widgets.form import Form


class NeedForm(QWidget):
    """Domain, words and what would be enough; Enter in either text adds the need by `add`."""

    def __init__(self, domains: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.form = Form(2)
        self.statement = self.form.text("statement", "In the person's words", wide=True)
        self.domain = self.form.choice("domain", "Domain of a new need", domains)
        self.target = self.form.text("target", "What would be enough")
        self.add = button("Add", lambda: None)
        self.add.setAccessibleName("Add the need")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 6, 14, 8)
        self.body.addWidget(self.form)
        self.body.addWidget(row(None, self.add))

    def goal(self) -> Goal:
        """The need as it stands in the fields."""
        return Goal(self.domain.currentData(), self.statement.text(), self.target.text())

    def clear(self) -> None:
        """Make room for the next need, of the same domain."""
        self.statement.clear()
        self.target.clear()
