"""Record a consent: every element that the law asks for, each missing one named."""

from datetime import timedelta
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import ConsentDetails, ConsentKind, InformationKind, SignatureKind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.form import Form, read_day

_KINDS = (
    (ConsentKind.RELEASE, "Release of information"),
    (ConsentKind.PART_2, "42 CFR Part 2"),
    (ConsentKind.VERBAL, "Verbal"),
)
_SIGNATURES = ((SignatureKind.PAPER, "Signed on paper"), (SignatureKind.NONE, "Not signed"))


class ConsentScreen(Screen):
    """The form of a consent."""

    name = "new-consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Record a consent")
        self._person_id: UUID | None = None
        self._agency = desk.services.staff.agency().name
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person_id = subject if isinstance(subject, UUID) else self._person_id
        today = self.desk.services.context.today()
        self.form.clear_errors()
        self.recipients.clear()
        self.purpose.setText("referral and follow-up care")
        self.starts.setText(today.isoformat())
        self.ends.setText((today + timedelta(days=90)).isoformat())
        self.signed_on.setText(today.isoformat())
        for box in self.kinds.values():
            box.setChecked(False)
        self.witness.clear()
        for choice in (self.kind, self.signature):
            choice.setCurrentIndex(0)
        self.revoke.setChecked(False)
        self.start_draft(self._person_id)
        person_id, people = self._person_id, self.desk.services.people
        if person_id is not None:
            self.ask(lambda: people.many(person_ids=(person_id,)), self._on_person, key="person")
        self.recipients.setFocus()

    def _build(self) -> None:
        panel = Panel("What the person allows")
        panel.pad()
        form = self.form = Form(2)
        self.kind = form.choice("kind", "Kind", _KINDS)
        self.recipients = form.text("recipients", "Who may receive it (commas between)")
        self.purpose = form.text("purpose", "Purpose", wide=True)
        self.starts = form.text("starts", "From")
        self.ends = form.text("ends", "Until")
        self.signature = form.choice("signature", "Signature", _SIGNATURES)
        self.signed_on = form.text("signed_on", "Signed on")
        self.witness = form.text("witness", "Witness (for a verbal consent)")
        self.revoke = form.check("revoke", "The person was told that it can be revoked")
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        panel.body.addWidget(label("What may be shared", "heading"))
        boxes = QWidget()
        flow = FlowLayout(boxes, spacing=10)
        self.kinds = {one: QCheckBox(one.value.replace("-", " ").capitalize()) for one in InformationKind}
        for kind, box in self.kinds.items():
            flow.addWidget(box)
            form.adopt(kind.value, box)
        panel.body.addWidget(boxes)
        self.save = button("Save consent", self._save, look="primary")
        panel.body.addWidget(row(None, self.save))
        panel.setMaximumWidth(self.desk.look.pixels(860))
        self.content.addWidget(panel)
        self.content.addStretch(1)

    def _on_person(self, found: list[Person]) -> None:
        self.beside.setText(found[0].display_name if found else "")

    def _save(self) -> None:
        self.form.clear_errors()
        person_id = self._person_id
        starts = read_day(self.starts.text())
        if starts is None:
            self.form.error("starts", "Write a date, like 11/24/2026.")
            return
        if person_id is None:
            return
        details = ConsentDetails(
            kind=self.kind.currentData(),
            recipients=tuple(name.strip() for name in self.recipients.text().split(",") if name.strip()),
            purpose=self.purpose.text().strip(),
            information=frozenset(one for one, box in self.kinds.items() if box.isChecked()),
            starts_on=starts,
            expires_on=read_day(self.ends.text()),
            discloser=self._agency,
            signed_on=read_day(self.signed_on.text()),
            signature=self.signature.currentData(),
            witness=self.witness.text().strip(),
            right_to_revoke_told=self.revoke.isChecked(),
        )
        consents = self.desk.services.consents
        self.ask(
            self.draft.saving(lambda: consents.record(person_id=person_id, details=details)),
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
        self.desk.show("person", person_id)
