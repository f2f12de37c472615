"""Texts of printed forms in the agency's own words; the shipped text stands beside and can come back."""

from PySide6.QtCore import QTimer

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.forms import LetterNameTaken, LetterUnnamed, OwnLetter, is_of_own_letter
from caseapp.domain.papers import LETTER_FIELDS
from caseapp.domain.reading import EASIEST_ASKED
from caseapp.services.form_samples import Sample
from caseapp.services.forms import FormLine
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.pages import Pages
from caseapp.ui.widgets.table import Column, Table

_FORMS = (
    ("letters", "Letters to people"),
    ("release", "Release of information"),
    ("sheets", "Face sheet, safety plan, blank forms"),
    ("papers", "Cards and other papers"),
)
_LANGUAGES = (("en", "English"), ("es", "Español"))


class FormsScreen(Screen):
    """A list of texts and an editor for the chosen one."""

    name = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Texts of forms")
        self._to_choose = ""
        self._build()

    def refresh(self) -> None:
        form, language = self.form_choice.currentData(), self.language.currentData()
        forms = self.desk.services.forms
        self.adding.error("name", "", takes_focus=False)
        if self.desk.may(Right.CHANGE_AGENCY):
            self.add_part.setHidden(form != "letters")
        self.ask(lambda: forms.lines(form=form, language=language), self._show_lines, key="lines")

    def _build(self) -> None:
        line = Beside()
        line.addWidget(self._which_text(), 1)
        line.addWidget(self._in_our_words(), 1)
        self.content.addLayout(line, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(300)
        self._wait.timeout.connect(self._preview)
        self.text.textChanged.connect(self._wait.start)

    def _which_text(self) -> Panel:
        choices = Form(2)
        self.form_choice = choices.choice("form", "Form", _FORMS)
        self.language = choices.choice("language", "Language", _LANGUAGES)
        for choice in (self.form_choice, self.language):
            choice.currentIndexChanged.connect(self.refresh)
        left = Panel()
        left.body.setContentsMargins(12, 10, 12, 0)
        left.body.addWidget(choices)
        self.table: Table[FormLine] = Table(
            "Texts of forms",
            (
                Column("Text", lambda one: one.own or one.shipped, second=_name, width=420),
                Column(
                    "Whose",
                    _whose,
                    tone=lambda one: "accent" if one.own else "neutral",
                    width=100,
                    holds="as shipped",
                ),
            ),
            self.desk.look,
            empty="No texts.",
        )
        self.table.chosen.connect(self._on_chosen)
        left.body.addWidget(self.table, 1)
        self.adding = Form(1)
        self.letter_name = self.adding.text("name", "Name of a new letter")
        self.letter_name.returnPressed.connect(self._add_letter)
        self.add = button("Add the letter", self._add_letter)
        self.add_part = row(self.adding, self.add)
        self.add_part.setContentsMargins(0, 4, 0, 10)
        left.body.addWidget(self.add_part)
        if not self.desk.may(Right.CHANGE_AGENCY):
            self.add_part.hide()
        return left

    def _in_our_words(self) -> Panel:
        right = Panel("In our words")
        right.pad()
        self.editor = Form(1)
        self.text = self.editor.lines("text", "Text (words in braces are filled in)", height=110)
        right.body.addWidget(self.editor)
        self.save = button("Save", self._save, look="primary")
        self.back = button("Shipped text again", self._take_back)
        right.body.addWidget(row(self.back, None, self.save))
        self.fields = label("", "small", wraps=True)
        right.body.addWidget(self.fields)
        self.shipped_title = label("As shipped", "heading")
        right.body.addWidget(self.shipped_title)
        self.shipped = label("", "second", wraps=True)
        right.body.addWidget(self.shipped)
        self.reads = label("", "second", wraps=True)
        right.body.addWidget(self.reads)
        self.pages = Pages("How it prints")
        right.body.addWidget(self.pages, 1)
        return right

    def _add_letter(self) -> None:
        """It begins as the follow-up letter, in both languages, and is written from there."""
        forms, title = self.desk.services.forms, self.letter_name.text()
        self.ask_once(title, lambda: forms.add_letter(title=title), self._on_added)

    def _on_added(self, made: OwnLetter) -> None:
        self.letter_name.clear()
        self._to_choose = made.names[1]
        self.desk.say(f"“{made.title}” is in the list. Write its text in both languages.", None)
        self.desk.hub.changed.emit(Change(frozenset({Kind.AGENCY})))

    def _show_lines(self, lines: list[FormLine]) -> None:
        """The new letter's text is chosen as soon as it stands in the list."""
        self.table.set_rows(lines)
        new = next((one for one in lines if one.name == self._to_choose), None)
        if new is not None:
            self._to_choose = ""
            self.table.go_to(new)
            self.text.setFocus()

    def _on_chosen(self, one: FormLine | None) -> None:
        self.editor.clear_errors()
        is_own = one is not None and is_of_own_letter(one.name)
        self.back.setText("Take this letter away" if is_own else "Shipped text again")
        for words_of in (self.shipped_title, self.shipped):
            words_of.setHidden(is_own)
        form = self.form_choice.currentData()
        words = "; ".join(f"{{{name}}} {told}" for name, told in LETTER_FIELDS.items())
        self.fields.setText(f"May be filled in: {words}." if form == "letters" else "")
        self.text.setPlainText((one.own or one.shipped) if one else "")
        self.shipped.setText(one.shipped if one else "")
        for made in (self.save, self.back):
            made.setEnabled(one is not None)

    def _preview(self) -> None:
        """The real page with what stands in the editor, of an invented person."""
        one = self.table.current()
        if one is None or not self.desk.may(Right.CHANGE_AGENCY):
            return
        form, language = self.form_choice.currentData(), self.language.currentData()
        text, samples = self.text.toPlainText().strip(), self.desk.services.form_samples
        self.ask(
            lambda: samples.page(form=form, language=language, name=one.name, text=text),
            self._on_sample,
            key="sample",
        )

    def _on_sample(self, sample: Sample) -> None:
        self.editor.error("text", "", takes_focus=False)
        self.pages.show_pdf(sample.pdf)
        if sample.reads_at is None:
            self.reads.setText("How it prints, with an invented person")
            return
        asked = "as it should be" if sample.reads_at <= EASIEST_ASKED else "too hard: 5 or below is asked for"
        self.reads.setText(f"It reads at school grade {max(sample.reads_at, 0):.1f}, {asked}.")

    def _save(self) -> None:
        one = self.table.current()
        if one is not None:
            text = self.text.toPlainText().strip()
            self._put(one, "" if one.shipped and text == one.shipped else text)

    def _take_back(self) -> None:
        one = self.table.current()
        if one is not None and is_of_own_letter(one.name):
            forms, key = self.desk.services.forms, one.name.split("_", 1)[0]
            self.ask(lambda: forms.take_letter(key=key), self._on_taken)
        elif one is not None:
            self._put(one, "")

    def _on_taken(self, change: Change) -> None:
        self.desk.say("The letter was taken away. What was printed of it stays in the accounting.", None)
        self.desk.hub.changed.emit(change)

    def _put(self, one: FormLine, text: str) -> None:
        form, language = self.form_choice.currentData(), self.language.currentData()
        forms = self.desk.services.forms
        self.ask(lambda: forms.put(form=form, language=language, name=one.name, text=text), self._on_saved)

    def refused(self, error: Exception) -> None:
        if isinstance(error, (LetterUnnamed, LetterNameTaken)):
            self.adding.error("name", sentence(error))
        elif isinstance(error, CaseAppError) and error.code.startswith("form."):
            self.editor.error("text", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, change: Change) -> None:
        self.desk.say("Saved. The next page is printed so.", None)
        self.desk.hub.changed.emit(change)


def _name(one: FormLine) -> str:
    if is_of_own_letter(one.name):
        key, _mark, part = one.name.removeprefix("own-").partition("_")
        return f"{key.replace('-', ' ')}, our own letter: {part}"
    return one.name.replace("_", " ").replace("-", " ")


def _whose(one: FormLine) -> str:
    return "ours" if one.own else "as shipped"
