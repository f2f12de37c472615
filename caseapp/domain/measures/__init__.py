"""What reports count: each measure as data and one function, over frozen rows, without a clock or a disk."""
