"""Pairs that wait for a judgement are ordered by what it is worth: the calls a link would show together.

Restricted people have an index: few as they are, every look at the pairs asks for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INDEX = "ix_review_pair_worth"
RESTRICTED = "ix_person_restricted"


def upgrade() -> None:
    """Count every pair as if nobody had been met yet; the next search counts the calls."""
    op.add_column("review_pair", sa.Column("worth", sa.Double(), nullable=False, server_default="0"))
    op.execute("UPDATE review_pair SET worth = probability")
    op.create_index(INDEX, "review_pair", ["is_put_off", "worth", "id"])
    op.create_index(
        RESTRICTED,
        "person",
        ["id"],
        sqlite_where=sa.text("is_restricted = 1"),
        postgresql_where=sa.text("is_restricted"),
    )


def downgrade() -> None:
    """Order them by their chance again."""
    op.drop_index(RESTRICTED, table_name="person")
    op.drop_index(INDEX, table_name="review_pair")
    op.drop_column("review_pair", "worth")
