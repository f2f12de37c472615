"""Consents of a person, or those that end soon, and what left: revoke, attach the scan, print the papers."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from caseapp.domain.access import Right, has_right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import Consent, in_order, is_in_force
from caseapp.domain.day_words import day_words
from caseapp.domain.disclosures import Basis, Disclosure
from caseapp.domain.people import Person
from caseapp.services.consents import SCAN_LIMIT
from caseapp.services.papers import PaperService
from caseapp.services.person_facts import language_of
from caseapp.services.way_out import Printed
from caseapp.system import files
from caseapp.ui import way_out
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table, moment_column

_KINDS = {"release-of-information": "Release", "42-cfr-part-2": "42 CFR Part 2", "verbal": "Verbal"}
_NONE_YET = "No consent yet. Record one, or print a blank form to be signed by hand."
_NONE_ENDS = "No consent ends within 30 days. Open a person to record a new one."
_LANGUAGES = (("en", "English"), ("es", "Español"))


class ConsentsScreen(Screen):
    """What somebody allowed, and what left on it."""

    name = "consents"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Consents")
        self._person_id: UUID | None = None
        self._spoken_of: UUID | None = None
        self._is_another = False
        self._build()

    def about(self, subject: object) -> None:
        wanted = subject if isinstance(subject, UUID) else None
        self._is_another, self._person_id = wanted != self._person_id, wanted
        if self._is_another:
            self.beside.clear()
            self.reason.clear()
        self.refresh()

    def refresh(self) -> None:
        person_id, services = self._person_id, self.desk.services
        for made in (self.new, self.blank, self.account):
            made.setEnabled(person_id is not None)
        parts, is_another = (self.allowed, self.left), self._is_another
        if person_id is None:
            self.ask_to_open(services.consents.ending, self._show_ending, parts=parts, is_another=is_another)
            return
        self.ask_to_open(
            lambda: (
                services.consents.of_person(person_id=person_id),
                services.papers.disclosures(person_id=person_id),
                services.people.many(person_ids=(person_id,)),
            ),
            lambda found: self._show(*found),
            parts=parts,
            is_another=is_another,
        )

    def _on_person(self, found: list[Person]) -> None:
        """Papers begin in the person's language; one chosen by hand stays while they are in view."""
        self.beside.setText(found[0].display_name if found else "")
        if found and self._spoken_of != found[0].id:
            self._spoken_of = found[0].id
            choose(self.language, language_of(found[0].details))

    def _show(self, found: tuple[Consent, ...], left: list[Disclosure], who: list[Person]) -> None:
        self._begin_with(found, is_of_one=True)
        self.disclosures.set_rows(left)
        self._on_person(who)

    def _show_ending(self, found: list[Consent]) -> None:
        self._begin_with(found, is_of_one=False)
        self.beside.setText("that end within 30 days")

    def _begin_with(self, found: Sequence[Consent], *, is_of_one: bool) -> None:
        """Of one person everything can be done; from the list of many theirs is opened first."""
        self._is_another = False
        self.title.setText("Consents")
        self.table.say_if_empty(_NONE_YET if is_of_one else _NONE_ENDS)
        self.table.set_rows(found)
        self.acts.setVisible(is_of_one)
        self.left.setVisible(is_of_one)

    def _build(self) -> None:
        self.blank = button("Blank form", self._print_blank)
        self.account = button("Accounting", self._print_accounting)
        self.new = button(
            "New consent", lambda: self.desk.show("new-consent", self._person_id), look="primary"
        )
        if has_right(self.desk.services.context.actor.role, Right.CHANGE_AGENCY):
            self.action_line.addWidget(button("Texts of the forms", lambda: self.desk.show("forms", None)))
        for made in (self.blank, self.account, self.new):
            self.action_line.addWidget(made)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self._allowed_panel(), 3)
        column.addWidget(self._left_panel(), 2)
        self.content.addLayout(column, 1)

    def _allowed_panel(self) -> Panel:
        self.table: Table[Consent] = Table(
            "Consents",
            (
                Column("Person", lambda one: one.person_name, is_bold=True, width=200, hides_empty=True),
                Column(
                    "For",
                    lambda one: ", ".join(one.details.recipients),
                    second=lambda one: one.details.purpose,
                    is_bold=True,
                    width=260,
                ),
                Column("Kind", lambda one: _KINDS[one.details.kind.value], width=120),
                Column("What", self._what, width=230),
                Column("Until", _until, sort=_end, width=130),
                Column("State", self._state, tone=self._tone, width=120),
            ),
            self.desk.look,
            empty=_NONE_YET,
        )
        self.table.opened.connect(lambda one: self.desk.show("consents", one.person_id))
        panel = self.allowed = Panel("What was allowed")
        panel.body.addWidget(self.table)
        self.acts = self._actions()
        panel.body.addWidget(self.acts)
        return panel

    def _what(self, one: Consent) -> str:
        return self.desk.lists.words.words("information_kind", in_order(one.details.information))

    def _state(self, one: Consent) -> str:
        if one.revoked_at:
            return "taken back"
        return "in force" if is_in_force(one, today=self.desk.services.context.today()) else "not in force"

    def _tone(self, one: Consent) -> str:
        return "good" if self._state(one) == "in force" else "neutral"

    def _left_panel(self) -> Panel:
        self.left, said = Panel("What left"), self.desk.lists.words
        self.disclosures: Table[Disclosure] = Table(
            "Disclosures",
            (
                moment_column("When", lambda one: one.at, self.desk.day_words, width=120),
                Column("To", lambda one: one.recipient, is_bold=True, width=220),
                Column("What", lambda one: one.what, second=lambda one: ", ".join(one.items), width=260),
                Column("Basis", lambda one: said.word("disclosure_basis", one.basis.value), width=150),
                Column("Number", lambda one: one.number, width=100),
            ),
            self.desk.look,
            empty="Nothing left yet.",
        )
        self.left.body.addWidget(self.disclosures)
        self.record = button("Emergency record", self._print_emergency)
        foot = row(None, self.record)
        foot.setContentsMargins(14, 6, 10, 8)
        self.left.body.addWidget(foot)
        return self.left

    def _actions(self) -> QWidget:
        made_of = QWidget()
        line = Beside(made_of, spacing=8)
        line.setContentsMargins(14, 6, 10, 8)
        form = self.form = Form(2)
        self.reason = form.text("reason", "Why it is taken back", hint="in the person's words")
        self.language = form.choice("language", "Papers in", _LANGUAGES)
        line.addWidget(form, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, is_one_line=True)
        flow.setContentsMargins(0, 0, 0, Form.BELOW)
        for made in (
            button("Take back", self._revoke),
            button("Attach scan", self._ask_scan),
            button("Print form", self._print_form),
            button("Letter", self._print_letter, hint="For the person to send: this consent was taken back"),
        ):
            flow.addWidget(made)
        line.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        return made_of

    def attach(self, path: Path) -> None:
        """Keep the scan of a signed page with the chosen consent."""
        one, consents = self.table.current(), self.desk.services.consents
        if one is not None:
            self.ask(
                lambda: consents.attach_scan(
                    consent_id=one.id, name=path.name, content=files.read(path, at_most=SCAN_LIMIT + 1)
                ),
                lambda change: self._done(change, "The scan is kept with the consent."),
            )

    def _ask_scan(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, "Scan of the signed page", "", "Scans (*.pdf *.png *.jpg)"
        )
        if name:
            self.attach(Path(name))

    def _revoke(self) -> None:
        one, consents, reason = self.table.current(), self.desk.services.consents, self.reason.text().strip()
        if one is not None:
            self.ask(
                lambda: consents.revoke(consent_id=one.id, reason=reason),
                lambda change: self._done(change, "Taken back. From now on it lets nothing out."),
            )

    def _done(self, change: Change, words: str) -> None:
        self.reason.clear()
        self.desk.say(words, None)
        self.desk.hub.changed.emit(change)

    def _print_form(self) -> None:
        one = self.table.current()
        if one is not None:
            person_id, consent_id = one.person_id, one.id
            self._print(
                lambda to: self._papers.release(person_id=person_id, consent_id=consent_id, language=to)
            )

    def _print_blank(self) -> None:
        person_id = self._person_id
        if person_id is not None:
            self._print(lambda to: self._papers.release(person_id=person_id, language=to))

    def _print_letter(self) -> None:
        one = self.table.current()
        if one is not None:
            self._print(lambda to: self._papers.revocation_letter(consent_id=one.id, language=to))

    def _print_accounting(self) -> None:
        person_id = self._person_id
        if person_id is not None:
            self._print(lambda to: self._papers.accounting(person_id=person_id, language=to))

    def _print_emergency(self) -> None:
        one = self.disclosures.current()
        if one is not None and one.basis is not Basis.MEDICAL_EMERGENCY:
            self.desk.say("Choose a disclosure made in a medical emergency.", None)
        elif one is not None:
            self._print(lambda to: self._papers.emergency_record(disclosure_id=one.id, language=to))

    @property
    def _papers(self) -> PaperService:
        return self.desk.services.papers

    def _print(self, make: Callable[[str], Printed]) -> None:
        """Ask where first, so that a page that nobody keeps is not counted as one that left."""
        path = way_out.ask_where(self, "Save the page", "page.pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_page(path, make)

    def save_page(self, path: Path, make: Callable[[str], Printed]) -> None:
        """Make a paper, which records it, and write it."""
        language = self.language.currentData()

        def left(printed: Printed) -> None:
            self.save_and_tell(path, printed.pdf, f"Saved {path.name}. Recorded as {printed.number}.")
            self.desk.hub.changed.emit(Change(frozenset({Kind.DISCLOSURE}), person_id=self._person_id))

        self.ask(lambda: make(language), left)


def _until(one: Consent) -> str:
    ends = one.details.expires_on
    return day_words(ends) if ends else one.details.expiry_event


def _end(one: Consent) -> int:
    """Consents that end with an event come after those that end on a day."""
    return (one.details.expires_on or date.max).toordinal()
