"""Places are kept by the keys of this edition, which read more spellings of an address as one."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes the keys again, with those of people."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""
