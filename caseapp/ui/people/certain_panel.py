"""Asks before all certain pairs are linked at once, links them, and offers the way back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel

from caseapp.domain.counted import counted
from caseapp.services.certain_links import Linked, Unlinked
from caseapp.ui.people.links import Pair
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, label

PAUSE = 2_000
"""Milliseconds before a link of many can be confirmed, so that nobody does it by a slip."""


class CertainPanel(Panel):
    """Hidden until it asks; `leave` is where the keyboard goes when it was answered."""

    def __init__(
        self, desk: Desk, refused: Callable[[Exception], None], *, leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._desk, self._refused, self._leave_to = desk, refused, leave
        self.words: QLabel = label("", wraps=True)
        self.go = button("Link them", self._link, look="primary")
        self.pad()
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(button("Cancel", self._leave))
        line.addWidget(self.go)
        self.body.addLayout(line)
        self.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(lambda: self.go.setEnabled(True))

    def ask(self, count: int) -> None:
        """Say how many pairs it would be, and wait a moment before it can be confirmed."""
        self.words.setText(
            f"{counted(count, 'pair is', 'pairs are')} at least 99.9 % likely to be one person. "
            "Linking can be undone; nothing is merged or lost."
        )
        self.go.setText(f"Link {counted(count, 'pair')}")
        self.go.setEnabled(False)
        self.show()
        self._pause.start()

    def _leave(self) -> None:
        self._pause.stop()
        self.hide()
        self._leave_to()

    def _link(self) -> None:
        self._leave()
        service = self._desk.services.certain_links
        self._desk.tasks.run_long(
            "Linking",
            lambda report: service.link(progress=report),
            then=self._on_linked,
            failed=self._refused,
        )

    def _on_linked(self, done: Linked) -> None:
        self._desk.say(f"Linked {counted(done.pairs, 'pair')}.", partial(self._take_back, done))
        self._desk.hub.changed.emit(done.change)

    def _take_back(self, done: Linked) -> None:
        service = self._desk.services.certain_links
        self._desk.tasks.run(
            lambda: service.take_back(linked=done), then=self._on_unlinked, failed=self._refused
        )

    def _on_unlinked(self, done: Unlinked) -> None:
        """Go on with the pairs of which somebody has to say whose it is what was written since."""
        self._desk.hub.changed.emit(done.change)
        pairs = tuple(Pair(*one) for one in done.asked)
        if pairs:
            self._desk.show("parting", pairs[0]._replace(rest=pairs[1:]))
        if pairs or done.shut:
            self._desk.say(_what_stays(done), None)


def _what_stays(done: Unlinked) -> str:
    asked, shut = len(done.asked), done.shut
    words = [f"Took back {counted(done.links, 'link')}."]
    if shut:
        stay = counted(shut, "link stays", "links stay")
        words.append(f"{stay}, because a record was restricted since.")
    if asked:
        stay = counted(asked, "pair stays linked", "pairs stay linked")
        words.append(f"{stay}, because something was written since: say whose it is, then unlink.")
    return " ".join(words)
