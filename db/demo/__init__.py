"""The sample agency: invented people, made from a seed, written through the same services as real work."""
