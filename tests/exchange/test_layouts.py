"""Layout files: what they can say, and the sentence for each mistake in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.errors import CaseAppError
from caseapp.exchange import calls_sheet, layout_reading, sheet
from caseapp.system.messages import sentence_for
from caseapp.system.paths import resource
from tests.exchange.call_sheets import ZONE, accounted
from tests.exchange.reading import whole

GOOD = 'name = "x"\ntitle = "X"\n'
COLUMNS = '[columns]\nnumber = "N"\nreceived_at = "T"\n'


def load(tmp_path, text):
    file = tmp_path / "map.toml"
    file.write_text(text, encoding="utf-8")
    return layout_reading.load(file)


class TestLayoutFiles:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("= 3", "file"),
            (COLUMNS, "name"),
            (GOOD, "columns"),
            (GOOD + 'colour = "red"\n' + COLUMNS, "colour"),
            (GOOD + 'time_zone = "Mars/Base"\n' + COLUMNS, "time_zone"),
            (GOOD + 'time_zone = "../x"\n' + COLUMNS, "time_zone"),
            (GOOD + "midnight = 3\n" + COLUMNS, "midnight"),
            (GOOD + 'to_minute = "yes"\n' + COLUMNS, "to_minute"),
            (GOOD + 'signature = "N"\n' + COLUMNS, "signature"),
            (GOOD + "constants = 3\n" + COLUMNS, "constants"),
            (GOOD + "skip = 3\n" + COLUMNS, "skip"),
            (GOOD + COLUMNS + '[[skip]]\ncolumn = "N"\nmatches = "("\nreason = "x"\n', "skip 1"),
            (GOOD + COLUMNS + '[[skip]]\ncolumn = 3\nmatches = "a"\nreason = "x"\n', "skip 1"),
            (GOOD + COLUMNS + 'colour = "C"\n', "columns.colour"),
            (GOOD + COLUMNS + 'unit = { column = "U", takes = ["code"] }\n', "columns.unit"),
            (GOOD + COLUMNS + 'unit = { column = "U", sorts = 1 }\n', "columns.unit.sorts"),
            (GOOD + COLUMNS + 'city = { column = "U", split = "|" }\n', "columns.city.split"),
            (
                GOOD + COLUMNS + 'entered_at = { column = "S", after = "cleared_at" }\n',
                "columns.entered_at.after",
            ),
        ],
    )
    def test_name_the_key_that_is_wrong(self, tmp_path, text, key):
        with pytest.raises(layout_reading.BrokenLayout) as error:
            load(tmp_path, text)
        assert error.value.values["key"] == key and f"“{key}”" in sentence_for(error.value)

    @given(
        st.dictionaries(
            st.sampled_from(["name", "time_zone", "midnight", "columns", "constants", "skip", "signature"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
                max_leaves=5,
            ),
        )
    )
    def test_are_refused_by_a_sentence_whatever_they_hold(self, content):
        with pytest.raises(CaseAppError):
            layout_reading._Reader("x.toml", {"title": "x", **content}).layout()

    def test_of_the_program_are_all_good(self):
        assert {one.name for one in layout_reading.shipped(resource("layouts"))} >= {
            "dallas-active-calls",
            "lane-county-mobile-crisis",
            "nashville-mnpd",
        }


class TestMaps:
    def test_skip_rows_by_a_rule_and_count_them(self, tmp_path):
        rule = '[[skip]]\ncolumn = "D"\nmatches = "^(void|test)"\nreason = "void or test"\n'
        layout = load(tmp_path, GOOD + COLUMNS + rule)
        data = b"N,T,D\n1,2024-05-01 10:00,VOID\n2,2024-05-01 10:00,Done\n,,\n3,2024-05-01 10:00,Test call\n"
        reading = whole(sheet.read(data, "x.csv"), layout, ZONE)
        assert reading.skipped == {"void or test": 2, "blank": 1}
        assert len(reading.calls) == 1 and accounted(reading)

    def test_split_units_and_count_times_in_minutes(self, tmp_path):
        more = 'unit = { column = "U", split = "|" }\non_scene_at = { column = "M", after = "received_at", unit = "minutes" }\n'
        layout = load(tmp_path, GOOD + COLUMNS + more + '[constants]\nsource = "911"\n')
        data = b"N,T,U,M\n1,2024-05-01 10:00,3J79| 3J78|3J79,12.5\n2,2024-05-01 10:00,,-3\n"
        first, second = whole(sheet.read(data, "x.csv"), layout, ZONE).calls
        assert [one.call_sign for one in first.responses] == ["3J79", "3J78"]
        assert (first.on_scene_at - first.received_at).seconds == 750 and first.source == "911"
        assert second.responses == () and second.on_scene_at is None

    def test_refuse_a_file_of_another_layout(self, tmp_path):
        with pytest.raises(calls_sheet.DoesNotFit) as error:
            whole(sheet.read(b"A,T\n1,2\n", "x.csv"), load(tmp_path, GOOD + COLUMNS), zone=ZONE)
        assert "“N”" in sentence_for(error.value)

    def test_count_columns_that_the_file_lacks(self, tmp_path):
        layout = load(tmp_path, GOOD + COLUMNS + 'city = "C"\n')
        reading = whole(sheet.read(b"N,T\n1,2024-05-01 10:00\n", "x.csv"), layout, ZONE)
        assert reading.warnings == {"column-not-in-file": 1}
