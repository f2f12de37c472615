"""Postal codes as spreadsheets spoil them."""


def five_digits(cell: str) -> str:
    """Five digits of "80111.1", "80111-1234" and "1234.0"; anything else stays as it is."""
    head = cell.split(".")[0].split("-")[0].strip()
    if head.isascii() and head.isdigit() and (len(head) == 5 or (len(head) == 4 and cell.endswith(".0"))):
        return head.zfill(5)
    return cell
