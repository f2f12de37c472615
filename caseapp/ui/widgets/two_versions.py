"""A form whose record somebody else saved meanwhile: both versions field by field above it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.notes import differences
from caseapp.ui.widgets.basics import clear
from caseapp.ui.widgets.clash import Clash
from caseapp.ui.widgets.form import Form, as_texts


class TwoVersions(QWidget):
    """Empty until two versions meet; what is kept of both stands in the form, to be saved over theirs."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._read: dict[str, str] = {}
        self._base: dict[str, str] = {}
        self.clash: Clash | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)

    def begin(self) -> None:
        """The form stands as the record was read."""
        self._read = self._form.texts()
        self._let_go()

    def meet(self, fill_theirs: Callable[[], None], *, who: str) -> None:
        """Lay what was typed beside what `fill_theirs` puts into the form, and join them in it.

        What only they changed is in the form at once. What both changed before and nobody chose of is asked
        again when a third version comes.
        """
        base = {**self._read, **self.bases_of_open()}
        typed = self._form.texts()
        fill_theirs()
        self._read = self._form.texts()
        mine = {key: typed.get(key, "") for key in self._read}
        self._form.put_texts(mine)
        self._let_go()
        self._base = base
        found = differences(base=base, mine=mine, theirs=self._read)
        asked = self._form.unsettled(base, mine, self._read)
        self.clash = Clash(found, self._form, who=who, taken=self._let_go, asked=asked)
        self._lines.addWidget(self.clash)
        self._reach_by_tab(self.clash)

    def meet_typed_before(self, read: Mapping[str, Any], *, who: str) -> None:
        """What came back into the form was typed before somebody saved; `read` is what they changed."""
        theirs = self._read
        self._read = {**theirs, **as_texts(read)}
        self.meet(lambda: self._form.put_texts(theirs), who=who)

    def bases_of_open(self) -> dict[str, str]:
        """What both had read in the fields that nobody chose of yet, and in those bound to them."""
        left = self._form.with_bound(self.clash.still_open) if self.clash else ()
        return {key: text for key, text in self._base.items() if key in left}

    def may_save(self) -> bool:
        """Whether nothing is left to choose; otherwise it is asked for, beside what both changed."""
        return self.clash is None or self.clash.is_decided()

    def _reach_by_tab(self, clash: Clash) -> None:
        """Tab comes to its buttons where it stands, though it was made last."""
        before = self.previousInFocusChain()
        while before is not None and before.isAncestorOf(self):
            before = before.previousInFocusChain()
        for one in clash.in_order:
            if before is not None:
                self.setTabOrder(before, one)
            before = one

    def _let_go(self) -> None:
        self.clash = None
        clear(self._lines)
