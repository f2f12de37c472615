"""A form whose record somebody else saved meanwhile: both versions field by field above it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.notes import differences
from caseapp.ui.widgets.basics import clear
from caseapp.ui.widgets.clash import Clash
from caseapp.ui.widgets.form import Form


class TwoVersions(QWidget):
    """Empty until two versions meet; what is chosen then goes into the form, to be saved over theirs."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._base: dict[str, str] = {}
        self.clash: Clash | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """The form stands as the record was read."""
        self._base = _texts(self._form.values())
        self._let_go()

    def meet(self, fill_theirs: Callable[[], None], *, who: str) -> None:
        """Lay what was typed beside what `fill_theirs` puts into the form, and leave the typed in it."""
        mine = self._form.values()
        fill_theirs()
        theirs = _texts(self._form.values())
        self._form.fill(mine)
        found = differences(base=self._base, mine=_texts(mine), theirs=theirs)
        self._base = theirs
        self._let_go()
        self.clash = Clash(
            found, self._form.titles, who=who, chosen=self._settle, may_join=self._form.may_join
        )
        self._lines.addWidget(self.clash)

    def _settle(self, picked: dict[str, str]) -> None:
        values = self._form.values()
        self._form.fill(
            {key: bool(text) if isinstance(values[key], bool) else text for key, text in picked.items()}
        )
        self._let_go()

    def _let_go(self) -> None:
        self.clash = None
        clear(self._lines)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: ("yes" if value is True else value or "") for key, value in values.items()}
