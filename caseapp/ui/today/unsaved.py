"""What was typed and not saved: a line on Today, and the screen on which it goes on."""

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.drafts import Draft
from caseapp.services.contacts import FORM
from caseapp.services.today import Unsaved
from caseapp.ui.assessments.screen import AssessmentsScreen, GoOnAsking
from caseapp.ui.calls.new_screen import NewCallScreen
from caseapp.ui.cases.case_screen import CaseScreen
from caseapp.ui.contacts.contact_screen import ADDENDUM, GoOnEditing
from caseapp.ui.contacts.edit_form import EDIT
from caseapp.ui.directory.form_screen import ServiceFormScreen
from caseapp.ui.imports.left_out import FORM as MATCH
from caseapp.ui.imports.left_out import Compared
from caseapp.ui.people.edit_screen import IDENTIFY, IdentifyAs
from caseapp.ui.people.person_screen import GoOnWithClose
from caseapp.ui.people.relation_form import FORM as CLOSE
from caseapp.ui.referrals.referral_screen import ReferralScreen
from caseapp.ui.screen import Desk
from caseapp.ui.today.lines import line_of
from caseapp.ui.triage.screen import TriageScreen
from caseapp.ui.widgets.basics import button, label

_FORM_WORDS = {
    FORM: "Contact",
    "new-person": "Person",
    NewCallScreen.name: "Call",
    CLOSE: "Somebody close",
    "schedule": "Follow-up",
    "new-referral": "Referral",
    "new-consent": "Consent",
    "new-case": "Case",
    "hand-over": "Hand-over",
    AssessmentsScreen.name: "Assessment",
    ADDENDUM: "Addendum",
    EDIT: "Change of a contact",
    ReferralScreen.name: "Step of a referral",
    CaseScreen.name: "Need",
    TriageScreen.name: "Words of triage",
    ServiceFormScreen.name: "Service",
    MATCH: "Review of a list",
}
_OF_A_RECORD = frozenset((ReferralScreen.name, CaseScreen.name, TriageScreen.name, ServiceFormScreen.name))
"""Screens of a record that is not a person; a draft there tells which one it is of, unless that is new."""

_CALLED = {
    ServiceFormScreen.name: ("organization", "name"),
    NewCallScreen.name: ("type_initial", "place"),
    MATCH: ("list",),
}
"""Fields by which a draft is told that is of no person."""


def unsaved_row(desk: Desk, one: Unsaved) -> QWidget:
    """What was typed and not saved goes on where it was left."""
    what = _FORM_WORDS.get(one.draft.kind, "Draft")
    whom = one.name or _not_named(one.draft)
    opened = button("Go on", lambda: _go_on(desk, one.draft), look="plain")
    opened.setAccessibleName(f"Go on with {what.lower()} of {whom}")
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(f"{what}: {whom}", "heading", wraps=True))
    column.addWidget(label(f"Not saved, {desk.day_words(one.draft.saved_at)}", "small"))
    return line_of(words, opened)


def _not_named(draft: Draft) -> str:
    """What stands for the name of a person where the draft is of nobody known, of a call or of a service."""
    if draft.kind in _CALLED:
        typed = (str(draft.content.get(key, "")).strip() for key in _CALLED[draft.kind])
        return ", ".join(filter(None, typed)) or "not named yet"
    return "somebody on a call" if draft.kind == TriageScreen.name else "nobody named yet"


def _go_on(desk: Desk, draft: Draft) -> None:
    if draft.kind == FORM:
        desk.log_contact(draft.person_id)
    elif draft.kind == CLOSE and draft.person_id is not None:
        desk.show("person", GoOnWithClose(draft.person_id, draft.about))
    elif draft.kind == AssessmentsScreen.name and draft.person_id is not None:
        desk.show(draft.kind, GoOnAsking(draft.person_id, draft.about))
    elif draft.kind == ADDENDUM:
        desk.show("contact", UUID(draft.about))
    elif draft.kind == EDIT:
        desk.show("contact", GoOnEditing(UUID(draft.about)))
    elif draft.kind == MATCH:
        desk.show(draft.kind, Compared.of(draft))
    elif draft.kind in _OF_A_RECORD and draft.about:
        desk.show(draft.kind, UUID(draft.about))
    elif draft.about == IDENTIFY and draft.person_id is not None:
        desk.show(draft.kind, IdentifyAs(draft.person_id))
    else:
        desk.show(draft.kind, draft.person_id)
