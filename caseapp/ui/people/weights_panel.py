"""How pairs are weighed, in plain words, with the way to learn the weights again."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from caseapp.domain.counted import counted
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, clear, label, scrolled

_HEIGHT = 210
"""Pixels of the opened list; the rest scrolls."""


class WeightsPanel(Panel):
    """Folded until somebody asks why a pair is taken to be likely."""

    def __init__(self, desk: Desk, *, learn: Callable[[], None]) -> None:
        self.toggle = button("Show")
        self.toggle.setAccessibleName("Show how pairs are weighed")
        self.toggle.setCheckable(True)
        super().__init__("How pairs are weighed", actions=[self.toggle])
        self._desk = desk
        self._words = QVBoxLayout()
        self._words.setContentsMargins(14, 8, 14, 8)
        self._words.setSpacing(3)
        self.learn = button("Learn again", learn, hint="Compares all records and learns from them")
        self._words_area = scrolled(self._words, "Weights")
        self._words_area.setFixedHeight(desk.look.pixels(_HEIGHT))
        self.body.addWidget(self._words_area)
        self._words_area.hide()
        self.toggle.toggled.connect(self._on_toggled)

    def refresh(self) -> None:
        """Read the weights again, where they are shown."""
        if self.toggle.isChecked():
            self._desk.tasks.run(
                self._desk.services.recognition.weights_in_words,
                then=lambda found: self._show(*found),
                failed=lambda error: self._desk.say(sentence(error), None),
                key="weights",
            )

    def _on_toggled(self, is_on: bool) -> None:
        self.toggle.setText("Hide" if is_on else "Show")
        self._words_area.setVisible(is_on)
        self.refresh()

    def _show(self, times: int, lines: list[str]) -> None:
        self.learn.setParent(None)
        clear(self._words)
        learned = (
            f"Learned {counted(times, 'time')} from this agency's own records."
            if times
            else "Not learned yet: these are the weights the program comes with."
        )
        self._words.addWidget(label(learned, "second", wraps=True))
        self._words.addWidget(self.learn)
        for line in lines:
            self._words.addWidget(label(line, "small", wraps=True))
        self._words.addStretch(1)
