"""What every screen is built on: the verbs, the background, the look, and the way to other screens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caseapp.domain.access import Right, has_right
from caseapp.domain.changes import Change
from caseapp.domain.day_words import day_words, weekday_words
from caseapp.domain.disclosures import subjects_of
from caseapp.domain.follow_ups import FollowUp
from caseapp.services.desk import Services
from caseapp.services.way_out import Printed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.changes import ChangeHub
from caseapp.ui.drafts import FormDraft
from caseapp.ui.errors import sentence
from caseapp.ui.lists import Lists
from caseapp.ui.spelling.speller import SpellCheck
from caseapp.ui.tasks import Tasks
from caseapp.ui.theme import Look
from caseapp.ui.widgets.basics import head, row
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.one_line import OneLine

T = TypeVar("T")

READING = "Reading…"
SLOW_AFTER = 400
"""Milliseconds after which a screen shows nobody any more while it reads somebody else."""

_TITLE_KEEPS = 24
"""Letters of a title that stay, however long the name beside it is."""


class LogContact(Protocol):
    """Opens the contact form; `back` gets the focus when it closes."""

    def __call__(
        self,
        person_id: UUID | None,
        follow_up: FollowUp | None = None,
        back: Callable[[], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a screen receives; `show` opens a screen by name with what it is about."""

    services: Services
    tasks: Tasks
    hub: ChangeHub
    look: Look
    show: Callable[[str, object], None]
    say: Callable[[str, Callable[[], None] | None], None]
    log_contact: LogContact
    spelling: SpellCheck
    lists: Lists

    def may(self, right: Right) -> bool:
        """Whether who is signed in holds a right, so that a screen leaves out what would be refused."""
        return has_right(self.services.context.actor.role, right)

    def local(self, at: datetime) -> datetime:
        """An instant on the agency's clock."""
        return at.astimezone(self.services.context.zone)

    def day_words(self, at: datetime, *, has_time: bool = True) -> str:
        """An instant as lists show it: "Today 09:12", or of a day "Today"; "Sun 22 Nov", "12 Nov 2025"."""
        moment, today = self.local(at), self.services.context.today()
        if moment.date() == today:
            return f"Today {moment:%H:%M}" if has_time else "Today"
        return weekday_words(moment) if moment.year == today.year else day_words(moment)


class Screen(QWidget):
    """A page of the desk: title and actions above, content below."""

    name = ""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._draft: FormDraft | None = None
        self._is_saving = self._is_shut = False
        self._awaited: list[object] = []
        self._slow_parts: Sequence[QWidget] = ()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_AFTER)
        self._slow.timeout.connect(self._say_that_it_reads)
        self._begins: QWidget = self
        self.setObjectName("ground")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 16, 22, 18)
        outer.setSpacing(12)
        self.title = OneLine(title, "title", keeps=_TITLE_KEEPS)
        self.beside = OneLine("", "second")
        self.action_box = QWidget()
        self.action_line = FlowLayout(self.action_box, is_one_line=True)
        outer.addWidget(head(row(self.title, self.beside, None), self.action_box))
        self.content = outer

    @property
    def person_in_view(self) -> UUID | None:
        """Whom the screen is about, so that what is started here already knows them."""
        return None

    def begin_at(self, field: QWidget) -> None:
        """Where the keyboard is when the screen opens.

        A focus proxy would do that too, but then Tab leaps over everything that stands before the proxy.
        """
        self._begins = field

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is here or nowhere, so that leading it on takes it from nobody."""
        focus = QApplication.focusWidget()
        return focus is None or focus is self or self.isAncestorOf(focus)

    def take_focus(self) -> None:
        """Put the keyboard where the screen begins."""
        self._begins.setFocus()

    def about(self, _subject: object) -> None:
        """Show what the screen was opened for."""
        self.refresh()

    def drafted(self, form: Form, name: str = "") -> FormDraft:
        """Let what is typed into this screen's form be kept until it is saved, by default as the screen's."""
        desk = self.desk
        self._draft = FormDraft(
            desk.services,
            desk.tasks,
            form,
            name or self.name,
            failed=lambda error: desk.say(sentence(error), None),
        )
        return self._draft

    def start_draft(self, person_id: UUID | None, *, edits: bool = False, about: str = "") -> None:
        """The form stands as it opens for somebody: bring back what was typed for them and not saved.

        `edits` where it shows a record on file, which others may change; `about` what else it is open for.
        """
        if self._draft is not None:
            self._draft.start(
                person_id, lambda draft: self.desk.day_words(draft.saved_at), edits=edits, about=about
            )

    def keep_draft(self) -> None:
        """Keep what was typed so far, before the desk is locked."""
        if self._draft is not None:
            self._draft.keep()

    def leave_draft(self) -> None:
        """Keep what was typed so far, before the form is filled for somebody else."""
        if self._draft is not None:
            self._draft.leave()

    def refresh(self) -> None:
        """Read again what is shown."""

    def changed(self, _change: Change) -> None:
        """A verb changed something; by default everything shown is read again."""
        self.refresh()

    def show_papers(self) -> None:
        """Ctrl+P: the papers of whoever is shown or chosen here, or the blank forms."""
        self.desk.show("papers", self.person_in_view)

    def let_out(self, row: object, text: str) -> None:
        """Put a row of one of this screen's lists on the clipboard, if it may leave."""
        subjects, papers = subjects_of(row), self.desk.services.papers
        self.ask(
            lambda: papers.copy(subjects=subjects, what=self.name),
            lambda _none: way_out.to_clipboard(text),
        )

    def save_and_tell(self, path: Path, content: bytes, words: str) -> None:
        """Write a file that a service let out, and say so."""
        self.ask(
            lambda: files.write_atomically(path, content),
            lambda _none: self.desk.say(words, None),
        )

    def keep_printed(self, printed: Printed, title: str) -> None:
        """Ask where pages that were let out are saved, and save them there."""
        path = way_out.ask_where(self, title, f"{printed.number}.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_and_tell(path, printed.pdf, f"Saved as {path.name}. It stands in the accounting.")

    def tell_printed(self, is_sent: bool, words: str) -> None:
        """Say what the printer did, and what was recorded."""
        done = "Sent to the printer." if is_sent else "The printer took nothing: save as PDF, or try again."
        self.desk.say(f"{done} {words}".strip(), None)

    def ask(self, work: Callable[[], T], then: Callable[[T], None], *, key: str = "") -> None:
        """Run a verb in the background; its sentence is shown when it is refused."""
        self.desk.tasks.run(work, then=then, failed=self.refused, key=key and f"{self.name} {key}")

    def ask_once(self, what: object, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """The same of what must not be done twice: asked for `what` again before the answer, do nothing."""
        if what in self._awaited:
            return
        self._awaited.append(what)

        def answered(value: T) -> None:
            self._awaited.remove(what)
            then(value)

        def failed(error: Exception) -> None:
            self._awaited.remove(what)
            self.refused(error)

        self.desk.tasks.run(work, then=answered, failed=failed)

    def ask_to_open(
        self,
        read: Callable[[], T],
        then: Callable[[T], None],
        *,
        parts: Sequence[QWidget],
        is_another: bool = False,
    ) -> None:
        """Read what the screen is about; where that is refused, nothing stays in its parts of anybody.

        With `is_another`, what is shown is of somebody else: it is taken away where the reading takes long.
        """
        if is_another:
            self._slow_parts = parts
            self._slow.start()

        def opened(value: T) -> None:
            self.show_parts(parts)
            then(value)

        def failed(error: Exception) -> None:
            self._slow.stop()
            self.let_go()
            self._shut(parts)
            self.refused(error)

        self.desk.tasks.run(read, then=opened, failed=failed, key=f"{self.name} open")

    def _say_that_it_reads(self) -> None:
        self._shut(self._slow_parts)
        self.take_away()
        self.title.setText(READING)

    def take_away(self) -> None:
        """What else is shown of somebody goes while somebody else is read, and that takes long."""

    def let_go(self) -> None:
        """Forget what the screen was about, which cannot be opened."""

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """Show again what was hidden because a record could not be opened; none is awaited any more."""
        self._slow.stop()
        self.drop("open")
        if self._is_shut:
            for part in (self.action_box, *parts):
                part.show()
        self._is_shut = False

    def _shut(self, parts: Sequence[QWidget]) -> None:
        self.title.clear()
        self.beside.clear()
        for part in (self.action_box, *parts):
            part.hide()
        self._is_shut = True

    def ask_to_save(self, save: Callable[[], T], then: Callable[[T], None]) -> None:
        """Save what stands in the form, once however often it is pressed before that is answered."""
        if self._is_saving or self._draft is None:
            return
        self._is_saving = True

        def saved(value: T) -> None:
            self._is_saving = False
            then(value)

        def failed(error: Exception) -> None:
            self._is_saving = False
            self.refused(error)

        self.desk.tasks.run(self._draft.saving(save), then=saved, failed=failed)

    def ask_late(self, work: Callable[[], T], then: Callable[[T], None], *, key: str) -> None:
        """Look up in the background what nobody waits for."""
        self.desk.tasks.run_late(work, then=then, failed=self.refused, key=f"{self.name} {key}")

    def drop(self, key: str) -> None:
        """Take no answer any more to what was asked for by this key."""
        self.desk.tasks.drop(f"{self.name} {key}")

    def refused(self, error: Exception) -> None:
        """Say why something did not work."""
        self.desk.say(sentence(error), None)
