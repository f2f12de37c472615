"""A new referral: to a service of the directory or to any place typed by hand."""

from functools import partial
from uuid import UUID

from caseapp.domain.directory import Service
from caseapp.domain.directory_finder import Match
from caseapp.domain.errors import CaseAppError
from caseapp.domain.people import Person
from caseapp.domain.referrals import Method, Referral
from caseapp.services.referrals import change_of
from caseapp.ui.directory.questions import Questions
from caseapp.ui.directory.table import service_table, show_services
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.spelling.marks import mark_spelling
from caseapp.ui.whom import Whom
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form


class NewReferralScreen(Screen):
    """The person is known already; choose where to."""

    name = "new-referral"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Refer")
        self._person_id: UUID | None = None
        self._service: Service | None = None
        self.whom = Whom(self)
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person_id = subject if isinstance(subject, UUID) else self._person_id
        self._service = None
        self.substance.setChecked(False)
        self.method.setCurrentIndex(0)
        self.form.clear_errors()
        self.title.setText("Refer")
        for field in (self.place, self.phone, self.need):
            field.clear()
        self.why.clear()
        self.start_draft(self._person_id)
        person_id = self._person_id
        if person_id:
            self.whom.ask(person_id, self._on_person)
            self.questions.about(person_id)
        self.questions.load()
        self.refresh()
        self.questions.words.setFocus()

    def refresh(self) -> None:
        wanted = self.questions.wanted()
        if wanted is not None:
            self.ask(
                lambda: self.desk.services.directory.search(wanted=wanted),
                partial(show_services, self.table, wanted),
                key="find",
            )

    def _build(self) -> None:
        self.save = button("Offer referral", self._save, look="primary")
        self.action_line.addWidget(self.save)
        left = Panel("Where to")
        left.pad()
        form = self.form = Form(2)
        self.place = form.text("place", "Place, typed by hand or chosen beside", wide=True)
        self.phone = form.text("phone", "Its phone")
        self.method = form.choice("method", "How", self.desk.lists.words.among("referral_method", Method))
        self.need = form.text("need", "What the person needs", wide=True)
        self.why = form.lines("why", "Why now", height=60)
        mark_spelling(self.why, self.desk)
        self.substance = form.check("substance", "This is about substance use (42 CFR Part 2)", wide=True)
        self.draft = self.drafted(form)
        left.body.addWidget(self.draft.bar)
        left.body.addWidget(form)
        left.body.addStretch(1)
        left.setFixedWidth(self.desk.look.pixels(350))
        right = Panel("Services")
        right.body.setContentsMargins(12, 10, 12, 0)
        self.questions = Questions(self)
        self.questions.changed.connect(self.refresh)
        right.body.addWidget(self.questions)
        self.table = service_table(self.desk)
        self.table.opened.connect(self._on_service)
        self.table.view.clicked.connect(lambda _index: self._on_service(self.table.current()))
        right.body.addWidget(self.table)
        line = Beside()
        line.addWidget(left)
        line.addWidget(right, 1)
        self.content.addLayout(line, 1)

    def _on_person(self, found: list[Person]) -> None:
        self.title.setText(f"Refer {found[0].display_name}" if found else "Refer")

    def _on_service(self, match: Match | None) -> None:
        if match is not None:
            service = self._service = match.service
            self.place.setText(service.called)
            self.phone.setText(service.phone)
            self.substance.setChecked(service.is_substance_use)

    def _save(self) -> None:
        person_id = self._person_id
        if person_id is None:
            self.desk.say("Open a person first, then refer.", None)
            return
        chosen = [*filter(None, [self._service]), *(match.service for match in self.table.model.rows)]
        service_id = next((one.id for one in chosen if one.called == self.place.text()), None)
        place, phone, need = self.place.text(), self.phone.text(), self.need.text()
        method, why, marked = self.method.currentData(), self.why.toPlainText(), self.substance.isChecked()
        referrals = self.desk.services.referrals
        self.ask_to_save(
            lambda: referrals.offer(
                person_id=person_id,
                need=need,
                method=method,
                service_id=service_id,
                place=place,
                phone=phone,
                why_now=why,
                is_substance_use=marked,
            ),
            self._on_saved,
        )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error("place", sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, referral: Referral) -> None:
        self.desk.say(f"Referral to {referral.to_name} offered.", None)
        self.desk.hub.changed.emit(change_of(referral))
        self.desk.show("referral", referral.id)
