"""More short forms of given names, and more words that stand for no name and no address, are known."""

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""
