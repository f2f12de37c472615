"""Record a consent: every element that the law asks for stands on a list, with what is still missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import (
    PATIENT,
    ConsentDetails,
    ConsentKind,
    Element,
    InformationKind,
    SignatureKind,
    elements,
)
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, side_column
from caseapp.ui.widgets.beside import ANY_WIDTH, Beside
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.signature import SignatureField

_KINDS = (
    (ConsentKind.RELEASE, "Release of information"),
    (ConsentKind.PART_2, "42 CFR Part 2"),
    (ConsentKind.VERBAL, "Verbal"),
)
_SIGNATURES = (
    (SignatureKind.PAPER, "Signed on paper"),
    (SignatureKind.DRAWN, "Drawn here"),
    (SignatureKind.NONE, "Not signed"),
)
_SIGNERS = (
    (PATIENT, "The person"),
    ("parent", "Parent or guardian"),
    ("representative", "Personal representative"),
    ("guardian", "Court-appointed guardian"),
)


@dataclass(frozen=True, slots=True)
class ConsentFor:
    """A consent that something waits for: whose, for whom, and the place to come back to."""

    person_id: UUID
    recipient: str
    back: tuple[str, UUID]


class ConsentScreen(Screen):
    """The form of a consent, the elements beside it."""

    name = "new-consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Record a consent")
        self._person_id: UUID | None = None
        self._waiting: ConsentFor | None = None
        self._listed: tuple[Element, ...] = ()
        self.whom = Whom(self)
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._waiting = subject if isinstance(subject, ConsentFor) else None
        if isinstance(subject, (UUID, ConsentFor)):
            self._person_id = subject if isinstance(subject, UUID) else subject.person_id
        today = self.desk.services.context.today()
        self.form.clear_errors()
        self.beside.clear()
        for field in (self.recipients, self.ends_when, self.signer_name, self.witness):
            field.clear()
        self.recipients.setText(self._waiting.recipient if self._waiting else "")
        self.purpose.setText("referral and follow-up care")
        self.starts.setText(today.isoformat())
        self.ends.setText((today + timedelta(days=90)).isoformat())
        self.signed_on.setText(today.isoformat())
        for box in (*self.kinds.values(), *self.told):
            box.setChecked(False)
        for choice in (self.kind, self.signature, self.signer):
            choice.setCurrentIndex(0)
        self.pad.clear()
        self.start_draft(self._person_id)
        person_id = self._person_id
        if person_id is not None:
            self.whom.ask(person_id, self._on_person)
        self._show_elements()
        self.recipients.setFocus()

    def _build(self) -> None:
        self.save = button("Save consent", self._save, look="primary")
        self.action_line.addWidget(button("All consents", self._open_list))
        self.action_line.addWidget(self.save)
        panel = Panel("What the person allows")
        panel.pad()
        form = self.form = Form(2)
        self.kind = form.choice("kind", "Kind", _KINDS)
        self.recipients = form.text("recipients", "Who may receive it (commas between)")
        self.purpose = form.text("purpose", "Purpose", wide=True)
        self.starts = form.text("starts", "From")
        self.ends = form.text("ends", "Until (a day)")
        self.ends_when = form.text("event", "Or until something happens", hint="end of treatment", wide=True)
        self._build_signature()
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(label("What may be shared", "heading"))
        panel.body.addWidget(self._kind_boxes(form))
        panel.body.addWidget(form)
        panel.body.addWidget(self.pad_box)
        told = QWidget()
        flow = FlowLayout(told, spacing=10)
        for box in self.told:
            flow.addWidget(box)
        panel.body.addWidget(told)
        panel.body.addStretch(1)
        self.law = Panel("What the law asks")
        self.law.pad()
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(panel)
        area = side_column(inside, self.desk.look.pixels(620), "The form of the consent")
        area.setMinimumWidth(self.desk.look.pixels(460))
        area.setMaximumWidth(ANY_WIDTH)
        line = Beside()
        line.addWidget(area, 2)
        line.addWidget(self.law, 1)
        self.content.addLayout(line, 1)

    def _kind_boxes(self, form: Form) -> QWidget:
        boxes = QWidget()
        flow = FlowLayout(boxes, spacing=10)
        kinds = self.desk.lists.words.among("information_kind", InformationKind)
        self.kinds = {one: QCheckBox(words) for one, words in kinds}
        for kind, box in self.kinds.items():
            flow.addWidget(box)
            form.adopt(kind.value, box)
        return boxes

    def _build_signature(self) -> None:
        form = self.form
        self.signature = form.choice("signature", "How it is signed", _SIGNATURES)
        self.signed_on = form.text("signed_on", "Signed on")
        self.signer = form.choice("signer", "Who signs", _SIGNERS)
        self.signer_name = form.text("signer_name", "Their name, if not the person")
        self.witness = form.text("witness", "Witness (a verbal consent needs one)", wide=True)
        self.revoke = QCheckBox("Told that it can be taken back")
        self.treatment = QCheckBox("For treatment, payment and operations in general")
        self.redisclosure = QCheckBox("Told that it may be shared again")
        self.refusal = QCheckBox("Told what happens without a signature")
        self.copy_given = QCheckBox("A copy was given")
        self.told = (self.revoke, self.treatment, self.redisclosure, self.refusal, self.copy_given)
        names = ("revoke", "treatment", "redisclosure", "refusal", "copy_given")
        for name, box in zip(names, self.told, strict=True):
            form.adopt(name, box)
        self.pad = SignatureField(self.desk.look)
        again = button("Sign again", self.pad.clear, look="plain")
        self.pad_box = QWidget()
        holder = QHBoxLayout(self.pad_box)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.pad, 1)
        holder.addWidget(again)

    def _connect(self) -> None:
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_elements)
        self.form.edited.connect(self._soon.start)
        self.pad.drawn.connect(self._soon.start)

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def missing(self) -> int:
        """How many of the elements that the law asks for are not there yet."""
        starts = read_day(self.starts.text()) or self.desk.services.context.today()
        return sum(not one.is_there for one in elements(self._details(starts)))

    def _show_elements(self) -> None:
        """Say live what is there and what is missing, each with its source; once for all that was filled."""
        self._soon.stop()
        self.pad_box.setVisible(self.signature.currentData() is SignatureKind.DRAWN)
        details = self._details(read_day(self.starts.text()) or self.desk.services.context.today())
        found = elements(details)
        if found == self._listed:
            return
        self._listed = found
        clear(self.law.body)
        for one in found:
            state = chip("there", "good") if one.is_there else chip("missing", "warning")
            words = label(one.words[:1].upper() + one.words[1:], wraps=True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
            self.law.body.addWidget(row(state, words, label(one.source, "small")))
        missing = sum(not one.is_there for one in found)
        self.law.set_chips([chip(f"{missing} missing", "warning") if missing else chip("complete", "good")])
        self.law.body.addStretch(1)

    def _details(self, starts: date) -> ConsentDetails:
        signature = self.signature.currentData()
        if signature is SignatureKind.DRAWN and not self.pad.strokes:
            signature = SignatureKind.NONE
        if self.kind.currentData() is ConsentKind.VERBAL:
            signature = SignatureKind.NONE
        is_signed = signature is not SignatureKind.NONE
        return ConsentDetails(
            kind=self.kind.currentData(),
            recipients=tuple(name.strip() for name in self.recipients.text().split(",") if name.strip()),
            purpose=self.purpose.text().strip(),
            information=frozenset(one for one, box in self.kinds.items() if box.isChecked()),
            starts_on=starts,
            expires_on=read_day(self.ends.text()),
            expiry_event=self.ends_when.text().strip(),
            discloser=self.desk.lists.agency.name,
            signed_on=read_day(self.signed_on.text()) if is_signed else None,
            signature=signature,
            witness=self.witness.text().strip(),
            right_to_revoke_told=self.revoke.isChecked(),
            is_for_treatment=self.treatment.isChecked(),
            redisclosure_told=self.redisclosure.isChecked(),
            refusal_told=self.refusal.isChecked(),
            signer=self.signer.currentData(),
            signer_name=self.signer_name.text().strip(),
            copy_given=self.copy_given.isChecked(),
        )

    def _save(self) -> None:
        self.form.clear_errors()
        person_id, starts = self._person_id, read_day(self.starts.text())
        if starts is None:
            self.form.error("starts", "Write a date, like 11/24/2026.")
            return
        if self.ends.text().strip() and read_day(self.ends.text()) is None:
            self.form.error("ends", "Write a date, like 11/24/2026, or say below what ends it.")
            return
        if person_id is None:
            return
        details, consents = self._details(starts), self.desk.services.consents
        strokes = self.pad.strokes if details.signature is SignatureKind.DRAWN else ()
        self.ask_to_save(
            lambda: consents.record(person_id=person_id, details=details, strokes=strokes),
            lambda _id: self._on_saved(person_id),
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("recipients", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, person_id: UUID) -> None:
        self.desk.say("Consent recorded.", None)
        self.desk.hub.changed.emit(Change(frozenset({Kind.CONSENT}), person_id=person_id))
        self.desk.show(*(self._waiting.back if self._waiting else ("person", person_id)))

    def _open_list(self) -> None:
        self.desk.show("consents", self._person_id)
