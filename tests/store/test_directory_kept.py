"""What a source said, as the text that is kept."""

import json

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.directory_entries import Entry
from caseapp.store.directory_kept import packed, unpacked

KEY = "5e3d2a34-6a63-5b9e-9a0c-7d0f4b7f2c11"
CELLS = st.one_of(
    st.text(min_size=1, max_size=8),
    st.sampled_from([KEY, f',"{KEY}"', f'["{KEY}', '"', "\\", "0", f"{KEY},", "é\n", "\x7f"]),
)
ROWS = st.dictionaries(st.sampled_from(["name", "service_id", 'odd "one"', KEY]), CELLS, max_size=4)
SAID = st.dictionaries(
    st.sampled_from(["service", "phone", "schedule"]),
    st.dictionaries(st.one_of(st.just(KEY), st.uuids().map(str)), ROWS, min_size=1, max_size=4),
    max_size=3,
).map(
    lambda said: {
        table: {one: {"id": one, **row} for one, row in rows.items()} for table, rows in said.items()
    }
)


@given(SAID)
def test_comes_back_as_it_was(said):
    assert unpacked("service", KEY, json.loads(packed(KEY, said))) == said


@given(SAID)
def test_is_the_same_text_after_it_was_written_again(said):
    again = unpacked("service", KEY, json.loads(packed(KEY, said)))
    assert list(again) == sorted(said)
    assert json.loads(packed(KEY, again)) == json.loads(packed(KEY, said))


def test_holds_the_root_s_own_id_once():
    said = {"service": {KEY: {"id": KEY, "name": "Beds"}}, "phone": {"p": {"id": "p", "service_id": KEY}}}
    assert KEY not in packed(KEY, said)


def test_of_earlier_editions_is_read():
    kept = {"service": {KEY: {"name": "Beds"}}, "phone": {"p": {"service_id": "", "number": "5"}}}
    assert unpacked("service", KEY, kept) == {
        "service": {KEY: {"id": KEY, "name": "Beds"}},
        "phone": {"p": {"id": "p", "service_id": KEY, "number": "5"}},
    }
    assert Entry("service", KEY, KEY, unpacked("service", KEY, kept)).row["name"] == "Beds"
