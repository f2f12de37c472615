"""Places with names, and the day on which a note on a place was written."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no place on record has a name, and of older notes nobody kept the day."""
    op.add_column("place", sa.Column("name", sa.String(), nullable=False, server_default=""))
    op.add_column("place", sa.Column("other_names", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("place", sa.Column("noted_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("place") as batch:
        for name in ("noted_on", "other_names", "name"):
            batch.drop_column(name)
