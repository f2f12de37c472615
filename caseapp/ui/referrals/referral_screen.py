"""One referral: its ladder, the next step, and the handoff on paper."""

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.day_words import short_day, weekday_words
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.domain.people import Person
from caseapp.domain.referrals import NEXT, EndedBy, LadderStep, Proof, Referral, Step, show_reply_code
from caseapp.domain.shorthand import NotUnderstood, read
from caseapp.services.person_facts import language_of
from caseapp.services.referrals import change_of
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.lists import Words
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, hairline, label, row, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose


class ReferralScreen(Screen):
    """The ladder and what comes next on it."""

    name = "referral"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Referral")
        self.referral_id: UUID | None = None
        self.referral: Referral | None = None
        self._spoken_of: UUID | None = None
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, UUID) and subject != self.referral_id:
            self.leave_draft()
            self.referral_id, self.referral = subject, None
        self.refresh()

    def refresh(self) -> None:
        referral_id = self.referral_id
        if referral_id is not None:
            self.ask_to_open(
                lambda: self.desk.services.referrals.get(referral_id=referral_id),
                self._show,
                parts=self._parts,
                is_another=self.referral is None,
            )

    @override
    def let_go(self) -> None:
        self.referral_id, self.referral = None, None

    def _build(self) -> None:
        self.card = button("Appointment card", self._ask_card)
        self.language = QComboBox()
        self.language.setAccessibleName("Language of the card")
        for code, words in (("en", "English"), ("es", "Español")):
            self.language.addItem(words, code)
        self.action_line.addWidget(self.language)
        self.action_line.addWidget(self.card)
        self.action_line.addWidget(button("Print handoff", self._print, look="primary"))
        self.action_line.addWidget(button("Open person", self._open_person))
        self.facts = Panel("Referral")
        self.ladder = Panel("Steps so far")
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._next_step())
        area = side_column(holder, self.desk.look.pixels(436), "Next step")
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.facts)
        left.addWidget(self.ladder, 1)
        line = Beside()
        line.addLayout(left, 1)
        line.addWidget(area)
        self._parts = (self.facts, self.ladder, area)
        self.content.addLayout(line, 1)

    def _next_step(self) -> Panel:
        self.next = Panel("Next step")
        self.next.pad()
        form, said = Form(2), self.desk.lists.words
        self.form, draft = form, self.drafted(form)
        draft.restored.connect(self.next.show)
        self.next.body.addWidget(draft.bar)
        self.step = form.choice("step", "What happened", [])
        self.proof = form.choice("proof", "How we know", said.among("referral_proof", Proof))
        self.on = form.text("on", "On", hint="today, 11/22/2026")
        self.appointment = form.text("appointment", "Appointment", hint="fri 10")
        self.accepted_by = form.text("accepted_by", "Accepted by (name, role)")
        self.ended_by = form.choice(
            "ended_by", "Ended by", [(None, "-"), *said.among("referral_ended_by", EndedBy)]
        )
        codes = self.desk.lists.codes("referral_barrier")
        self.reason = form.choice("reason", "Why declined or closed", [("", "-"), *codes], wide=True)
        self.present = form.text("present", "Warm handoff: who was present")
        self.accepted = form.choice(
            "accepted", "Was it accepted then", [(None, "-"), (True, "Yes"), (False, "Not yet")]
        )
        self.note = form.text("note", "Note", wide=True)
        self.next_action = form.text("next_action", "What comes next")
        self.next_on = form.text("next_on", "By when", hint="+3d, fri")
        self.next.body.addWidget(form)
        self.save = button("Save step", self._save, look="primary")
        self.next.body.addWidget(row(None, self.save))
        self.next.body.addStretch(1)
        return self.next

    def _show(self, referral: Referral) -> None:
        shown, self.referral = self.referral, referral
        if self._spoken_of != referral.person_id:
            people, person_id = self.desk.services.people, referral.person_id
            self.ask(lambda: people.many(person_ids=(person_id,)), self._on_person, key="person")
        said = self.desk.lists.words
        self.title.setText(f"Referral to {referral.to_name}")
        self.beside.setText(referral.person_name)
        self.facts.set_chips(
            [
                chip(said.word("referral_step", referral.step.value), "accent"),
                chip(f"code {show_reply_code(referral.reply_code)}"),
            ]
        )
        clear(self.facts.body)
        at = self.desk.local(referral.appointment_at) if referral.appointment_at else None
        self.facts.body.addWidget(
            Facts(
                [
                    ("Need", referral.need),
                    ("How", said.word("referral_method", referral.method.value)),
                    ("Why now", referral.why_now),
                    (
                        "Appointment",
                        f"{weekday_words(at)} {at:%H:%M}" if at else "",
                    ),
                    ("Phone", referral.to_phone),
                    ("Accepted by", referral.accepted_by),
                    ("Handoff", _handoff(referral)),
                    ("Next", _next(referral)),
                ],
                columns=2,
            )
        )
        clear(self.ladder.body)
        for taken in reversed(referral.steps):
            self.ladder.body.addWidget(_rung(taken, said))
            self.ladder.body.addWidget(hairline())
        self.ladder.body.addStretch(1)
        self.card.setEnabled(referral.appointment_at is not None)
        if shown is None or shown.version != referral.version:
            self._offer_steps(referral)

    def _offer_steps(self, referral: Referral) -> None:
        """The steps that may come next; what was typed for one, and is not saved, stays in the fields."""
        self.leave_draft()
        allowed = [one for one in Step if one in NEXT[referral.step]]
        self.form.clear_errors()
        self.step.clear()
        for one, words in self.desk.lists.words.among("referral_step", allowed):
            self.step.addItem(words, one)
        self.next.setVisible(bool(allowed))
        self.on.setText("today")
        for field in (self.appointment, self.accepted_by, self.note, self.present):
            field.clear()
        self.accepted.setCurrentIndex(0)
        self.next_action.setText(referral.next_action)
        self.next_on.setText(referral.next_action_on.isoformat() if referral.next_action_on else "")
        self.ended_by.setCurrentIndex(0)
        self.reason.setCurrentIndex(0)
        self.save.setEnabled(bool(allowed))
        if self.desk.may(Right.CHANGE_REFERRALS):
            self.start_draft(referral.person_id, edits=True, about=str(referral.id))

    def _save(self) -> None:
        self.form.clear_errors()
        referral = self.referral
        taken = self._taken()
        if referral is None or taken is None:
            return
        referrals, accepted_by = self.desk.services.referrals, self.accepted_by.text().strip()
        self.ask_to_save(
            lambda: referrals.take_step(
                referral_id=referral.id, taken=taken, version=referral.version, accepted_by=accepted_by
            ),
            self._on_saved,
        )

    def _taken(self) -> LadderStep | None:
        services, today = self.desk.services, self.desk.services.context.today()
        try:
            text = self.appointment.text().strip()
            when = read(text, today=today) if text else None
        except NotUnderstood as error:
            self.form.error("appointment", sentence(error))
            return None
        written = self.on.text().strip()
        day = today if written in ("", "today") else read_day(written)
        if day is None:
            self.form.error("on", "This is not a date. Write it like 11/22/2026, or “today”.")
            return None
        try:
            text = self.next_on.text().strip()
            next_on = read_day(text) or (read(text, today=today).on if text else None)
        except NotUnderstood as error:
            self.form.error("next_on", sentence(error))
            return None
        return LadderStep(
            next_action=self.next_action.text().strip(),
            next_action_on=next_on,
            present=self.present.text().strip(),
            is_accepted=self.accepted.currentData(),
            step=self.step.currentData(),
            on=day,
            proof=self.proof.currentData(),
            by=services.context.actor.name,
            note=self.note.text().strip(),
            ended_by=self.ended_by.currentData(),
            reason=self.reason.currentData() or "",
            appointment_at=services.follow_ups.instant(when.on, when.at) if when else None,
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleRecord):
            super().refused(error)
            self.refresh()
        elif isinstance(error, CaseAppError):
            self.form.error("step", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, referral: Referral) -> None:
        step = self.desk.lists.words.within("referral_step", referral.step.value)
        self.desk.say(f"Step saved: {step}.", None)
        self.desk.hub.changed.emit(change_of(referral))

    def _ask_card(self) -> None:
        path = way_out.ask_where(self, "Save the card", "card.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_card(path)

    def _on_person(self, found: list[Person]) -> None:
        """The card begins in the person's language; one chosen by hand stays while they are in view."""
        if found:
            self._spoken_of = found[0].id
            choose(self.language, language_of(found[0].details))

    def save_card(self, path: Path) -> None:
        """Make the card for the pocket and write it."""
        referral_id, papers = self.referral_id, self.desk.services.papers
        language = self.language.currentData()
        if referral_id is not None:
            self.ask(
                lambda: papers.appointment_card(referral_id=referral_id, language=language),
                lambda made: self.save_and_tell(path, made.pdf, f"Saved {path.name}."),
            )

    def _print(self) -> None:
        self.desk.show("handoff", self.referral_id)

    def _open_person(self) -> None:
        if self.referral is not None:
            self.desk.show("person", self.referral.person_id)


def _handoff(referral: Referral) -> str:
    if not referral.present_at_handoff:
        return ""
    accepted = "accepted" if referral.handoff_accepted else "not accepted yet"
    return f"{referral.present_at_handoff}, {accepted}"


def _next(referral: Referral) -> str:
    when = f", by {short_day(referral.next_action_on)}" if referral.next_action_on else ""
    return f"{referral.next_action}{when}" if referral.next_action else ""


def _rung(taken: LadderStep, said: Words) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(14, 8, 14, 8)
    column.setSpacing(2)
    line = row(
        label(short_day(taken.on), "small"),
        label(said.word("referral_step", taken.step.value), "heading"),
        chip(said.word("referral_proof", taken.proof.value)),
        None,
        label(taken.by, "small"),
    )
    column.addWidget(line)
    why = ". ".join(filter(None, (said.word("referral_barrier", taken.reason), taken.note)))
    if why:
        column.addWidget(label(why, "second", wraps=True))
    return made
