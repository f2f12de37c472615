"""Forms of address, Junior and Senior, and what stands for no address or birth are told apart from facts."""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table; whoever signs in first writes keys and rows again."""


def downgrade() -> None:
    """Change no table; an older edition finds what it wrote and writes its own."""
