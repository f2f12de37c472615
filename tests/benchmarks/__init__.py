"""Measures what the program promises; run by hand: `python -m tests.benchmarks`."""
