"""Print a handoff: what leaves, on which basis, the real pages, then print or save."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from caseapp.domain.changes import Change, Kind
from caseapp.domain.disclosures import (
    Basis,
    EmergencyFacts,
    EmergencyFactsMissing,
    Ground,
    Item,
    ReasonMissing,
)
from caseapp.services.way_out import Preview, Printed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.people.consent_screen import ConsentFor
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, side_column
from caseapp.ui.widgets.form import Form

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
        self._left_out: set[str] = set()
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, UUID) and subject != self.referral_id:
            self.referral_id = subject
            self._left_out.clear()
            for field in (self.recipient, self.address, *self._facts):
                field.clear()
            self.basis.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        referral_id = self.referral_id
        if referral_id is None:
            return
        recipient, left_out, ground = self.recipient.text(), frozenset(self._left_out), self._ground()
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
        left = Panel("What leaves, and to whom")
        left.pad()
        self.recipient = QLineEdit()
        self.recipient.setAccessibleName("Recipient")
        self.recipient.editingFinished.connect(self.refresh)
        left.body.addWidget(label("Recipient", "small"))
        left.body.addWidget(self.recipient)
        form = Form(1)
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
        self._items = QVBoxLayout()
        left.body.addLayout(self._items)
        self.words = label("", wraps=True)
        left.body.addWidget(self.words)
        self.consent_button = button("Record a consent", self._record_consent)
        left.body.addWidget(row(self.consent_button, None))
        left.body.addStretch(1)
        left.body.addWidget(
            label(
                "Printers may keep a copy. What leaves is written in the accounting of disclosures.",
                "small",
                wraps=True,
            )
        )
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(left)
        area = side_column(holder, self.desk.look.pixels(376), "What leaves, and to whom")
        self.document = QPdfDocument(self)
        self.view = QPdfView()
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.view.setAccessibleName("Preview of the pages")
        self._buffer = QBuffer(self)
        right = Panel("Preview")
        right.body.addWidget(self.view)
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(area)
        line.addWidget(right, 1)
        self.content.addLayout(line, 1)

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        self.recipient.setText(preview.recipient)
        ruling = preview.ruling
        clear(self._items)
        held = {item.key for item in ruling.held_back}
        for item in preview.items:
            self._items.addWidget(self._item(item, is_held=item.key in held))
        for key in sorted(self._left_out):
            box = QCheckBox(f"Left out: {key.replace('-', ' ')}")
            box.toggled.connect(partial(self._on_ticked, key))
            self._items.addWidget(box)
        notes = [ruling.words]
        if ruling.needs_notice:
            notes.append("The 42 CFR Part 2 notice and the consent go with it.")
        if preview.missing_glyphs:
            notes.append(f"{len(preview.missing_glyphs)} letters cannot be printed; the page says which.")
        self.words.setText(" ".join(notes))
        for made in (self.print_button, self.save_button):
            made.setEnabled(ruling.may_leave)
        self.consent_button.setVisible(not ruling.may_leave)
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(preview.pdf))
        if preview.pdf:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)

    def _item(self, item: Item, *, is_held: bool) -> QWidget:
        box = QCheckBox(item.title)
        box.setChecked(not is_held)
        box.setEnabled(not is_held)
        box.toggled.connect(partial(self._on_ticked, item.key))
        parts: list[QWidget] = [box]
        if item.is_substance_use:
            parts.append(chip("substance use", "warning"))
        if is_held:
            parts.append(chip("no consent", "danger"))
        return row(*parts, None)

    def _on_ticked(self, key: str, is_in: bool) -> None:
        if is_in:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self.refresh()

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
        recipient, left_out, ground = self.recipient.text(), frozenset(self._left_out), self._ground()
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
        basis, context = self.basis.currentData(), self.desk.services.context
        if basis is Basis.MEDICAL_EMERGENCY:
            receiver, affiliation, nature = (field.text() for field in self._facts[:3])
            facts = EmergencyFacts(receiver, affiliation, context.actor.name, context.now(), nature)
            return Ground(basis, emergency=facts)
        return Ground(basis, reason=self.reason.text()) if basis is Basis.OTHER else None

    def _on_basis(self) -> None:
        basis = self.basis.currentData()
        self.emergency.setVisible(basis is Basis.MEDICAL_EMERGENCY)
        self.other.setVisible(basis is Basis.OTHER)
        self.refresh()

    def _write(self, path: Path, printed: Printed) -> None:
        words = f"Saved {path.name}. Disclosure {printed.number} recorded."
        self.save_and_tell(path, printed.pdf, words)

    def _paint(self, printer: QPrinter, printed: Printed) -> None:
        is_sent = way_out.paint(printer, printed.pdf, self)
        done = "Sent to the printer." if is_sent else "The printer took nothing: save as PDF, or try again."
        self.desk.say(f"{done} Disclosure {printed.number} recorded.", None)

    def refused(self, error: Exception) -> None:
        """What lacks for the chosen basis stands where the reason for a ruling stands; nothing may leave."""
        if isinstance(error, (EmergencyFactsMissing, ReasonMissing)):
            self._show_nothing(sentence(error))
        else:
            super().refused(error)

    def _show_nothing(self, words: str) -> None:
        self.preview = None
        clear(self._items)
        self.words.setText(words)
        self.document.close()
        for made in (self.print_button, self.save_button):
            made.setEnabled(False)
