"""Phones, hours and lists of a service move into its own row, and none is lost on the way."""

import json
import os

from caseapp.store import database, engine, migrate
from caseapp.system.paths import database_assets

KEY = os.urandom(32)
STAMP = {"created_at": 0, "changed_at": 0, "created_by": b"1" * 16, "changed_by": b"1" * 16, "version": 1}


def put(connection, table, **values):
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))


def test_an_older_file_keeps_its_directory(tmp_path):
    path = tmp_path / "old.caseapp"
    database.reserve(path)
    opened = engine.open_engine(path, KEY)
    migrate.upgrade(opened, database_assets("migrations"), target="0001")
    service, organization = b"s" * 16, b"o" * 16
    texts = (
        "description",
        "url",
        "email",
        "application_process",
        "fees_description",
        "eligibility_description",
    )
    with engine.writing(opened).begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        staff = {"login": "a", "name": "A", "role": "administrator", "discipline": "", "phone": ""}
        put(connection, "staff", id=b"1" * 16, is_active=1, can_sign_in=1, **staff, **STAMP)
        named = {"name": "Harbor", "alternate_name": "", "description": "", "email": "", "website": ""}
        put(
            connection, "organization", id=organization, source="", source_id="", extra="{}", **named, **STAMP
        )
        put(
            connection,
            "service",
            id=service,
            organization_id=organization,
            name="Beds",
            status="active",
            assured_by="",
            is_substance_use=0,
            source="",
            source_id="",
            extra="{}",
            **dict.fromkeys(texts, ""),
            **STAMP,
        )
        for place, number in enumerate(("555-1", "555-2")):
            row = {"service_id": service, "position": place, "number": number}
            put(connection, "service_phone", id=bytes([place]) * 16, extension="", description="", **row)
        hours = {"byday": "MO", "opens_at": "09:00:00.000000", "closes_at": "17:00:00.000000"}
        put(connection, "service_schedule", id=b"h" * 16, service_id=service, description="", **hours)
        for place, code in enumerate(("shelter", "housing")):
            row = {"list_name": "service_category", "code": code, "position": place}
            put(connection, "service_code", id=bytes([place]) * 16, service_id=service, **row)
    migrate.upgrade(opened, database_assets("migrations"))
    with opened.connect() as connection:
        phone, rules, lists = connection.exec_driver_sql("SELECT phone, hours, lists FROM service").one()
    assert phone == "555-1" and json.loads(lists) == {"service_category": ["shelter", "housing"]}
    assert json.loads(rules) == [{"byday": "MO", "opens": "09:00:00", "closes": "17:00:00"}]
    opened.dispose()
