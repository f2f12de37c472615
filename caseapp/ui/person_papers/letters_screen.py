"""Letters to many: which letter, every page looked at, who is left out and why, then print or save all."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter

from caseapp.domain.changes import Change, Kind
from caseapp.domain.counted import counted
from caseapp.domain.forms import OwnLetter
from caseapp.domain.papers import LETTERS, TITLES, PaperKind
from caseapp.services.letters import Checked, Checking, PrintedLetters
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.person_papers.subjects import LettersFor
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import offer
from caseapp.ui.widgets.pages import Pages
from caseapp.ui.widgets.table import Column, Table

_LANGUAGES = (("", "Each person's own"), ("en", "English"), ("es", "Español"))
_SHIPPED = tuple(((kind, ""), TITLES[kind]) for kind in LETTERS)
_LANGUAGE_WORDS = {"en": "English", "es": "Español"}


class LettersScreen(Screen):
    """A list of letters beside their pages; Enter or X takes one out or in."""

    name = "letters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Letters")
        self._for = LettersFor((), "")
        self._left_out: set[UUID] = set()
        self.checking: Checking | None = None
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, LettersFor):
            self._for = subject
        self.beside.setText(f"to {self._for.words}" if self._for.words else "")
        self.ask(self.desk.services.forms.own_letters, self._on_own, key="own")
        self.refresh()

    def refresh(self) -> None:
        people, letters = self._for.person_ids, self.desk.services.letters
        (kind, own), language = self.kind.currentData() or (None, ""), self.language.currentData()
        self._may_print(False)
        if not people or kind is None:
            self._show(Checking((), b"", 0))
            return
        self.desk.tasks.run_long(
            "Letters",
            lambda report: letters.check(
                kind=kind, own=own, person_ids=people, language=language, progress=report
            ),
            then=self._on_checked,
            failed=self.refused,
        )

    def changed(self, change: Change) -> None:
        """What was printed changes no letter; anything else may."""
        if change.kinds != {Kind.DISCLOSURE}:
            self.refresh()

    def save_to(self, path: Path) -> None:
        """Record the letters that go, and write them into one file."""
        self._leave(path=path)

    def _build(self) -> None:
        self.save_button = button("Save as PDF", self._ask_where)
        self.print_button = button("Print", self._print, look="primary")
        self.action_line.addWidget(self.save_button)
        self.action_line.addWidget(self.print_button)
        left = Panel("Who gets one")
        form = Form(2)
        self.kind = form.choice("kind", "Letter", _SHIPPED)
        self.language = form.choice("language", "Language", _LANGUAGES)
        for field in (self.kind, self.language):
            field.currentIndexChanged.connect(lambda _place: self.refresh())
        holder = row(form)
        holder.setContentsMargins(14, 10, 14, 4)
        left.body.addWidget(holder)
        self.table: Table[Checked] = Table(
            "Letters",
            (
                Column("Goes", self._goes, tone=self._tone, width=90),
                Column("Person", lambda one: one.name, is_bold=True, width=190),
                Column("Look at", lambda one: "; ".join(one.problems) or "nothing", width=260),
                Column("Language", lambda one: _LANGUAGE_WORDS[one.language], width=90),
            ),
            self.desk.look,
            empty="Nobody to write to. Come here from People or Cases with the list that you want.",
        )
        self.table.opened.connect(self._turn)
        self.table.offer("Take out or in", "x")
        self.table.key_pressed.connect(lambda letter, one: self._turn(one) if letter == "x" else None)
        self.table.chosen.connect(self._on_chosen)
        left.body.addWidget(self.table, 1)
        self.words = label("", "small", wraps=True)
        foot = row(self.words, None, button("Take out or in", self._turn_current))
        foot.setContentsMargins(14, 6, 10, 8)
        left.body.addWidget(foot)
        self.pages = Pages("Preview of the letters")
        right = Panel("Every page, as it will print")
        right.body.addWidget(self.pages)
        line = Beside()
        line.addWidget(left, 3)
        line.addWidget(right, 2)
        self.content.addLayout(line, 1)
        self.begin_at(self.table.view)

    def _on_own(self, letters: tuple[OwnLetter, ...]) -> None:
        """Letters of our own stand below the shipped ones; what was chosen stays chosen."""
        own = [((PaperKind.OWN_LETTER, one.key), one.title) for one in letters]
        offer(self.kind, [*_SHIPPED, *own])

    def _on_checked(self, found: Checking) -> None:
        self._left_out = {one.person_id for one in found.letters if not one.may_go}
        self._show(found)

    def _show(self, found: Checking) -> None:
        self.checking = found
        self.pages.show_pdf(found.pdf)
        self.table.set_rows(found.letters)
        self._tell()

    def _tell(self) -> None:
        found = self.checking
        count = len(found.letters) if found else 0
        going = len(self._going())
        pages = found.pages if found else 0
        made = f"{counted(pages, 'page')} {'was' if pages == 1 else 'were'} made to look at."
        self.words.setText(f"{going} of {count} go. {made}" if count else "")
        self._may_print(going > 0)

    def _going(self) -> tuple[UUID, ...]:
        found = self.checking.letters if self.checking else ()
        return tuple(one.person_id for one in found if one.person_id not in self._left_out)

    def _goes(self, one: Checked) -> str:
        return "stays" if one.person_id in self._left_out else "goes"

    def _tone(self, one: Checked) -> str:
        if one.person_id not in self._left_out:
            return "good" if one.may_go else "warning"
        return "neutral"

    def _turn(self, one: Checked) -> None:
        self._left_out ^= {one.person_id}
        if self.checking:
            self.table.set_rows(self.checking.letters)
        self._tell()

    def _turn_current(self) -> None:
        one = self.table.current()
        if one is not None:
            self._turn(one)

    def _on_chosen(self, one: Checked | None) -> None:
        if one is not None:
            self.pages.turn_to(one.page)

    def _may_print(self, may: bool) -> None:
        for made in (self.print_button, self.save_button):
            made.setEnabled(may)

    def _ask_where(self) -> None:
        path = way_out.ask_where(self, "Save the letters", "letters.pdf", "PDF (*.pdf)")
        if path is not None:
            self._leave(path=path)

    def _print(self) -> None:
        printer = way_out.choose_printer(self)
        if printer is not None:
            self._leave(printer=printer)

    def _leave(self, *, path: Path | None = None, printer: QPrinter | None = None) -> None:
        people, letters = self._going(), self.desk.services.letters
        (kind, own), language = self.kind.currentData(), self.language.currentData()

        def left(printed: PrintedLetters) -> None:
            told = f"{len(printed.numbers)} letters recorded, each with its person."
            if path is not None:
                self.save_and_tell(path, printed.pdf, f"Saved {path.name}. {told}")
            if printer is not None:
                self.tell_printed(way_out.paint(printer, printed.pdf, self), told)
            self.desk.hub.changed.emit(Change(frozenset({Kind.DISCLOSURE})))

        def work(report: Callable[[str, int, int], bool]) -> PrintedLetters:
            if path is not None:
                files.check_writable(path)
            return letters.print(kind=kind, own=own, person_ids=people, language=language, progress=report)

        self.desk.tasks.run_long("Letters", work, then=left, failed=self.refused)
