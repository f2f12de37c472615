"""The list of open referrals shows what it is for in a small window too."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from caseapp.domain.referrals import Method
from caseapp.ui.widgets.cells import _one_or_two
from tests.builders import a_person
from tests.ui.driving import a_desk, settle


def test_every_step_is_whole_in_a_window_of_1280_also_in_large_letters(qtbot, worker):
    """“Still there at 30 d…” stood there."""
    person_id = worker.people.add(details=a_person())
    worker.referrals.offer(person_id=person_id, need="a bed", method=Method.SELF, place="Harbor Detox")
    for size in (100, 150):
        window = a_desk(qtbot, worker, size=size)
        window.resize(1280, 720)
        window.show_place("referrals", None)
        settle(qtbot, window)
        table = window.current.table
        (place,) = (n for n, one in enumerate(table.model.columns) if one.title == "Step")
        for _code, said in window.desk.lists.codes("referral_step"):
            assert table.view.columnWidth(place) >= table._delegate.width_for(said), said
        window.close()


class Drawn:
    """What a cell would draw."""

    def drawText(self, _area, _flags, text):  # noqa: N802
        self.text = text


def test_a_name_of_two_words_is_never_cut_where_each_has_a_line(qtbot):
    """“Tiffany Cla…” stood on one line of two, where the name was wider by less than a pixel."""
    font = QFont("Open Sans")
    for pixels in range(12, 40):
        font.setPixelSize(pixels)
        metrics, drawn = QFontMetrics(font), Drawn()
        for width in range(
            metrics.horizontalAdvance("Tiffany"), 2 + metrics.horizontalAdvance("Tiffany Clark")
        ):
            area = QRect(0, 0, width, 3 * metrics.lineSpacing())
            _one_or_two(drawn, area, "Tiffany Clark", metrics, may_wrap=True)
            assert drawn.text == "Tiffany Clark", (pixels, width)
