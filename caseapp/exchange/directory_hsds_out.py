"""Writes the directory as an HSDS 3.1 tabular package: every table, valid as the standard describes it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from caseapp.domain.directory_entries import Said
from caseapp.domain.directory_facts import NOT_TOLD
from caseapp.domain.directory_reading import Row
from caseapp.exchange.archives import Part, pack
from caseapp.exchange.hsds_cells import outgoing
from caseapp.exchange.hsds_tables import CHOICES, TABLES, Column, Table

_DEFAULTS = {"country": "US"}
"""What a required column says where a source left it empty; other texts say that nobody told it."""

_KINDS = {"email": "string", "uri": "string", "text": "string"}


def write(said: Iterable[Said]) -> tuple[bytes, dict[str, int]]:
    """The package as a zip, and how many rows each table has; rows that would not validate are left out."""
    tables: dict[str, dict[str, Row]] = {name: {} for name in TABLES}
    for entry in said:
        for table, rows in entry.items():
            tables.setdefault(table, {}).update(rows)
    clean = {name: _clean(TABLES[name], tables[name]) for name in TABLES}
    _drop_orphans(clean)
    _clear_repeated_codes(clean["taxonomy_term"])
    parts = [Part(made.file, _csv(made, clean[name].values())) for name, made in TABLES.items()]
    parts.append(Part("datapackage.json", _description()))
    return pack(parts), {name: len(rows) for name, rows in clean.items()}


def filled(table: str, row: Row) -> Row:
    """The row with something in every required column that may be filled; links and numbers may not."""
    made = {**row}
    for column in TABLES[table].columns.values() if table in TABLES else ():
        if column.is_required and not made.get(column.name):
            made[column.name] = _default(table, column)
    return made


def _default(table: str, column: Column) -> str:
    if column.table or column.kind != "text" or column.name == "id":
        return ""
    choices = CHOICES.get((table, column.name))
    return choices[0] if choices else _DEFAULTS.get(column.name, NOT_TOLD)


def _clean(table: Table, rows: Mapping[str, Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row_id, row in rows.items():
        made = filled(
            table.name, {name: outgoing(row.get(name, ""), one) for name, one in table.columns.items()}
        )
        for name in table.columns:
            choices = CHOICES.get((table.name, name))
            if choices and made[name] and made[name] not in choices:
                made[name] = choices[0] if table.columns[name].is_required else ""
        if all(made[one.name] for one in table.columns.values() if one.is_required):
            found[row_id] = made
    return found


def _drop_orphans(tables: dict[str, dict[str, Row]]) -> None:
    """A link to a row that is not there is cleared, or takes its row with it where it is required."""
    gone = True
    while gone:
        gone = False
        for name, rows in tables.items():
            for row_id, row in list(rows.items()):
                for column, target in TABLES[name].links.items():
                    if row[column] and row[column] not in tables[target]:
                        if TABLES[name].columns[column].is_required:
                            del rows[row_id]
                            gone = True
                            break
                        row[column] = ""


def _clear_repeated_codes(terms: Mapping[str, Row]) -> None:
    """The standard wants a code once; some publishers use one for several terms."""
    seen: set[str] = set()
    for row in terms.values():
        if row["code"] in seen:
            row["code"] = ""
        seen.add(row["code"])


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([row[name] for name in table.columns] for row in rows)
    return text.getvalue().encode("utf-8")


def _description() -> bytes:
    """What the files are, in the form that data packages have."""
    content = {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "resources": [_resource(table) for table in TABLES.values()],
    }
    return json.dumps(content, indent=1).encode()


def _resource(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": target, "fields": "id"}}
        for column, target in table.links.items()
    ]
    schema: dict[str, Any] = {
        "primaryKey": "id",
        "fields": [_field(table.name, one) for one in table.columns.values()],
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: str, column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "type": _KINDS.get(column.kind, column.kind)}
    if column.kind in ("email", "uri"):
        made["format"] = column.kind
    rules: dict[str, Any] = {"required": True} if column.is_required else {}
    if (table, column.name) in CHOICES:
        rules["enum"] = list(CHOICES[table, column.name])
    if rules:
        made["constraints"] = rules
    return made
