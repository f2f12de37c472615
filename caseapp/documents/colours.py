"""The four colours of paper, dark enough to be read where they are printed in grey."""

from reportlab.lib.colors import HexColor

INK, SECOND, LINE, ACCENT = HexColor("#1d2420"), HexColor("#56605a"), HexColor("#c9cdc6"), HexColor("#0f5f57")
