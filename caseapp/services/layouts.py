"""Dispatch layouts: proposed for a file, changed field by field, kept by name, passed on as files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.exchange import code_lists, layout_reading, skip_rules
from caseapp.exchange.calls_columns import Converter
from caseapp.exchange.code_lists import FileValues, Words
from caseapp.exchange.layout_writing import content_of, toml
from caseapp.exchange.layouts import TIMES, Layout, Skip
from caseapp.exchange.recogniser import LEAST, NotRecognised, Proposal, layout_of
from caseapp.exchange.spellings import column_key
from caseapp.services.call_files import look, proposed, recognise, watched
from caseapp.services.context import Context, Service, verb
from caseapp.services.stages import Progress, no_progress
from caseapp.system import paths

_KINDS = frozenset({Kind.IMPORT})
_NUMBERED = "column "


class NameMissing(CaseAppError):
    """A layout is kept under a name."""

    code = "layout.name-missing"


class NameTaken(CaseAppError):
    """A layout that comes with the program has this name."""

    code = "layout.name-taken"


class NeedsNumberAndTime(CaseAppError):
    """Without a call's number and a time of it no call can be told."""

    code = "layout.needs-number-and-time"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file under a layout that is still being made, with a sample of each column.

    `proposals` say of each field how sure its columns are and why; none where the layout is known.
    """

    path: Path
    header: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    rows: int
    how_read: str
    layout: Layout
    is_known: bool
    proposals: Mapping[str, Proposal]
    unsure: tuple[str, ...] = ()

    def samples(self, names: tuple[str, ...], *, most: int = 3) -> tuple[str, ...]:
        """The first different values of some columns, joined."""
        parts = [self.columns[name] for name in names if name in self.columns]
        rows = (" ".join(filter(None, row)) for row in zip(*parts, strict=True))
        return tuple(dict.fromkeys(filter(None, rows)))[:most]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a pass over the whole file found, with the rules that are proposed for rows to leave out."""

    values: FileValues
    skips: tuple[tuple[Skip, int], ...]
    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Offered:
    """A layout to choose; `is_ours` tells one that the agency made."""

    layout: Layout
    is_ours: bool


class LayoutService(Service):
    """How dispatch centres write their exports, as the agency taught it."""

    @verb(Right.IMPORT)
    def offered(self) -> list[Offered]:
        """The agency's own layouts by name, then those that come with the program."""
        own = _own(self._context)
        return [Offered(one, True) for one in own] + [Offered(one, False) for one in _shipped()]

    @verb(Right.IMPORT)
    def draft(self, *, path: Path, layout: str | Layout = "", progress: Progress = no_progress) -> Draft:
        """What a file seems to be, field by field; raises what reading it raises.

        A file of which not even number and time are told is a draft all the same: somebody chooses them.
        """
        table = look(path, progress)
        header, rows = table.header, table.sample.rows
        columns = {name: tuple(row[place].strip() for row in rows) for place, name in enumerate(header)}
        try:
            found = recognise(table, None, layout, layouts_of(self._context))
            made, proposals, is_known, unsure = found.layout, found.proposals, found.is_known, found.unsure
        except NotRecognised:
            proposals, is_known, unsure = proposed(table), False, ()
            made = _half(proposals, path, header)
        return Draft(
            path,
            header,
            columns,
            table.count,
            table.how_read,
            made,
            is_known,
            {one.field: one for one in proposals if one.confidence >= LEAST},
            unsure,
        )

    @verb(Right.IMPORT)
    def look_through(self, *, path: Path, layout: Layout, progress: Progress = no_progress) -> Looked:
        """Count the values of a file's codes and units; raises ImportStopped when progress says stop."""
        table = look(path, progress)
        converter = Converter(table.header, layout, self._context.zone)
        words = Words(paths.resource("recogniser", "code-words.toml"), _own(self._context))
        watch = watched("Counting values", table.count, progress)
        found = code_lists.values_of(table, layout, converter, words, watch)
        return Looked(found, tuple(skip_rules.proposed(found, layout)), words.options)

    @verb(Right.IMPORT)
    def save(self, *, layout: Layout, name: str) -> Layout:
        """Keep a layout under a name, over the agency's own of that name; told by its columns next time.

        Raises NameMissing, NameTaken or NeedsNumberAndTime.
        """
        made = _checked(layout, name)
        with self._context.write("layout.save") as work:
            work.layouts.put(made.name, content_of(made))
            work.commit()
        return made

    @verb(Right.IMPORT)
    def remove(self, *, name: str) -> Change:
        """Forget a layout of the agency; calls that came in by it stay."""
        with self._context.write("layout.remove") as work:
            work.layouts.remove(name)
            work.commit()
        return Change(_KINDS)

    @verb(Right.IMPORT)
    def written(self, *, layout: Layout) -> bytes:
        """The layout as a file that another agency, or the command line, can read."""
        return toml(layout).encode()

    @verb(Right.IMPORT)
    def read_file(self, *, path: Path) -> Layout:
        """Keep the layout of a file under its own name; raises BrokenLayout, NameTaken ..."""
        found = layout_reading.load(path)
        made = replace(_checked(found, found.name), signature=found.signature)
        with self._context.write("layout.read-file") as work:
            work.layouts.put(made.name, content_of(made))
            work.commit()
        return made


def layouts_of(context: Context) -> list[Layout]:
    """Every layout, the agency's own first."""
    return [*_own(context), *_shipped()]


def _own(context: Context) -> list[Layout]:
    with context.read("layout.list") as work:
        return [layout_reading.of_content(content, name) for name, content in work.layouts.all().items()]


def _shipped() -> tuple[Layout, ...]:
    return layout_reading.shipped(paths.resource("layouts"))


def _checked(layout: Layout, name: str) -> Layout:
    """The layout as it is kept: named, with the columns by which it is told."""
    name = " ".join(name.split())
    if not name:
        raise NameMissing()
    if name in {one.name for one in _shipped()}:
        raise NameTaken(name=name)
    if not ({"number"} & (layout.fields.keys() | layout.constants.keys())) or not set(TIMES) & set(
        layout.fields
    ):
        raise NeedsNumberAndTime()
    columns = {column_key(column) for source in layout.fields.values() for column in source.columns}
    is_headed = not any(column.startswith(column_key(_NUMBERED)) for column in columns)
    signature = frozenset(columns) if is_headed else frozenset()
    return replace(layout, name=name, title=name, centre=layout.centre or name, signature=signature)


def _half(proposals: tuple[Proposal, ...], path: Path, header: tuple[str, ...]) -> Layout:
    """A layout from what was recognised, although number or time are missing yet."""
    stand_ins = [
        Proposal(field, (header[0],), 0.0, (), ())
        for field in ("number", "received_at")
        if field not in {one.field for one in proposals}
    ]
    whole = layout_of([*proposals, *stand_ins], name=path.stem, file=path.name, header=header)
    missing = {one.field for one in stand_ins}
    return replace(whole, fields={name: one for name, one in whole.fields.items() if name not in missing})
