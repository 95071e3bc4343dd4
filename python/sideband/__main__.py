"""``python -m sideband`` is the program itself."""

import os
import sys

from ._errors import ProgramNotFoundError
from ._program import find


def main() -> None:
    """Becomes the program, with the words of the command line."""
    try:
        words = find()
    except ProgramNotFoundError as error:
        sys.exit(f"error: {error}")
    os.execvp(words[0], [*words, *sys.argv[1:]])


if __name__ == "__main__":
    main()
