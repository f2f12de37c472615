"""When the dispatch centre last wrote what a call says."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add the column; of what was imported before nobody knows."""
    op.add_column("call", sa.Column("told_at", INSTANT, nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("call") as batch:
        batch.drop_column("told_at")
