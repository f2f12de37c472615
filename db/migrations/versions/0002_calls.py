"""Calls at full depth: screening versions, back-up, co-response, safety checks, places, and their lists."""

import os
import time
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")

LISTED = (
    "received_at",
    "id",
    "type_text",
    "type_initial_text",
    "place",
    "disposition",
    "source",
    "eligible",
    "number",
)

ADDED = (
    ("place", "safety_until", sa.Date(), None),
    ("place", "block", sa.String(), ""),
    ("call", "dispatch_decision", sa.String(), ""),
    ("call", "dispatch_note", sa.String(), ""),
    ("call", "eligible_reason", sa.String(), ""),
    ("call", "screened_by", sa.String(), ""),
    ("call", "screened_at", INSTANT, None),
    ("screening_criterion", "letting_answer", sa.String(), "no"),
    ("screening_criterion", "replaces_id", ID, None),
    ("unit", "retired_on", sa.Date(), None),
    ("responder", "is_armed", sa.Boolean(), sa.false()),
    ("responder", "left_on", sa.Date(), None),
    ("response", "video_device", sa.String(), ""),
    ("response", "backup_what", sa.String(), ""),
    ("response", "backup_asked_at", INSTANT, None),
    ("response", "came_how", sa.String(), ""),
    ("response", "officer", sa.String(), ""),
    ("response", "clinician", sa.String(), ""),
    ("response", "called_in_at", INSTANT, None),
    ("response", "called_in_by", sa.String(), ""),
    ("response", "cit_officer", sa.Boolean(), None),
    ("encounter", "triage_note", sa.String(), ""),
    ("encounter", "transported_by", sa.String(), ""),
    ("encounter", "restraint", sa.String(), ""),
    ("encounter", "involuntary_hold", sa.String(), ""),
)
"""Table, column, type, and what rows of before say there; None is nothing recorded."""

CODES = (
    ("call_source", "team", "Found by our team", "Hallada por nuestro equipo", 6),
    ("dispatch_decision", "our-team", "Sent our team", "Enviado nuestro equipo", 1),
    ("dispatch_decision", "police", "Sent police", "Enviada la policía", 2),
    ("dispatch_decision", "both", "Sent both together", "Enviados ambos juntos", 3),
    (
        "dispatch_decision",
        "police-then-team",
        "Police first, then our team",
        "Primero policía, luego nuestro equipo",
        4,
    ),
    ("dispatch_decision", "medical", "Sent medics or fire", "Enviados paramédicos o bomberos", 5),
    ("dispatch_decision", "phone", "Settled by phone", "Resuelto por teléfono", 6),
    ("dispatch_decision", "held", "Held, nobody sent", "En espera, nadie enviado", 7),
    ("dispatch_decision", "other", "Other", "Otro", 8),
    ("dispatch_decision", "unknown", "Unknown", "Se desconoce", 9),
    ("arrived_as", "together", "Together with police", "Junto con la policía", 1),
    ("arrived_as", "called-in", "Called in after police", "Llamado después de la policía", 2),
    ("arrived_as", "virtual", "By video", "Por video", 3),
    ("arrived_as", "alone", "Without police", "Sin policía", 4),
    ("arrived_as", "unknown", "Unknown", "Se desconoce", 5),
    ("came_how", "sent-along", "Sent along from the start", "Enviada desde el inicio", 1),
    ("came_how", "asked-for", "Asked for by the team", "Pedida por el equipo", 2),
    ("came_how", "on-its-own", "Came unasked", "Llegó sin pedirse", 3),
    ("came_how", "unknown", "Unknown", "Se desconoce", 4),
    ("led_by", "clinician", "Clinician", "Clínico", 1),
    ("led_by", "peer", "Peer specialist", "Especialista par", 2),
    ("led_by", "medic", "Medic", "Paramédico", 3),
    ("led_by", "officer", "Officer", "Agente", 4),
    ("led_by", "shared", "Shared", "Compartido", 5),
    ("led_by", "unknown", "Unknown", "Se desconoce", 6),
    ("back_up_kind", "police", "Police", "Policía", 1),
    ("back_up_kind", "medical", "Medics or ambulance", "Paramédicos o ambulancia", 2),
    ("back_up_kind", "fire", "Fire", "Bomberos", 3),
    ("back_up_kind", "our-team", "Another team of ours", "Otro equipo nuestro", 4),
    ("back_up_kind", "other", "Other", "Otro", 5),
    ("back_up_kind", "unknown", "Unknown", "Se desconoce", 6),
    ("asked_by", "responder", "Responder at the scene", "Personal en el lugar", 1),
    ("asked_by", "dispatcher", "Dispatcher", "Despacho", 2),
    ("asked_by", "officer", "Officer", "Agente", 3),
    ("asked_by", "caller", "Caller", "Quien llamó", 4),
    ("asked_by", "person", "The person", "La persona", 5),
    ("asked_by", "unknown", "Unknown", "Se desconoce", 6),
    ("back_up_reason", "weapon", "Weapon seen or said", "Arma vista o mencionada", 1),
    ("back_up_reason", "violence", "Violence or threats", "Violencia o amenazas", 2),
    ("back_up_reason", "crime", "Crime in progress", "Delito en curso", 3),
    ("back_up_reason", "medical", "Medical need", "Necesidad médica", 4),
    ("back_up_reason", "hold", "Involuntary hold", "Retención involuntaria", 5),
    ("back_up_reason", "entry", "Entry to a home", "Entrada a una vivienda", 6),
    ("back_up_reason", "other", "Other", "Otro", 7),
    ("back_up_reason", "unknown", "Unknown", "Se desconoce", 8),
    ("safety_answer", "ok", "Safe", "A salvo", 1),
    ("safety_answer", "no-answer", "No answer", "Sin respuesta", 2),
    ("safety_answer", "help", "Needs help", "Necesita ayuda", 3),
    ("safety_answer", "unknown", "Unknown", "Se desconoce", 4),
    ("video_device", "officer-tablet", "Officer's tablet", "Tableta del agente", 1),
    ("video_device", "medic-tablet", "Medic's tablet", "Tableta del paramédico", 2),
    ("video_device", "person-phone", "The person's own phone", "Teléfono de la persona", 3),
    ("video_device", "left-tablet", "Tablet left with the person", "Tableta dejada con la persona", 4),
    ("video_device", "other", "Other", "Otro", 5),
    ("video_device", "unknown", "Unknown", "Se desconoce", 6),
    ("video_outcome", "settled", "Settled by video", "Resuelto por video", 1),
    ("video_outcome", "team-sent", "A team was sent", "Se envió un equipo", 2),
    ("video_outcome", "transported", "Transported", "Trasladada", 3),
    ("video_outcome", "dropped", "Connection lost", "Se perdió la conexión", 4),
    ("video_outcome", "declined", "Person declined video", "No quiso video", 5),
    ("video_outcome", "other", "Other", "Otro", 6),
    ("video_outcome", "unknown", "Unknown", "Se desconoce", 7),
    ("use_of_force", "none", "None", "Ninguno", 1),
    ("use_of_force", "hands", "Hands or holds", "Manos o sujeción", 2),
    ("use_of_force", "device", "Spray, baton or stun device", "Gas, bastón o descarga", 3),
    ("use_of_force", "firearm-shown", "Firearm shown", "Arma mostrada", 4),
    ("use_of_force", "firearm", "Firearm used", "Arma disparada", 5),
    ("use_of_force", "other", "Other", "Otro", 6),
    ("use_of_force", "unknown", "Unknown", "Se desconoce", 7),
    ("restraint", "none", "None", "Ninguna", 1),
    ("restraint", "handcuffs", "Handcuffs", "Esposas", 2),
    ("restraint", "soft", "Soft restraint", "Sujeción blanda", 3),
    ("restraint", "medicine", "Medicine to calm", "Medicamento para calmar", 4),
    ("restraint", "other", "Other", "Otra", 5),
    ("restraint", "unknown", "Unknown", "Se desconoce", 6),
    ("injury", "none", "None", "Ninguna", 1),
    ("injury", "person", "The person", "La persona", 2),
    ("injury", "responder", "A responder", "Personal de respuesta", 3),
    ("injury", "both", "Person and responder", "Persona y personal", 4),
    ("injury", "other", "Somebody else", "Otra persona", 5),
    ("injury", "unknown", "Unknown", "Se desconoce", 6),
    ("involuntary_hold", "none", "None", "Ninguna", 1),
    ("involuntary_hold", "officer", "Placed by an officer", "Ordenada por un agente", 2),
    ("involuntary_hold", "clinician", "Placed by a clinician", "Ordenada por un clínico", 3),
    ("involuntary_hold", "considered", "Considered, not placed", "Considerada, no ordenada", 4),
    ("involuntary_hold", "unknown", "Unknown", "Se desconoce", 5),
    ("arrest", "none", "None", "Ninguno", 1),
    ("arrest", "citation", "Citation", "Citación", 2),
    ("arrest", "arrest", "Arrest", "Arresto", 3),
    ("arrest", "unknown", "Unknown", "Se desconoce", 4),
    ("transported_by", "our-team", "Our team", "Nuestro equipo", 1),
    ("transported_by", "ambulance", "Ambulance", "Ambulancia", 2),
    ("transported_by", "police", "Police", "Policía", 3),
    ("transported_by", "ride", "Taxi or bus fare", "Taxi o autobús", 4),
    ("transported_by", "family", "Family or friend", "Familia o amistad", 5),
    ("transported_by", "other", "Other", "Otro", 6),
    ("transported_by", "unknown", "Unknown", "Se desconoce", 7),
    ("offer_answer", "accepted", "Accepted", "Aceptó", 1),
    ("offer_answer", "declined", "Declined", "No aceptó", 2),
    ("offer_answer", "thinking", "Will think about it", "Lo pensará", 3),
    ("offer_answer", "has", "Has it already", "Ya lo tiene", 4),
    ("offer_answer", "not-there", "Nothing free", "Nada disponible", 5),
    ("offer_answer", "unknown", "Unknown", "Se desconoce", 6),
    ("named_place_kind", "shelter", "Shelter", "Albergue", 1),
    ("named_place_kind", "camp", "Camp", "Campamento", 2),
    ("named_place_kind", "hospital", "Hospital or clinic", "Hospital o clínica", 3),
    ("named_place_kind", "park", "Park", "Parque", 4),
    ("named_place_kind", "library", "Library", "Biblioteca", 5),
    ("named_place_kind", "station", "Station or stop", "Estación o parada", 6),
    ("named_place_kind", "home", "Group home", "Hogar grupal", 7),
    ("named_place_kind", "other", "Other", "Otro", 8),
    ("named_place_kind", "unknown", "Unknown", "Se desconoce", 9),
)
"""List, code, English and Spanish label, position: what a database of before does not have yet."""


def upgrade() -> None:
    for table, name, kind, empty in ADDED:
        column = sa.Column(name, kind, nullable=empty is None, server_default=empty)
        op.add_column(table, column)
    _add_tables()
    _exchange_indexes()
    _add_codes()


def _add_tables() -> None:
    op.create_table(
        "place_spelling",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        _foreign("place_spelling", "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name="pk_place_spelling"),
        sa.UniqueConstraint("text", "city", name="uq_place_spelling_text_city"),
    )
    op.create_index("ix_place_spelling_place_id", "place_spelling", ["place_id"])
    op.create_table(
        "safety_check",
        sa.Column("call_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("call_sign", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", ID, nullable=False),
        _foreign("safety_check", "call_id", "call"),
        sa.PrimaryKeyConstraint("id", name="pk_safety_check"),
    )
    op.create_index("ix_safety_check_call_id", "safety_check", ["call_id"])
    op.create_table(
        "call_type",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        _foreign("call_type", "changed_by", "staff"),
        _foreign("call_type", "created_by", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_call_type"),
        sa.UniqueConstraint("text", name="uq_call_type_text"),
    )


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=name, initially="DEFERRED", deferrable=True
    )


def _exchange_indexes() -> None:
    """One wide index answers every filter of the list of calls without reading the calls themselves."""
    op.drop_index("ix_call_received_at", table_name="call")
    op.drop_index("ix_call_place", table_name="call")
    op.drop_index("ix_response_call_id", table_name="response")
    op.drop_index("ix_shift_unit_id", table_name="shift")
    op.create_index("ix_call_list", "call", list(LISTED))
    op.create_index("ix_call_place_received_at", "call", ["place", "received_at"])
    op.create_index("ix_response_call_id_model", "response", ["call_id", "model"])
    op.create_index("ix_shift_unit_id_from_at", "shift", ["unit_id", "from_at"])
    op.create_index("ix_shift_from_at", "shift", ["from_at"])
    op.create_index("ix_place_block", "place", ["block"])
    for name, words in (("not_linked", "person_id IS NULL"), ("handed", "triage = 'handed'")):
        some = sa.text(words)
        op.create_index(
            f"ix_encounter_{name}", "encounter", ["call_id"], sqlite_where=some, postgresql_where=some
        )


def _add_codes() -> None:
    """Lists that a database of before lacks; a new one is filled from the seed files instead."""
    code = sa.table(
        "code",
        sa.column("id", ID),
        *(sa.column(name) for name in ("list_name", "code", "label_en", "label_es", "standard_code")),
        sa.column("position", sa.Integer()),
    )
    connection = op.get_bind()
    held = {tuple(row) for row in connection.execute(sa.select(code.c.list_name, code.c.code))}
    if not held:
        return
    rows = [
        {
            "id": _new_id(),
            "list_name": name,
            "code": value,
            "label_en": english,
            "label_es": spanish,
            "position": position,
            "standard_code": "",
        }
        for name, value, english, spanish, position in CODES
        if (name, value) not in held
    ]
    if rows:
        connection.execute(sa.insert(code), rows)


def _new_id() -> bytes | uuid.UUID:
    """A UUIDv7 as the database keeps it."""
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return uuid.UUID(bytes=bytes(raw)) if op.get_bind().dialect.name == "postgresql" else bytes(raw)


def downgrade() -> None:
    op.drop_index("ix_encounter_handed", table_name="encounter")
    op.drop_index("ix_encounter_not_linked", table_name="encounter")
    op.drop_index("ix_place_block", table_name="place")
    op.drop_index("ix_shift_from_at", table_name="shift")
    op.drop_index("ix_shift_unit_id_from_at", table_name="shift")
    op.drop_index("ix_response_call_id_model", table_name="response")
    op.drop_index("ix_call_place_received_at", table_name="call")
    op.drop_index("ix_call_list", table_name="call")
    op.create_index("ix_shift_unit_id", "shift", ["unit_id"])
    op.create_index("ix_response_call_id", "response", ["call_id"])
    op.create_index("ix_call_place", "call", ["place"])
    op.create_index("ix_call_received_at", "call", ["received_at"])
    for table in ("call_type", "safety_check", "place_spelling"):
        op.drop_table(table)
    for table, name, _kind, _empty in reversed(ADDED):
        op.drop_column(table, name)
