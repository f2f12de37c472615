"""The hand-over to the next shift: one free field, the rest comes from the day's own records."""

from collections.abc import Callable

from caseapp.ui import way_out
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.widgets.basics import Panel, button, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.pages import Pages


class HandOverScreen(Screen):
    """Words for the next shift, and the sheet as it will be printed."""

    name = "hand-over"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Hand-over to the next shift")
        self.pdf = b""
        self._build()

    def about(self, _subject: object) -> None:
        self.leave_draft()
        self.words.clear()
        self.start_draft(None)
        self.make()
        self.words.setFocus()

    def refresh(self) -> None:
        """The sheet is made when it is asked for, because each making is journaled."""

    def make(self) -> None:
        """Make the sheet from the records as they are now."""
        papers, words, mine = self.desk.services.work_papers, self.words.toPlainText(), self.mine.isChecked()
        self.ask(lambda: papers.hand_over(words=words, only_mine=mine), self._show, key="sheet")

    def _build(self) -> None:
        panel = Panel("To know")
        panel.pad()
        self.form = Form(1)
        self.words = self.form.lines("words", "What the next shift should know", height=180)
        mark_spelling(self.words, self.desk)
        self.mine = self.form.check("mine", "Only what is mine")
        self.draft = self.drafted(self.form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(self.form)
        self.again = button("Show the sheet", self.make, hint="As it is now")
        self.save = button("Save PDF", self._save)
        self.print = button("Print", self._print, look="primary")
        panel.body.addWidget(row(self.again, None, self.save, self.print))
        panel.body.addStretch(1)
        panel.setMaximumWidth(self.desk.look.pixels(460))
        self.pages = Pages("The sheet")
        line = Beside()
        line.addWidget(panel)
        line.addWidget(self.pages, 1)
        self.content.addLayout(line, 1)

    def _show(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.pages.show_pdf(pdf)

    def _save(self) -> None:
        papers, words, mine = self.desk.services.work_papers, self.words.toPlainText(), self.mine.isChecked()
        path = way_out.ask_where(self, "Save the hand-over", "hand-over.pdf", "PDF (*.pdf)")
        if path is not None:
            self.ask(
                lambda: papers.hand_over(words=words, only_mine=mine),
                lambda pdf: self._saved(lambda: self.save_and_tell(path, pdf, f"Saved as {path.name}.")),
            )

    def _print(self) -> None:
        papers, words, mine = self.desk.services.work_papers, self.words.toPlainText(), self.mine.isChecked()
        printer = way_out.choose_printer(self)
        if printer is not None:
            self.ask(
                lambda: papers.hand_over(words=words, only_mine=mine),
                lambda pdf: self._saved(lambda: way_out.paint(printer, pdf, self)),
            )

    def _saved(self, do: Callable[[], object]) -> None:
        """The words are on paper: the draft goes."""
        do()
        self.draft.let_go()
