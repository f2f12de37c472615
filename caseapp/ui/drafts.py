"""Keeps what stands in a form of a screen, and brings it back when that form opens for that person."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseapp.domain.drafts import Draft, name_of
from caseapp.domain.errors import CaseAppError
from caseapp.services.desk import Services
from caseapp.ui.tasks import Tasks
from caseapp.ui.widgets.basics import button, label, row
from caseapp.ui.widgets.form import Form, as_texts

T = TypeVar("T")
DRAFT_AFTER = 1500
"""Milliseconds after the first key since the last keeping; two seconds of typing at most may be lost."""


_OVER = "typed over"
"""Where a draft keeps what stood in its fields before; no field has this name."""


def _nothing() -> None:
    """Nothing was typed that would have to be kept."""


class FormDraft(QObject):
    """The draft of one form; `bar` says that one came back, and takes it away again.

    `still_open` gives what stood, before somebody saved, in the fields of which nobody chose yet.

    Signals:
        restored: it came back into the form.
        outdated: it came back over fields that somebody changed since; with the texts that stood before.
        begun_anew: what was typed is given up; the form stands as the record was read.
    """

    restored = Signal()
    outdated = Signal(dict)
    begun_anew = Signal()

    def __init__(
        self, services: Services, tasks: Tasks, form: Form, name: str, *, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__(form)
        self._failed = failed
        self._drafts, self._tasks, self._form = services.drafts, tasks, form
        self._name = self._form_name = name
        self.still_open: Callable[[], Mapping[str, str]] = dict
        self._person_id: UUID | None = None
        self._before: dict[str, Any] = {}
        self._is_started = self._is_saving = self._edits = False
        self.words = label("", "small")
        self.bar: QWidget = row(self.words, None, button("Start anew", self._start_anew, look="plain"))
        self.bar.setVisible(False)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DRAFT_AFTER)
        self._wait.timeout.connect(self.keep)
        form.edited.connect(self._on_edited)

    def start(
        self, person_id: UUID | None, day_words: Callable[[Draft], str], *, edits: bool, about: str = ""
    ) -> None:
        """The form stands as it opens for somebody; what differs from now on is worth keeping.

        `about` tells apart what the form may be open for with one person, each with a draft of its own.

        A new record comes back whole, as it was begun. Where the form `edits` one on file, only what was
        typed comes back: what others save meanwhile stays theirs.
        """
        self._person_id, self._before, self._edits = person_id, self._form.values(), edits
        self._name = name_of(self._form_name, about)
        self._is_started, self._is_saving = True, False
        self._wait.stop()
        self.bar.setVisible(False)
        drafts, name = self._drafts, self._name
        self._tasks.run(
            lambda: drafts.get(form=name, person_id=person_id),
            then=lambda draft: self._restore(draft, person_id, day_words),
            failed=self._failed,
            key=f"draft {self._form_name}",
        )

    def begin_from_here(self) -> None:
        """The record was saved by somebody else meanwhile, as the form stands now."""
        self._before = self._form.values()

    def keep(self) -> None:
        """Keep what was typed, unless there is nothing new, or it is just being saved for good."""
        self._wait.stop()
        values = self._form.values()
        if self._is_started and not self._is_saving and values != self._before:
            self._tasks.run(self._keeping(values), then=lambda _none: None, failed=self._failed)

    def leave(self) -> None:
        """The form is about to be filled for somebody else, which is nobody's typing."""
        self.keep()
        self._is_started = False

    def let_go(self) -> None:
        """What was typed is not wanted any more."""
        self._wait.stop()
        self._is_started = False
        self._tasks.run(self._dropping(), then=lambda _none: None, failed=self._failed)

    def saving(self, save: Callable[[], T]) -> Callable[[], T]:
        """The save with what it means here: done, the draft is gone; refused, the words are kept."""
        self._wait.stop()
        self._is_saving = True
        values = self._form.values()
        keep = self._keeping(values) if values != self._before else _nothing
        drop = self._dropping()

        def work() -> T:
            try:
                saved = save()
            except CaseAppError:
                keep()
                raise
            with suppress(CaseAppError):
                drop()
            return saved

        return work

    def _keeping(self, values: dict[str, Any]) -> Callable[[], None]:
        """The form as it stands, and the texts that stood before in the fields that were typed over."""
        before = self._before
        typed = self._form.with_bound(key for key, value in values.items() if value != before.get(key))
        over = as_texts({key: before.get(key) for key in values if key in typed})
        content = {**values, _OVER: {**over, **self.still_open()}}
        drafts, name, person_id = self._drafts, self._name, self._person_id
        return lambda: drafts.keep(form=name, person_id=person_id, content=content)

    def _dropping(self) -> Callable[[], None]:
        drafts, name, person_id = self._drafts, self._name, self._person_id
        return lambda: drafts.drop(form=name, person_id=person_id)

    def _on_edited(self) -> None:
        if self._is_started:
            self._is_saving = False
            if not self._wait.isActive():
                self._wait.start()

    def _restore(self, draft: Draft | None, person_id: UUID | None, words: Callable[[Draft], str]) -> None:
        is_shown = isValid(self._form) and person_id == self._person_id
        if draft is None or not is_shown or self._form.values() != self._before:
            return
        over, before = as_texts(draft.content.get(_OVER, {})), as_texts(self._before)
        may_fill = over if self._edits and _OVER in draft.content else draft.content
        self._form.fill({key: value for key, value in draft.content.items() if key in may_fill})
        self._wait.stop()
        self.words.setText(f"Draft of {words(draft)} restored")
        self.bar.setVisible(True)
        self.restored.emit()
        changed = {key: value for key, value in over.items() if before.get(key) != value}
        if self._edits and changed:
            self.outdated.emit(changed)

    def _start_anew(self) -> None:
        self._form.fill(self._before)
        self.begun_anew.emit()
        self._wait.stop()
        self.bar.setVisible(False)
        self._tasks.run(self._dropping(), then=lambda _none: None, failed=self._failed)
