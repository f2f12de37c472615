"""Who took somebody in triage and when, and the reasons for which somebody is left without follow-up."""

import os
import time
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
TAKEN = "triage = 'taken'"
LIST = "triage_decline_reason"
REASONS = (
    ("no-follow-up-wished", "Wants no follow-up", "No desea seguimiento"),
    ("outside-area", "Lives outside our area", "Vive fuera de nuestra área"),
    ("with-other-agency", "With another agency already", "Ya está con otra agencia"),
    ("not-ours", "Not a matter for this program", "No es asunto de este programa"),
    ("duplicate", "Written down twice", "Anotado dos veces"),
    ("nobody-met", "Nobody was met", "No se encontró a nadie"),
    ("other", "Other", "Otro"),
    ("unknown", "Unknown", "Se desconoce"),
    ("declined", "Declined to answer", "No quiso responder"),
)


def upgrade() -> None:
    op.add_column("encounter", sa.Column("triage_to", ID, nullable=True))
    op.add_column("encounter", sa.Column("triage_at", INSTANT, nullable=True))
    taken = sa.text(TAKEN)
    op.create_index(
        "ix_encounter_taken", "encounter", ["call_id"], sqlite_where=taken, postgresql_where=taken
    )
    _add_reasons()


def _add_reasons() -> None:
    """A database of before lacks the list; a new one is filled from the seed files instead."""
    code = sa.table(
        "code",
        sa.column("id", ID),
        *(sa.column(name) for name in ("list_name", "code", "label_en", "label_es", "standard_code")),
        sa.column("position", sa.Integer()),
    )
    connection = op.get_bind()
    if connection.execute(sa.select(code.c.code).limit(1)).first() is None:
        return
    rows = [
        {
            "id": _new_id(),
            "list_name": LIST,
            "code": value,
            "label_en": english,
            "label_es": spanish,
            "position": position,
            "standard_code": "",
        }
        for position, (value, english, spanish) in enumerate(REASONS, start=1)
    ]
    connection.execute(sa.insert(code), rows)


def _new_id() -> bytes | uuid.UUID:
    """A UUIDv7 as the database keeps it."""
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return uuid.UUID(bytes=bytes(raw)) if op.get_bind().dialect.name == "postgresql" else bytes(raw)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM code WHERE list_name = :name").bindparams(name=LIST))
    op.drop_index("ix_encounter_taken", table_name="encounter")
    op.drop_column("encounter", "triage_at")
    op.drop_column("encounter", "triage_to")
