"""Recognising a person again: profiles, levels, weights, reasons; no database and no screen."""
