"""Tagged PDF: what is a title, a text, a table or a picture, in the order in which it is read.

ReportLab writes no tags of its own. Each paragraph is marked in the page's stream as it is drawn, everything
unmarked (lines, boxes, the foot) is an artifact, and the tree of ISO 32000-1, 14.7 is written at the end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfdoc
from reportlab.platypus import Flowable, Table
from typing_extensions import override

_ARTIFACT, _END = "/Artifact BMC", "EMC"
_KEYS = ("StructParents", "Tabs")


@dataclass(slots=True)
class Node:
    """An element of the tree: its kind, its words where it is a picture, and what it holds in order."""

    tag: str
    alt: str = ""
    children: list["Node | Mark"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: the page from 0, and its number on that page."""

    page: int
    number: int


class Tree:
    """The elements drawn so far; `counts` are the marks of each page."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.open: list[Node] = [self.root]
        self.counts: dict[int, int] = {}
        self.owners: dict[Mark, Node] = {}
        self.is_head = False

    def start(self, tag: str, alt: str = "") -> None:
        """Open an element inside the one that is open."""
        node = Node(tag, alt)
        self.open[-1].children.append(node)
        self.open.append(node)

    def mark(self, page: int) -> Mark:
        """The next mark of a page, held by the element that is open."""
        number = self.counts.get(page, 0)
        self.counts[page] = number + 1
        made = Mark(page, number)
        self.open[-1].children.append(made)
        self.owners[made] = self.open[-1]
        return made


@contextmanager
def element(canvas: Any, tag: str, alt: str = "") -> Iterator[None]:
    """What is drawn inside belongs to an element of this kind; on another canvas nothing happens."""
    tree = getattr(canvas, "tree", None)
    if tree is None:
        yield
        return
    tree.start(tag, alt)
    try:
        yield
    finally:
        tree.open.pop()


@contextmanager
def marked(canvas: Any, tag: str, alt: str = "") -> Iterator[None]:
    """Mark what is drawn inside; in a cell of a table it belongs to the cell itself."""
    tree = getattr(canvas, "tree", None)
    if tree is None:
        yield
        return
    if tree.open[-1].tag in ("TD", "TH"):
        with _content(canvas, tree, tree.open[-1].tag):
            yield
        return
    with element(canvas, tag, alt), _content(canvas, tree, tag):
        yield


@contextmanager
def _content(canvas: Any, tree: Tree, tag: str) -> Iterator[None]:
    made = tree.mark(canvas.page_place)
    canvas.write_code(f"/{tag} <</MCID {made.number}>> BDC")
    try:
        yield
    finally:
        canvas.write_code(_END)


def with_artifacts(code: Sequence[str]) -> list[str]:
    """A page's stream in which everything that is not marked is an artifact."""
    found = [_ARTIFACT]
    for line in code:
        if line.endswith(" BDC"):
            found += [_END, line]
        elif line == _END:
            found += [line, _ARTIFACT]
        else:
            found.append(line)
    return [*found, _END]


class DataTable(Table):
    """A table that is told row by row and cell by cell; its repeated first rows are heads."""

    @override
    def draw(self) -> None:
        tree = getattr(self.canv, "tree", None)
        self._renderCB = None if tree is None else partial(_tell, tree)
        super().draw()
        self._renderCB = None


def _tell(tree: Tree, table: DataTable, event: str, *facts: Any) -> None:
    """Open and close elements as ReportLab says what part of a table it draws."""
    if event == "startTable":
        tree.start("Table")
    elif event == "startRow":
        tree.start("TR")
        tree.is_head = facts[0] < int(table.repeatRows or 0)
    elif event == "startCell":
        tree.start("TH" if tree.is_head else "TD")
    elif event in ("endTable", "endRow", "endCell"):
        tree.open.pop()


class Figure(Flowable):
    """A drawing with the sentence that is spoken for it."""

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        self._drawing, self._alt = drawing, alt

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self._drawing.width, self._drawing.height

    def draw(self) -> None:
        with marked(self.canv, "Figure", self._alt):
            self._drawing.drawOn(self.canv, 0, 0)


def prepare() -> None:
    """Let ReportLab's pages carry the two keys that point from a page into the tree."""
    for key in _KEYS:
        if key not in pdfdoc.PDFPage.__NoDefault__:
            pdfdoc.PDFPage.__NoDefault__.append(key)


def write(tree: Tree, document: Any) -> None:
    """Put the tree into the document; its pages are all there."""
    pages = document.Pages.pages
    for place, page in enumerate(pages):
        page.StructParents, page.Tabs = place, pdfdoc.PDFName("S")
    root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    root_ref = document.Reference(root)
    made: dict[int, Any] = {}
    root["K"] = _write_node(tree.root, root_ref, document, made)
    numbers: list[Any] = []
    for place in range(len(pages)):
        marks = (Mark(place, number) for number in range(tree.counts.get(place, 0)))
        numbers += [place, pdfdoc.PDFArray([made[id(tree.owners[mark])] for mark in marks])]
    root["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    root["ParentTreeNextKey"] = len(pages)
    catalog = document.Catalog
    catalog.StructTreeRoot = root
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})


def _write_node(node: Node, parent: Any, document: Any, made: dict[int, Any]) -> Any:
    content = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(node.tag)})
    content["P"] = parent
    if node.alt:
        content["Alt"] = pdfdoc.PDFString(node.alt)
    reference = made[id(node)] = document.Reference(content)
    kids: list[Any] = []
    page = next((one.page for one in node.children if isinstance(one, Mark)), None)
    if page is not None:
        content["Pg"] = pdfdoc.PDFObjectReference(f"Page{page + 1}")
    for one in node.children:
        if isinstance(one, Node):
            kids.append(_write_node(one, reference, document, made))
        else:
            kids.append(one.number)
    content["K"] = pdfdoc.PDFArray(kids)
    return reference
