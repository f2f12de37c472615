"""The warm handoff: what the next agency must know, what may leave, and a slip that comes back."""

from dataclasses import dataclass

from reportlab.platypus import KeepTogether, PageBreak, Spacer, Table

from caseapp.documents.colours import INK, SECOND
from caseapp.documents.fill_in import Blanks, CheckBoxes
from caseapp.documents.page import Built, Paper, Running, rule, style

TEMPLATE = "handoff 1"

PART2_STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""Statement 2 of 42 CFR 2.32(a) as in force since 16 April 2024; an agency's counsel may replace it."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something done: day, what, who, and how it is known."""

    day: str
    what: str
    who: str
    known_from: str


@dataclass(frozen=True, slots=True)
class Open:
    """Something still open: what, whose, by when."""

    what: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class HandoffData:
    """Everything on the handoff as text ready to read; empty text prints "not recorded".

    `done` and `open_items` are a sentence where their rows may not leave.

    `notice` is the 42 CFR Part 2 statement and is empty when no substance-use item is in the packet;
    `consent_copy` are label and value of the consent that goes with it (42 CFR 2.32(b)).
    """

    agency: str
    agency_line: str
    agency_phone: str
    to_name: str
    to_whom: str
    reply_code: str
    person: tuple[tuple[str, str], ...]
    why_now: str
    at_the_scene: str
    risk_and_help: str
    done: tuple[Done, ...] | str
    open_items: tuple[Open, ...] | str
    next_appointment: str
    accepted_by: str
    consent: str
    notice: str
    consent_copy: tuple[tuple[str, str], ...]
    held_back: str
    foot: str


def build(data: HandoffData) -> Built:
    """The handoff as PDF, US letter, one page where the content allows, every section always there."""
    paper = Paper(Running(title=f"Warm handoff to {data.to_name}", foot=data.foot))
    _head(paper, data)
    paper.heading("Person")
    paper.grid(data.person)
    paper.heading("Why now")
    paper.text(data.why_now)
    paper.heading("At the scene")
    paper.text(data.at_the_scene)
    paper.heading("Risk, and what helps")
    paper.text(data.risk_and_help)
    paper.heading("Done so far, and by whom")
    _done(paper, data.done)
    paper.heading("Open")
    _open(paper, data.open_items)
    paper.heading("Next appointment")
    paper.grid((("When", data.next_appointment), ("Accepted by", data.accepted_by)))
    _consent(paper, data)
    _slip(paper, data)
    _copy(paper, data)
    paper.missing_note()
    return paper.build()


def _done(paper: Paper, done: tuple[Done, ...] | str) -> None:
    if isinstance(done, str):
        return paper.text(done)
    rows = [(one.day, one.what, one.who, one.known_from) for one in done]
    return paper.table(("Date", "What", "Who", "Known from"), rows, (0.12, 0.44, 0.22, 0.22))


def _open(paper: Paper, items: tuple[Open, ...] | str) -> None:
    if isinstance(items, str):
        return paper.text(items)
    rows = [(one.what, one.owner, one.due) for one in items]
    return paper.table(("What", "Owner", "Due"), rows, (0.46, 0.34, 0.2))


def _head(paper: Paper, data: HandoffData) -> None:
    words = paper.words
    left = [
        words.paragraph(data.agency_line, style(8.5, color=SECOND, after=6)),
        words.paragraph("Warm handoff", style(17, bold=True, after=4)),
        words.labelled("to", f"{data.to_name}{', ' if data.to_whom else ''}{data.to_whom}", style(9.5)),
    ]
    code = [
        words.paragraph("Reply with this code", style(7.5, color=SECOND)),
        words.paragraph(data.reply_code, style(17, bold=True)),
        words.paragraph(
            f"by phone {data.agency_phone or 'of the agency'} or slip below", style(7.5, color=SECOND)
        ),
    ]
    box = Table([[code]], colWidths=[145])
    box.setStyle([("BOX", (0, 0), (-1, -1), 0.9, INK), ("LEFTPADDING", (0, 0), (-1, -1), 8)])
    head = Table([[left, box]], colWidths=[paper.width - 150, 150])
    head.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("ALIGN", (1, 0), (1, 0), "RIGHT"),
        ]
    )
    paper.add(head)


def _consent(paper: Paper, data: HandoffData) -> None:
    paper.heading("Consent")
    paper.text(data.consent)
    if data.held_back:
        paper.text(data.held_back)
    if data.notice:
        paper.notice(data.notice)


def _slip(paper: Paper, data: HandoffData) -> None:
    slip = [
        Spacer(1, 12),
        rule(dashed=True),
        Spacer(1, 8),
        CheckBoxes(
            f"Reply slip {data.reply_code}", ("accepted", "waiting list", "declined, because"), paper.width
        ),
        Spacer(1, 6),
        Blanks(("First appointment", "Name, date"), paper.width),
        paper.words.paragraph(
            f"Send back to {data.agency}, {data.agency_phone or 'phone not recorded'}.",
            style(8, color=SECOND, before=4),
        ),
    ]
    paper.add(KeepTogether(slip))


def _copy(paper: Paper, data: HandoffData) -> None:
    """The consent's own content on a page of its own: 42 CFR 2.32(b) asks for a copy or an explanation."""
    if not data.consent_copy:
        return
    paper.add(PageBreak())
    paper.add(paper.words.paragraph("The consent that goes with this handoff", style(13, bold=True, after=4)))
    paper.grid(data.consent_copy)
    if data.notice:
        paper.notice(data.notice)
