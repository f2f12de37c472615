"""The one way from a user's words to ReportLab: escaped, printable, and honest about missing glyphs.

Text inside `Paragraph` is markup to ReportLab: an angle bracket in a note would vanish, and an image tag
would embed a local file. Nothing else in this package may build a Paragraph; a test holds that.
"""

import unicodedata
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from typing_extensions import override

from caseapp.documents import fonts
from caseapp.documents.tags import marked
from caseapp.domain.alphabets import romanized

LONGEST_WORD = 60
_JOINERS = {0x200B: "", 0x200C: "", 0x200D: "", 0x2060: "", 0xFEFF: "", 0xFE0F: "", 0xFE0E: ""}


class MarkedParagraph(Paragraph):
    """A paragraph that says on the page whether it is a title or a text, as its style has it."""

    @override
    def draw(self) -> None:
        with marked(self.canv, getattr(self.style, "tag", "P")):
            super().draw()


class Words:
    """Turns text into paragraphs and remembers which letters could not be drawn."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        self.is_spelled = False
        """Whether a word in another alphabet stands in Latin letters."""

    def paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        """One paragraph of a user's text; line breaks and double spaces are kept."""
        lines = self.printable(text).split("\n")
        return MarkedParagraph("<br/>".join(map(_line, lines)), style)

    def labelled(self, label: str, text: str, style: ParagraphStyle) -> Paragraph:
        """A bold label of ours before a user's text."""
        return MarkedParagraph(f"<b>{escape(label)}</b> {_line(self.printable(text))}", style)

    def printable(self, text: str) -> str:
        """The text composed (NFC), without control characters.

        A letter without a glyph is spelled in Latin ones, as it is found by them; another sign by its number.
        """
        composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        runs = groupby(composed.translate(_JOINERS), key=_is_spelled)
        return "".join(self._run("".join(run), is_spelled=is_spelled) for is_spelled, run in runs)

    def _run(self, run: str, *, is_spelled: bool) -> str:
        self.is_spelled = self.is_spelled or is_spelled
        return "".join(map(self._letter, romanized(run) if is_spelled else run))

    def _letter(self, letter: str) -> str:
        if letter == "\n":
            return letter
        if letter == "\t":
            return "    "
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
            return ""
        if ord(letter) in fonts.known_letters():
            return letter
        if unicodedata.category(letter) == "Zs":
            return " "
        self.missing[letter] = None
        return f"[U+{ord(letter):04X}]"


def _is_spelled(letter: str) -> bool:
    """Whether it is a letter, or a mark of one, that cannot be drawn."""
    return unicodedata.category(letter)[0] in "LM" and ord(letter) not in fonts.known_letters()


def _line(line: str) -> str:
    """Escape, keep runs of blanks, and let a word longer than a line break."""
    escaped = escape(line).replace("  ", "&nbsp; ")
    if all(len(word) <= LONGEST_WORD for word in line.split(" ")):
        return escaped
    return " ".join(_broken(word) for word in line.split(" "))


def _broken(word: str) -> str:
    parts = [escape(word[start : start + LONGEST_WORD]) for start in range(0, len(word), LONGEST_WORD)]
    return " ".join(parts)
