"""What goes wrong, one class a kind. The text of an exception is the program's own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from ._run import Run


class SidebandError(Exception):
    """Whatever sideband refuses or cannot do.

    Attributes:
        exit_code: The program's exit code; None where no program ran.
        details: What else the program wrote on standard error, with ``SIDEBAND_DEBUG=1`` where it happened.
    """

    def __init__(self, message: str, exit_code: Optional[int] = None, details: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.details = details


class ConfigurationError(SidebandError, ValueError):
    """An option, its value or their combination is not allowed, or a directory holds no run (exit code 2)."""


class InputDataError(SidebandError, ValueError):
    """Events, or a file of a run, cannot be used (exit code 3)."""


class UnitsFailedError(SidebandError, RuntimeError):
    """Some work units failed (exit code 4).

    Attributes:
        run: The results, in which ``failures`` lists them; what did not depend on them is there.
    """

    def __init__(self, message: str, run: "Run", details: str = "") -> None:
        super().__init__(message, 4, details)
        self.run = run


class SearchInterrupted(SidebandError):
    """Somebody else stopped the program (exit code 130). What is done is kept: ``sideband.resume(run)`` goes on."""


class ProgramError(SidebandError, RuntimeError):
    """The program failed in a way that it does not know, or was killed."""


class ProgramNotFoundError(SidebandError, FileNotFoundError):
    """There is no program to run: this is the package without it, and none is on the path."""


class SidebandWarning(UserWarning):
    """What the program warns of."""


BY_EXIT_CODE = {2: ConfigurationError, 3: InputDataError, 130: SearchInterrupted}
