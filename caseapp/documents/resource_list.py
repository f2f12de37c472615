"""Places that can help, to hand over: plain words, large enough, what to bring beside where to go."""

from dataclasses import dataclass

from reportlab.platypus import KeepTogether, Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.page import Built, Paper, Running, language_tag, rule, style


@dataclass(frozen=True, slots=True)
class Place:
    """One service as a person reads it; `facts` are label and value, empty ones left out."""

    name: str
    organization: str
    facts: tuple[tuple[str, str], ...]
    checked: str


@dataclass(frozen=True, slots=True)
class ResourceListData:
    """The list in the person's language; it names nobody."""

    language: str
    agency: str
    title: str
    places: tuple[Place, ...]
    crisis: str
    foot: str


def build(data: ResourceListData) -> Built:
    """The list, US letter, no place broken over two pages."""
    paper = Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(9, color=SECOND, after=4)),
        words.paragraph(data.title, style(19, bold=True, after=6)),
        words.paragraph(data.crisis, style(11.5, bold=True, after=6)),
    )
    for place in data.places:
        block = [
            rule(),
            Spacer(1, 4),
            words.paragraph(place.name, style(13, bold=True)),
            words.paragraph(place.organization, style(11, after=2)),
            *(words.labelled(f"{name}:", told, style(11.5, after=1)) for name, told in place.facts if told),
            words.paragraph(place.checked, style(9, color=SECOND, after=6)),
        ]
        paper.add(KeepTogether(block))
    paper.missing_note()
    return paper.build()
