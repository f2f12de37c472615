"""What the journal tells of a column can be put back: the value is the one that was written."""

import json
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Date, Enum, LargeBinary, Time

from caseapp.store.as_journaled import ROWS, read
from caseapp.store.bulk import table_of
from caseapp.store.changes import plain
from caseapp.store.tables.base import Id, Instant

COLUMNS = {}
"""The columns by the name of their type; of bytes the journal tells the length alone."""

for one in ROWS.values():
    for made in table_of(one).columns:
        if not isinstance(made.type, LargeBinary):
            COLUMNS.setdefault(type(made.type).__name__, []).append(made)

_BY_TYPE = (
    (Id, st.uuids()),
    (Instant, st.datetimes(timezones=st.just(UTC))),
    (Date, st.dates()),
    (Time, st.times()),
    (JSON, st.lists(st.text()) | st.dictionaries(st.text(), st.text())),
)
_BY_CLASS = {
    str: st.text(),
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def values_of(column):
    if isinstance(column.type, Enum):
        return st.sampled_from(column.type.enum_class)
    made = next((values for kind, values in _BY_TYPE if isinstance(column.type, kind)), None)
    return _BY_CLASS[column.type.python_type] if made is None else made


@given(st.data())
def test_every_column_comes_back_as_it_was_written(data):
    column = data.draw(st.sampled_from(sorted(COLUMNS)).flatmap(lambda kind: st.sampled_from(COLUMNS[kind])))
    value = data.draw(st.none() | values_of(column))
    assert read(column, json.loads(json.dumps(plain(value)))) == value
