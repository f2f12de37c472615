"""Pictures of pages, small and grey, compared with those that are kept.

A page is compared block by block, so that a letter drawn half a pixel aside is the same and a line that moved,
a box that is gone or a text that runs over another is not. CASEAPP_UPDATE_EXPECTED=1 keeps new ones.
"""

import os
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat

KEPT = Path(__file__).resolve().parents[1] / "expected" / "pages"
SCALE = 0.35
BLOCK = 12
DIFFERS = 14.0
"""Mean difference of grey, of 255, at which a block is another."""


def first_page(pdf: bytes) -> Image.Image:
    """The first page, 214 by 277 pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=SCALE, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def blocks_that_differ(found: Image.Image, kept: Image.Image) -> list[tuple[int, int]]:
    """Left upper corners of blocks that are not the same."""
    if found.size != kept.size:
        return [(0, 0)]
    soft = ImageFilter.GaussianBlur(1.5)
    difference = ImageChops.difference(found.filter(soft), kept.filter(soft))
    corners = ((x, y) for y in range(0, found.height, BLOCK) for x in range(0, found.width, BLOCK))
    return [
        (x, y)
        for x, y in corners
        if ImageStat.Stat(difference.crop((x, y, x + BLOCK, y + BLOCK))).mean[0] > DIFFERS
    ]


def compare(name: str, pdf: bytes) -> list[tuple[int, int]]:
    """Blocks in which a page is not as it is kept."""
    found, file = first_page(pdf), KEPT / f"{name}.png"
    if os.environ.get("CASEAPP_UPDATE_EXPECTED"):
        KEPT.mkdir(parents=True, exist_ok=True)
        found.quantize(32).save(file, optimize=True)
    with Image.open(file) as kept:
        return blocks_that_differ(found, kept.convert("L"))
