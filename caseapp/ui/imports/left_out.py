"""The pairs of a list that somebody left out, kept encrypted until what is kept of them is saved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from caseapp.domain.drafts import Draft, name_of
from caseapp.services.list_matching import Reviewed
from caseapp.ui.drafts import DRAFT_AFTER
from caseapp.ui.screen import Desk

FORM = "match-list"


class Compared(NamedTuple):
    """Which lists were compared, and with what."""

    left: Path
    right: Path | None
    against: str

    @classmethod
    def of(cls, draft: Draft) -> "Compared":
        """Those whose pairs were left out in a draft."""
        right = draft.content.get("right")
        return cls(Path(draft.content["left"]), Path(right) if right else None, draft.content["against"])


class LeftOut(QObject):
    """The numbers of the pairs that are left out of one review.

    Signals:
        restored: pairs that were left out of the same lists before are left out again (how many).
    """

    restored = Signal(int)

    def __init__(self, desk: Desk, parent: QObject, *, failed: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._desk, self._failed = desk, failed
        self._reviewed: Reviewed | None = None
        self._compared: Compared | None = None
        self.pairs: set[int] = set()
        self._is_kept = True
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep)

    def start(self, reviewed: Reviewed, compared: Compared) -> None:
        """Nothing is left out of a new review but what was before, of the same lists."""
        self._reviewed, self._compared, self.pairs = reviewed, compared, set()
        drafts, form = self._desk.services.drafts, name_of(FORM, reviewed.mark)
        self._desk.tasks.run(
            lambda: drafts.get(form=form, person_id=None),
            then=lambda draft: self._restore(reviewed, draft),
            failed=self._failed,
            key=f"draft {FORM}",
        )

    def _restore(self, reviewed: Reviewed, draft: Draft | None) -> None:
        if draft is None or reviewed is not self._reviewed or self.pairs:
            return
        keys = set(draft.content.get("out", ()))
        self.pairs |= {one.id for one in reviewed.pairs if reviewed.key_of(one) in keys}
        if self.pairs:
            self.restored.emit(len(self.pairs))

    def turn(self, pair_id: int) -> None:
        """Leave a pair out, or keep it after all."""
        self.pairs ^= {pair_id}
        self._is_kept = False
        self._wait.start()

    def turn_all(self) -> None:
        """Keep every pair after all; nothing waits on Today then."""
        self.pairs.clear()
        self._is_kept = False
        self.keep()

    def keep(self) -> None:
        """Put on file what was left out since, before the desk is locked or another list chosen."""
        self._wait.stop()
        content = None if self._is_kept else self._content()
        if content is None:
            return
        self._is_kept = True
        drafts, form = self._desk.services.drafts, self._form
        if content["out"]:
            self._run(lambda: drafts.keep(form=form, person_id=None, content=content))
        else:
            self._run(lambda: drafts.drop(form=form, person_id=None))

    def let_go(self) -> None:
        """Another list is chosen: what was left out of this one is kept on file and shown no more."""
        self.keep()
        self._reviewed, self._compared, self.pairs = None, None, set()

    def drop(self, saved: Reviewed) -> None:
        """What is kept of a review was saved: nothing of it waits, though another is shown by now."""
        if saved is self._reviewed:
            self._wait.stop()
            self._is_kept = True
        drafts, form = self._desk.services.drafts, name_of(FORM, saved.mark)
        self._run(lambda: drafts.drop(form=form, person_id=None))

    def _run(self, work: Callable[[], None]) -> None:
        self._desk.tasks.run(work, then=lambda _none: None, failed=self._failed)

    @property
    def _form(self) -> str:
        return name_of(FORM, self._reviewed.mark if self._reviewed else "")

    def _content(self) -> dict[str, Any] | None:
        reviewed, compared = self._reviewed, self._compared
        if reviewed is None or compared is None:
            return None
        return {
            "list": compared.left.name,
            "left": str(compared.left),
            "right": str(compared.right or ""),
            "against": compared.against,
            "out": [reviewed.key_of(one) for one in reviewed.pairs if one.id in self.pairs],
        }
