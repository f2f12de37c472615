"""python -m caseapp"""

import sys


def main() -> int:
    """Run the command line; who stops it while it is read in gets the same sentence as later."""
    try:
        from caseapp import cli

        return cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing of it was saved.\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
