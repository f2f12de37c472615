"""Every document, filled with invented people and figures, so that one test can look at all of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from caseapp.documents import (
    appointment_card,
    blank_forms,
    face_sheet,
    handoff,
    letter,
    outcomes,
    person_letter,
    recovery_sheet,
    release,
    resource_list,
    safety_plan,
)
from caseapp.documents.handoff import PART2_STATEMENT, Done, HandoffData, Open
from caseapp.documents.page import Built
from caseapp.domain.charts import IN_ORDER
from caseapp.domain.forms import Texts
from caseapp.domain.measures.catalogue import ALL
from caseapp.domain.measures.scope import Scope
from caseapp.domain.reports import BEFORE, Line, Plan, Report, Shown
from caseapp.domain.staff import Agency
from caseapp.services import forms, paper_words, plan_words

AGENCY = Agency("Riverside Follow-up", "America/Los_Angeles", "(541) 555-0100", "120 Mill Street")
FOOT = "2026-00412    24 Nov 2026 09:00, Dana Whitfield"
ZONE = ZoneInfo(AGENCY.time_zone)
MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")


def texts(form: str, language: str = "en") -> Texts:
    """The shipped texts."""
    edition, shipped = forms.shipped(form, language)
    return Texts(language, edition, shipped, {})


def a_handoff(**changes: object) -> HandoffData:
    values: dict[str, Any] = {
        "agency": "Riverside Follow-up",
        "agency_line": "Riverside Follow-up, 120 Mill Street, (541) 555-0100",
        "agency_phone": "(541) 555-0100",
        "to_name": "Harbor Detox",
        "to_whom": "intake",
        "reply_code": "7KD-M4T",
        "person": (("Called", "James “Red” Okafor"), ("Language", "English")),
        "why_now": "Asked for detox on Sunday.",
        "at_the_scene": "Calm after ten minutes.",
        "risk_and_help": "Seizures when withdrawing.",
        "done": (Done("22 Nov", "Referral by phone", "D. Whitfield", "agency said"),),
        "open_items": (Open("Place for the dog", "D. Whitfield", "24 Nov"),),
        "next_appointment": "Tuesday 24 Nov 2026, 10:00",
        "accepted_by": "K. Mori, intake",
        "consent": "Consent of 22 Nov 2026.",
        "notice": PART2_STATEMENT,
        "consent_copy": (("May receive", "Harbor Detox"),),
        "held_back": "",
        "foot": "J. O., case 2026-0412",
    }
    return HandoffData(**{**values, **changes})


def a_letter(
    name: str = "Sam Sample", language: str = "en", text: str = ""
) -> person_letter.PersonLetterData:
    return person_letter.PersonLetterData(
        language=language,
        agency=paper_words.agency_line(AGENCY),
        title=f"From {AGENCY.name}",
        day="Tuesday 24 November",
        address=(name, "12 Sample Street"),
        greeting=f"Dear {name},",
        text=text or "I am thinking of you.\n\nTake good care.",
        crisis="To talk at any hour, call or text 988.",
        closing="With good wishes,",
        signed="Dana Whitfield",
        foot=FOOT,
    )


def a_face_sheet(called: str = "Sam Sample", alert: str = "Loud rooms") -> face_sheet.FaceSheetData:
    rows = (("Legal name", called), ("Born", "12 May 1980 (46)"), ("Gender", ""))
    return face_sheet.FaceSheetData(
        language="en",
        agency=paper_words.agency_line(AGENCY),
        title="Face sheet",
        called=called,
        under="he/him",
        sections=(("Called", rows), ("Alerts, and what helps", (("Trigger", alert),))),
        lists=(
            face_sheet.Listed(
                "Open referrals",
                ("To", "For", "Step", "Since"),
                (("Mill Clinic", "a doctor", "sent", "20 Nov 2026"), ("Open Table", "food", "", "")),
                (0.36, 0.3, 0.19, 0.15),
                "none on record",
            ),
            face_sheet.Listed("Consents", ("For", "What", "Until"), (), (0.3, 0.4, 0.3), "none on record"),
        ),
        basis="Stays inside the agency.",
        notice="",
        consent_title="Consents",
        consent_copy=(),
        not_recorded="not recorded",
        foot=FOOT,
    )


def a_table(note: str = "Answered", count: int = 6) -> letter.LetterData:
    rows = tuple((f"{number} Nov 2026", "Mill Clinic", note) for number in range(1, count + 1))
    return letter.LetterData(
        language="en",
        agency=AGENCY.name,
        title="Accounting of disclosures",
        text="What this agency gave to others.",
        foot=FOOT,
        header=("Date", "To whom", "What"),
        rows=rows,
        shares=(0.2, 0.3, 0.5),
    )


def a_report(times: int = 1, charts: int = 1) -> Report:
    """Every measure with invented figures, so many with months and a chart; `times` repeats them all."""
    ids = tuple(one.id for one in ALL)
    drawn = ("calls_by_month", *(one for one in ids if one in IN_ORDER and one != "calls_by_month"))[:charts]
    drawn += tuple(one for one in ids if one not in drawn and one != "calls_by_weekday")[
        : charts - len(drawn)
    ]
    plan = Plan("invented", "Outcomes", ids, compare=(BEFORE,), charts=drawn)
    lines = []
    for number, measure in enumerate(ALL * times, start=1):
        parts = tuple((month, 90 + number + 11 * place) for place, month in enumerate(MONTHS))
        is_parted = measure.id in drawn
        now = Shown(float(number), 40 + number, 100 + number, (("no date", number),), parts * is_parted)
        then = Shown(float(number + 1), 41 + number, 101 + number)
        lines.append(Line(measure.definition, now, ((BEFORE, then),)))
    return Report(
        title="Outcomes",
        agency=AGENCY.name,
        scope=Scope(date(2026, 5, 1), date(2026, 10, 31)),
        made_at=datetime(2026, 11, 4, 17, 0, tzinfo=UTC),
        lines=tuple(lines),
        plan=plan,
        compared=((BEFORE, Scope(date(2025, 11, 1), date(2026, 4, 30))),),
    )


def _blank(language: str = "en") -> blank_forms.BlankData:
    agency_line = paper_words.agency_line(AGENCY)
    return blank_forms.BlankData(language, agency_line, texts("sheets", language).said(), FOOT)


def _card(language: str = "en") -> appointment_card.CardData:
    said = texts("papers", language)
    lines = (
        (said.say("card_when"), "Tuesday 24 November, 10:30 AM"),
        (said.say("card_where"), "Mill Clinic, 3 Mill Street"),
        (said.say("card_bring"), said.say("not_recorded")),
    )
    return appointment_card.CardData(
        language, said.say("card_next_title"), lines, said.say("crisis"), AGENCY.name, "2026-00412"
    )


def _resources() -> resource_list.ResourceListData:
    place = resource_list.Place("Open Table", "Riverside Food", (("Phone", "(541) 555-0170"),), "Checked")
    return resource_list.ResourceListData(
        "en", AGENCY.name, "Places that can help", (place,) * 4, "988", FOOT
    )


def _recovery() -> recovery_sheet.RecoverySheetData:
    return recovery_sheet.RecoverySheetData(AGENCY.name, "our.caseapp", "ABC123-DEF456", "24 Nov 2026")


DOCUMENTS: dict[str, Callable[[], Built]] = {
    "handoff": lambda: handoff.build(a_handoff()),
    "face-sheet": lambda: face_sheet.build(a_face_sheet()),
    "card": lambda: appointment_card.build(_card()),
    "card-es": lambda: appointment_card.build(_card("es")),
    "letter": lambda: person_letter.build([a_letter()]),
    "safety-plan": lambda: safety_plan.build(plan_words.safety_plan(texts("sheets"), AGENCY, None, FOOT)),
    "safety-plan-es": lambda: safety_plan.build(
        plan_words.safety_plan(texts("sheets", "es"), AGENCY, None, FOOT)
    ),
    "blank-contact": lambda: blank_forms.contact_record(_blank()),
    "blank-referral": lambda: blank_forms.referral(_blank(), "Send back."),
    "release": lambda: release.build(
        paper_words.filled_release(texts("release"), AGENCY, "", None, (), FOOT)
    ),
    "resources": lambda: resource_list.build(_resources()),
    "accounting": lambda: letter.build(a_table()),
    "recovery": lambda: recovery_sheet.build(_recovery()),
    "outcomes": lambda: outcomes.build(a_report(), zone=ZONE),
}
"""Name -> how it is made."""
