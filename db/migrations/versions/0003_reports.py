"""Calls of which a file told no date keep the span in which they were received."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("call", sa.Column("received_until", INSTANT, nullable=True))


def downgrade() -> None:
    op.drop_column("call", "received_until")
