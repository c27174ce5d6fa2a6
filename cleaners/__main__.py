"""`python -m cleaners` is `copydesk`."""

import sys

from cleaners.cli import main

if __name__ == "__main__":
    sys.exit(main())
