"""The narrative and the safety checks: dated entries, each with its author's part, only ever added to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.call_forms import check_note, check_safety
from caseapp.domain.calls import CallNote, NarrativePart, SafetyCheck
from caseapp.domain.changes import Change
from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.calls.words import AUTHORS
from caseapp.ui.screen import Desk
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.widgets.basics import chip, label, row
from caseapp.ui.widgets.form import Form


class EntriesPart(Part):
    """Who wrote what, when."""

    words_of_action = "Add entry"
    saved_words = "Entry added."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Narrative", "N")

    @override
    def data(self, bench: Workbench) -> object:
        return None

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        notes = bench.call.notes
        for note in notes:
            into.addWidget(_entry(self.times().words(note.at), _author(note), note.text))
        if not notes:
            into.addWidget(_nothing("Nothing was written down."))
        into.addSpacing(8)

    @override
    def make_form(self, bench: Workbench) -> Form:
        form = Form(3)
        now = self.desk.services.context.now()
        self._at = form.text("at", "When", hint="14:20")
        self._at.setText(self.times().write(now))
        self._part = form.choice("part", "Written by", list(AUTHORS.items()))
        self._author = form.text("author", "Name or number")
        self._text = form.lines("text", "What happened")
        mark_spelling(self._text, self.desk)
        return form

    @override
    def read(self, bench: Workbench) -> CallNote:
        at = self.times().read("at", self._at, None)
        part: NarrativePart = self._part.currentData()
        note = CallNote(self._text.toPlainText().strip(), at, part, self._author.text().strip())
        check_note(note)
        return note

    @override
    def write(self, bench: Workbench, value: CallNote) -> Change:
        return self.desk.services.calls.add_note(call_id=bench.call.id, note=value)


class SafetyPart(Part):
    """Whether the responders were asked, and answered, that they are safe."""

    words_of_action = "Add check"
    saved_words = "Safety check added."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Responder safety", "C")

    @override
    def data(self, bench: Workbench) -> object:
        return None

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        checks = bench.call.safety_checks
        for one in checks:
            answer = self.words.word("safety_answer", one.answer)
            by = f"{one.call_sign}, asked by {one.asked_by}" if one.asked_by else one.call_sign
            into.addWidget(_entry(self.times().words(one.at), by, f"{answer}. {one.note}".rstrip(" .") + "."))
        bad = [one for one in checks if one.answer in ("no-answer", "help")]
        self.set_chips([chip(f"{len(bad)} not answered or in need", "danger")] if bad else [])
        if not checks:
            into.addWidget(_nothing("No check was written down."))
        into.addSpacing(8)

    @override
    def make_form(self, bench: Workbench) -> Form:
        form = Form(2)
        self._unit = form.text("call_sign", "Unit")
        first = next(iter(bench.call.responses), None)
        self._unit.setText(first.call_sign if first else "")
        self._at = form.text("at", "When", hint="14:20")
        self._at.setText(self.times().write(self.desk.services.context.now()))
        self._asked_by = form.text("asked_by", "Asked by")
        self._asked_by.setText(bench.call.dispatcher)
        self._answer = form.choice("answer", "Answer", self.words.options("safety_answer", empty=""))
        self._note = form.text("note", "What was said", wide=True)
        return form

    @override
    def read(self, bench: Workbench) -> SafetyCheck:
        now = self.desk.services.context.now()
        at = self.times().read("at", self._at, None) or now
        check = SafetyCheck(
            at,
            self._unit.text().strip(),
            self._asked_by.text().strip(),
            self._answer.currentData() or "unknown",
            self._note.text().strip(),
        )
        check_safety(check, now=now)
        return check

    @override
    def write(self, bench: Workbench, value: SafetyCheck) -> Change:
        return self.desk.services.calls.add_safety_check(call_id=bench.call.id, check=value)


def _author(note: CallNote) -> str:
    part = AUTHORS[note.part] if note.part is not NarrativePart.UNKNOWN else ""
    if part and note.author.casefold().startswith(part.casefold()):
        return note.author.capitalize()
    return " ".join(filter(None, (part, note.author)))


def _nothing(words: str) -> QWidget:
    made = label(words, "second")
    made.setContentsMargins(14, 8, 14, 2)
    return made


def _entry(at: str, who: str, text: str) -> QWidget:
    time, words = label(at, "small"), label(text, wraps=True)
    time.setMinimumWidth(time.fontMetrics().horizontalAdvance("00:00:00") + 6)
    column = QWidget()
    lines = QVBoxLayout(column)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    if who:
        lines.addWidget(label(who, "small"))
    lines.addWidget(words)
    made = row(time, column)
    line = made.layout()
    if isinstance(line, QHBoxLayout):
        line.setStretch(1, 1)
        line.setAlignment(time, Qt.AlignmentFlag.AlignTop)
    made.setContentsMargins(14, 6, 14, 0)
    return made
