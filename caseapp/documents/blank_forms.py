"""Forms for contacts without a laptop: the contact record and the referral with its reply slip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, KeepTogether, Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.fill_in import Blanks, CheckBoxes
from caseapp.documents.page import Built, Paper, Running, language_tag, rule, style
from caseapp.documents.writing import Lines, boxed

_BOXES = 2
"""Contacts on a page: as many as leave room for a hand."""


@dataclass(frozen=True, slots=True)
class BlankData:
    """The texts of a form by name, in its language; a bar parts labels that share a line."""

    language: str
    agency: str
    texts: Mapping[str, str]
    foot: str


def contact_record(data: BlankData) -> Built:
    """Two contacts on a page."""
    paper = _start(data, "blank_contact_title", "blank_contact_intro")
    inside = paper.width - 18
    for _number in range(_BOXES):
        parts: list[Flowable] = [
            *(_blank(data, name, inside) for name in ("blank_contact_when", "blank_contact_who")),
            _blank(data, "blank_contact_where", inside),
            _ticks(data, "blank_contact_how", inside),
            _ticks(data, "blank_contact_outcome", inside),
            paper.words.paragraph(data.texts["blank_contact_done"], style(9.5, color=SECOND)),
            Lines(5, inside),
            *(_blank(data, name, inside) for name in ("blank_contact_given", "blank_contact_next")),
            _blank(data, "blank_contact_by", inside),
        ]
        paper.add(boxed(parts, paper.width), Spacer(1, 7))
    return paper.build()


def referral(data: BlankData, send_back: str) -> Built:
    """One page; the slip at its foot comes back."""
    paper = _start(data, "blank_referral_title", "blank_referral_intro")
    for name in ("person", "reach", "language", "to"):
        paper.add(Spacer(1, 4), _blank(data, f"blank_referral_{name}", paper.width))
    for name, lines in (("why", 6), ("safe", 4)):
        paper.heading(data.texts[f"blank_referral_{name}"])
        paper.add(Lines(lines, paper.width))
    paper.add(Spacer(1, 8), _ticks(data, "blank_referral_urgent", paper.width))
    for name in ("consent", "from"):
        paper.add(Spacer(1, 4), _blank(data, f"blank_referral_{name}", paper.width))
    slip: list[Flowable] = [Spacer(1, 12), rule(dashed=True), Spacer(1, 8)]
    slip += [_ticks(data, "blank_slip", paper.width), Spacer(1, 6)]
    slip += [_blank(data, "blank_slip_first", paper.width)]
    slip += [paper.words.paragraph(send_back, style(9, color=SECOND, before=4))]
    paper.add(KeepTogether(slip))
    return paper.build()


def _start(data: BlankData, title: str, intro: str) -> Paper:
    texts = data.texts
    running = Running(title=texts[title], foot=data.foot, language=language_tag(data.language))
    paper = Paper(running)
    paper.add(
        paper.words.paragraph(data.agency, style(8.5, color=SECOND, after=3)),
        paper.words.paragraph(texts[title], style(17, bold=True, after=3)),
        paper.words.paragraph(texts[intro], style(9.5, color=SECOND, after=7)),
    )
    return paper


def _labels(data: BlankData, name: str) -> Sequence[str]:
    return data.texts[name].split("|")


def _blank(data: BlankData, name: str, width: float) -> Blanks:
    return Blanks(_labels(data, name), width)


def _ticks(data: BlankData, name: str, width: float) -> CheckBoxes:
    lead, *labels = _labels(data, name)
    return CheckBoxes(lead.strip(), labels, width)
