"""The safety plan in six steps: what is known printed, with lines to write the rest by hand."""

from dataclasses import dataclass

from reportlab.platypus import Flowable, KeepTogether, Spacer

from caseapp.documents.colours import ACCENT, SECOND
from caseapp.documents.fill_in import Blanks
from caseapp.documents.page import Built, Paper, Running, language_tag, rule, style
from caseapp.documents.writing import Lines

TEMPLATE = "safety plan 1"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, what is known already, and how many lines stay to write on."""

    title: str
    known: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class SafetyPlanData:
    """The plan in the person's language; `name` is empty on a blank form."""

    language: str
    title: str
    name: str
    intro: str
    steps: tuple[Step, ...]
    crisis: str
    last: tuple[tuple[str, ...], ...]
    source: str
    agency: str
    foot: str


def build(data: SafetyPlanData) -> Built:
    """The plan, US letter, no step broken over two pages."""
    paper = Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))
    words = paper.words
    paper.add(words.paragraph(data.title, style(19, bold=True, after=3)))
    if data.name:
        paper.add(words.paragraph(data.name, style(13, after=3)))
    paper.add(words.paragraph(data.intro, style(11.5, color=SECOND, after=4)))
    for number, step in enumerate(data.steps, start=1):
        paper.add(KeepTogether(_step(paper, number, step)))
    paper.notice(data.crisis)
    paper.add(Spacer(1, 4))
    for labels in data.last:
        paper.add(Blanks(labels, paper.width))
    paper.add(words.paragraph(f"{data.agency}. {data.source}", style(8, color=SECOND, before=5)))
    paper.missing_note()
    return paper.build()


def _step(paper: Paper, number: int, step: Step) -> list[Flowable]:
    words = paper.words
    title = words.paragraph(f"{number}  {step.title}", style(12, bold=True, color=ACCENT, after=2))
    known = [words.paragraph(one, style(12, after=1)) for one in step.known]
    return [Spacer(1, 1.5), rule(), Spacer(1, 2), title, *known, Lines(step.lines, paper.width)]
