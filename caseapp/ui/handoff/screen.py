"""Print a handoff: what leaves, on which basis, the real pages, then print or save."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout

from caseapp.domain.changes import Change, Kind
from caseapp.domain.disclosures import Basis, EmergencyFactsMissing, Ground, ReasonMissing
from caseapp.domain.errors import CaseAppError
from caseapp.services.way_out import Preview, Printed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.people.consent_screen import ConsentFor
from caseapp.ui.screen import READING, Desk, Screen
from caseapp.ui.what_leaves import WhatLeaves, ground_of
from caseapp.ui.widgets.basics import Panel, button, label, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.pages import Pages

_BASES = (
    (Basis.CONSENT, "A consent of the person"),
    (Basis.MEDICAL_EMERGENCY, "A medical emergency (42 CFR 2.51)"),
    (Basis.OTHER, "Another basis, with its reason"),
)


class HandoffScreen(Screen):
    """Recipient, items, consent in words, preview, print or save."""

    name = "handoff"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Print handoff")
        self.referral_id: UUID | None = None
        self.preview: Preview | None = None
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, UUID) and subject != self.referral_id:
            self.referral_id, self.preview = subject, None
            self.leaves.left_out.clear()
            self._show_nothing(READING)
            for field in (self.recipient, self.address, *self._facts):
                field.clear()
            self.basis.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        referral_id = self.referral_id
        if referral_id is None:
            return
        recipient, left_out, ground = self.recipient.text(), frozenset(self.leaves.left_out), self._ground()
        handoff = self.desk.services.handoff
        self.ask(
            lambda: handoff.preview(
                referral_id=referral_id, recipient=recipient, left_out=left_out, ground=ground
            ),
            self._show,
            key="preview",
        )

    def save_to(self, path: Path) -> None:
        """Record the disclosure and write the pages to a file."""
        self._leave(lambda printed: self._write(path, printed), first=lambda: files.check_writable(path))

    def _build(self) -> None:
        self.print_button = button("Print", self._print, look="primary")
        self.save_button = button("Save as PDF", self._ask_where)
        self.action_line.addWidget(self.save_button)
        self.action_line.addWidget(self.print_button)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._what_leaves())
        area = side_column(holder, self.desk.look.pixels(376), "What leaves, and to whom")
        self.pages = Pages("Preview of the pages")
        right = Panel("Preview")
        right.body.addWidget(self.pages)
        line = Beside()
        line.addWidget(area)
        line.addWidget(right, 1)
        self.content.addLayout(line, 1)

    def _what_leaves(self) -> Panel:
        left = Panel("What leaves, and to whom")
        left.pad()
        form = Form(1)
        self.recipient = form.text("recipient", "Recipient")
        self.recipient.editingFinished.connect(self.refresh)
        self.address = form.text("address", "Its address, as far as it is known")
        self.basis = form.choice("basis", "On what ground", _BASES)
        left.body.addWidget(form)
        self.emergency, self.other = Form(1), Form(1)
        self.receiver = self.emergency.text("receiver", "Who receives it")
        self.affiliation = self.emergency.text("affiliation", "Where they work")
        self.nature = self.emergency.text("nature", "What the emergency is")
        self.reason = self.other.text("reason", "The reason, in writing")
        for part in (self.emergency, self.other):
            part.setVisible(False)
            left.body.addWidget(part)
        self._facts = (self.receiver, self.affiliation, self.nature, self.reason)
        for field in self._facts:
            field.editingFinished.connect(self.refresh)
        self.basis.currentIndexChanged.connect(self._on_basis)
        self.leaves = WhatLeaves()
        self.leaves.changed.connect(self.refresh)
        self.leaves.consent_requested.connect(self._record_consent)
        left.body.addWidget(self.leaves)
        left.body.addStretch(1)
        left.body.addWidget(
            label(
                "Printers may keep a copy. What leaves is written in the accounting of disclosures.",
                "small",
                wraps=True,
            )
        )
        return left

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        if self.recipient.text() != preview.recipient:
            self.recipient.setText(preview.recipient)
            self.recipient.setCursorPosition(0)
        self.leaves.show_preview(preview)
        for made in (self.print_button, self.save_button):
            made.setEnabled(preview.ruling.may_leave)
        self.pages.show_pdf(preview.pdf)

    def _record_consent(self) -> None:
        referral_id, referrals = self.referral_id, self.desk.services.referrals
        if referral_id is not None:
            self.ask(
                lambda: referrals.get(referral_id=referral_id).person_id,
                lambda person_id: self.desk.show(
                    "new-consent", ConsentFor(person_id, self.recipient.text(), (self.name, referral_id))
                ),
            )

    def _ask_where(self) -> None:
        path = way_out.ask_where(self, "Save handoff", "handoff.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_to(path)

    def _print(self) -> None:
        printer = way_out.choose_printer(self)
        if printer is not None:
            self._leave(lambda printed: self._paint(printer, printed))

    def _leave(self, then: Callable[[Printed], None], *, first: Callable[[], None] = lambda: None) -> None:
        """Record the disclosure once `first` found that nothing stands in the way of the file."""
        referral_id, shown = self.referral_id, self.preview
        if referral_id is None or shown is None:
            return
        recipient, left_out, ground = self.recipient.text(), frozenset(self.leaves.left_out), self._ground()
        address, handoff = self.address.text().strip(), self.desk.services.handoff

        def left(printed: Printed) -> None:
            then(printed)
            self.desk.hub.changed.emit(Change(frozenset({Kind.DISCLOSURE}), record_id=printed.disclosure_id))

        def record() -> Printed:
            first()
            return handoff.print(
                referral_id=referral_id,
                recipient=recipient,
                left_out=left_out,
                ground=ground,
                previewed=shown.ruling,
                address=address,
            )

        self.ask(record, left)

    def _ground(self) -> Ground | None:
        """What the user offers beside consents; None asks the consents alone."""
        basis = self.basis.currentData()
        if basis is Basis.CONSENT:
            return None
        names = ("recipient", "affiliation", "nature", "reason")
        said = {name: field.text() for name, field in zip(names, self._facts, strict=True)}
        return ground_of(basis, said, self.desk.services.context)

    def _on_basis(self) -> None:
        basis = self.basis.currentData()
        self.emergency.setVisible(basis is Basis.MEDICAL_EMERGENCY)
        self.other.setVisible(basis is Basis.OTHER)
        self.refresh()

    def _write(self, path: Path, printed: Printed) -> None:
        words = f"Saved {path.name}. Disclosure {printed.number} recorded."
        self.save_and_tell(path, printed.pdf, words)

    def _paint(self, printer: QPrinter, printed: Printed) -> None:
        words = f"Disclosure {printed.number} recorded."
        self.tell_printed(way_out.paint(printer, printed.pdf, self), words)

    def refused(self, error: Exception) -> None:
        """What lacks for the chosen basis stands where the reason for a ruling stands; nothing may leave."""
        is_closed = self.preview is None and isinstance(error, CaseAppError)
        if is_closed or isinstance(error, (EmergencyFactsMissing, ReasonMissing)):
            self._show_nothing(sentence(error))
        else:
            super().refused(error)

    def _show_nothing(self, words: str) -> None:
        self.preview = None
        self.leaves.show_words(words)
        self.pages.show_pdf(b"")
        for made in (self.print_button, self.save_button):
            made.setEnabled(False)
