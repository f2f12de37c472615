"""Papers of a person, or blank forms: which one, for whom, what leaves, the real pages, print or save."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.changes import Change, Kind
from caseapp.domain.disclosures import Basis, EmergencyFactsMissing, Ground, ReasonMissing
from caseapp.domain.errors import CaseAppError
from caseapp.domain.forms import OwnLetter
from caseapp.domain.papers import BLANK_TITLES, TITLES, Asked, BlankForm, PaperKind
from caseapp.domain.people import Person
from caseapp.services.person_facts import language_of
from caseapp.services.way_out import Preview, Printed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.what_leaves import WhatLeaves, ground_of
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button, label, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose, offer
from caseapp.ui.widgets.pages import Pages

_LANGUAGES = (("en", "English"), ("es", "Español"))
_BASES = (
    (Basis.TO_THE_PERSON, "For the person themselves"),
    (Basis.INSIDE, "For our own work, stays inside"),
    (Basis.CONSENT, "For somebody else, by a consent"),
    (Basis.MEDICAL_EMERGENCY, "A medical emergency (42 CFR 2.51)"),
    (Basis.OTHER, "Another basis, with its reason"),
)
_FIELDS = {
    Basis.CONSENT: ("recipient",),
    Basis.MEDICAL_EMERGENCY: ("recipient", "affiliation", "nature"),
    Basis.OTHER: ("recipient", "reason"),
}
"""What each ground asks for."""


class PapersScreen(Screen):
    """One paper at a time, shown as it will print."""

    name = "papers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Papers")
        self.person_id: UUID | None = None
        self.preview: Preview | None = None
        self._blank = b""
        self.whom = Whom(self)
        self._build()

    def about(self, subject: object) -> None:
        self.person_id = subject if isinstance(subject, UUID) else None
        person_id = self.person_id
        self.leaves.left_out.clear()
        self.title.setText("Papers" if person_id else "Blank forms")
        self.beside.setText("" if person_id else "to fill in by hand where there is no laptop")
        self.person_part.setVisible(person_id is not None)
        self.kinds.setVisible(person_id is not None)
        self.blanks.setVisible(person_id is None)
        self.begin_at(self.kinds if person_id else self.blanks)
        for field in self._texts.values():
            field.clear()
        choose(self.basis, Basis.TO_THE_PERSON)
        if person_id is None:
            self.refresh()
            return
        self._show_nothing("")
        self.whom.ask(person_id, self._on_person)

    @property
    def person_in_view(self) -> UUID | None:
        return self.person_id

    def refresh(self) -> None:
        person_id, papers = self.person_id, self.desk.services.person_papers
        if person_id is None:
            form, language = self.blanks.value, self.language.currentData()
            self.ask(lambda: papers.blank(form=form, language=language), self._show_blank, key="preview")
            return
        asked = self._asked(person_id)
        if asked.kind is PaperKind.OWN_LETTER and not asked.letter:
            return
        if asked.ground.basis is Basis.CONSENT and not asked.recipient.strip():
            self._show_nothing("Write who receives it; a consent that names them is looked for.")
        else:
            self.ask(lambda: papers.preview(asked=asked), self._show, key="preview")

    def save_to(self, path: Path) -> None:
        """Record that the paper leaves, and write its pages to a file."""
        if self.person_id is None:
            self.save_and_tell(path, self._blank, f"Saved {path.name}.")
            return
        self._leave(
            lambda printed: self.save_and_tell(path, printed.pdf, f"Saved {path.name}. {_told(printed)}"),
            first=lambda: files.check_writable(path),
        )

    def _build(self) -> None:
        self.save_button = button("Save as PDF", self._ask_where)
        self.print_button = button("Print", self._print, look="primary")
        self.action_line.addWidget(self.save_button)
        self.action_line.addWidget(self.print_button)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._which_paper())
        self.pages = Pages("Preview of the pages")
        right = Panel("Preview")
        right.body.addWidget(self.pages)
        line = Beside()
        line.addWidget(side_column(holder, self.desk.look.pixels(376), "Which paper, and for whom"))
        line.addWidget(right, 1)
        self.content.addLayout(line, 1)
        self._show_fields()

    def _which_paper(self) -> Panel:
        left = Panel("Which paper")
        left.pad()
        self.kinds = Choices("Paper", [(kind, TITLES[kind]) for kind in PaperKind])
        self.blanks = Choices("Form", [(form, BLANK_TITLES[form]) for form in BlankForm])
        for made, first in ((self.kinds, PaperKind.FACE_SHEET), (self.blanks, BlankForm.CONTACT)):
            made.choose(first)
            made.chosen.connect(lambda _kind: self._on_kind())
            left.body.addWidget(made)
        self.how = Form(1)
        self.letter = self.how.choice("letter", "Which letter", ())
        self.language = self.how.choice("language", "Language", _LANGUAGES)
        for choice in (self.letter, self.language):
            choice.currentIndexChanged.connect(lambda _place: self.refresh())
        self.how.show_field("letter", is_shown=False)
        left.body.addWidget(self.how)
        left.body.addWidget(self._for_whom())
        self.leaves = WhatLeaves(asks_of_one=False)
        self.leaves.changed.connect(self.refresh)
        self.leaves.consent_requested.connect(self._record_consent)
        left.body.addWidget(self.leaves)
        left.body.addStretch(1)
        left.body.addWidget(label("Printers may keep a copy.", "small", wraps=True))
        return left

    def _for_whom(self) -> QWidget:
        self.person_part = QWidget()
        inside = QVBoxLayout(self.person_part)
        inside.setContentsMargins(0, 0, 0, 0)
        self.form = Form(1)
        self.basis = self.form.choice("basis", "For whom", _BASES)
        self.basis.currentIndexChanged.connect(lambda _place: self._on_basis())
        words = {
            "recipient": "Who receives it",
            "affiliation": "Where they work",
            "nature": "What the emergency is",
            "reason": "The reason, in writing",
        }
        self._texts = {key: self.form.text(key, title) for key, title in words.items()}
        for field in self._texts.values():
            field.editingFinished.connect(self.refresh)
        inside.addWidget(self.form)
        return self.person_part

    def _on_person(self, found: list[Person]) -> None:
        if not found:
            self._show_nothing("This record is restricted to named staff.")
            return
        self.beside.setText(found[0].display_name)
        self.language.blockSignals(True)
        choose(self.language, language_of(found[0].details))
        self.language.blockSignals(False)
        self.refresh()

    def _on_kind(self) -> None:
        self.leaves.left_out.clear()
        if self.person_id is not None and self.kinds.value.is_for_the_person_only:
            choose(self.basis, Basis.TO_THE_PERSON)
        is_own = self.person_id is not None and self.kinds.value is PaperKind.OWN_LETTER
        self.how.show_field("letter", is_shown=is_own)
        if is_own:
            self.ask(self.desk.services.forms.own_letters, self._on_own, key="own")
        else:
            self.refresh()

    def _on_own(self, letters: tuple[OwnLetter, ...]) -> None:
        was_blocked = self.letter.blockSignals(True)
        offer(self.letter, [(one.key, one.title) for one in letters])
        self.letter.blockSignals(was_blocked)
        if self.letter.currentData():
            self.refresh()
        elif letters:
            self._show_nothing("Choose a letter: the one before is not there any more.")
        else:
            self._show_nothing("None yet. An administrator adds letters under Setup, “Texts of forms”.")

    def _on_basis(self) -> None:
        self._show_fields()
        self.refresh()

    def _show_fields(self) -> None:
        asked = _FIELDS.get(self.basis.currentData(), ())
        for key in self._texts:
            self.form.show_field(key, is_shown=key in asked)

    def _asked(self, person_id: UUID) -> Asked:
        return Asked(
            kind=self.kinds.value,
            person_id=person_id,
            language=self.language.currentData(),
            recipient=self._texts["recipient"].text(),
            left_out=frozenset(self.leaves.left_out),
            letter=self.letter.currentData() or "",
            ground=self._ground(),
        )

    def _ground(self) -> Ground:
        said = {key: field.text() for key, field in self._texts.items()}
        return ground_of(self.basis.currentData(), said, self.desk.services.context)

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        self.leaves.show_preview(preview)
        self._may_leave(preview.ruling.may_leave)
        self.pages.show_pdf(preview.pdf)

    def _show_blank(self, pdf: bytes) -> None:
        self._blank = pdf
        self.leaves.show_words("It names nobody.")
        self._may_leave(True)
        self.pages.show_pdf(pdf)

    def _show_nothing(self, words: str) -> None:
        self.preview = None
        self.leaves.show_words(words)
        self._may_leave(False)
        self.pages.show_pdf(b"")

    def _may_leave(self, may: bool) -> None:
        for made in (self.print_button, self.save_button):
            made.setEnabled(may)

    def _record_consent(self) -> None:
        self.desk.show("new-consent", self.person_id)

    def _ask_where(self) -> None:
        kind = self.kinds.value if self.person_id else self.blanks.value
        path = way_out.ask_where(self, "Save the paper", f"{kind.value}.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_to(path)

    def _print(self) -> None:
        printer = way_out.choose_printer(self)
        if printer is None:
            return
        if self.person_id is None:
            self.tell_printed(way_out.paint(printer, self._blank, self), "")
            return
        self._leave(
            lambda printed: self.tell_printed(way_out.paint(printer, printed.pdf, self), _told(printed))
        )

    def _leave(self, then: Callable[[Printed], None], *, first: Callable[[], None] = lambda: None) -> None:
        """Record it once `first` found that nothing stands in the way of the file."""
        person_id, shown, papers = self.person_id, self.preview, self.desk.services.person_papers
        if person_id is None or shown is None:
            return
        asked = self._asked(person_id)

        def left(printed: Printed) -> None:
            then(printed)
            change = Change(frozenset({Kind.DISCLOSURE}), person_id, printed.disclosure_id)
            self.desk.hub.changed.emit(change)

        def record() -> Printed:
            first()
            return papers.print(asked=asked, previewed=shown.ruling)

        self.ask(record, left)

    def refused(self, error: Exception) -> None:
        """Why there is no page stands where the reason for a ruling stands."""
        if isinstance(error, (EmergencyFactsMissing, ReasonMissing)) or (
            isinstance(error, CaseAppError) and error.code.startswith("paper.")
        ):
            self._show_nothing(sentence(error))
        else:
            super().refused(error)


def _told(printed: Printed) -> str:
    return f"Recorded as {printed.number}." if printed.number else "The print is in the journal."
