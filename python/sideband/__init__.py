"""Sideband in Python: search events for a resonance, load and draw the results.

    import pandas, sideband
    events = pandas.DataFrame(sideband.simulate(300_000, signal=400, seed=3))
    run = sideband.scan(events, systematics="none", profile="quick", working_points=[0.01, 0.001])
    run.plot.significance()

The work is done by the program ``sideband``, which the platform wheel carries. Every symbol is defined in CONVENTIONS.md, every file in
docs/file-formats.md.
"""

from ._commands import inspect, preview, report, resume, scan, score, simulate
from ._continuations import calibrate, export, fit, inject, limit
from ._errors import (
    ConfigurationError, InputDataError, ProgramError, ProgramNotFoundError, SearchInterrupted, SidebandError, SidebandWarning,
    UnitsFailedError)
from ._program import Step
from ._run import Run, load
from ._scored import Scored

__version__ = "0.1.0"

__all__ = [
    "ConfigurationError", "InputDataError", "ProgramError", "ProgramNotFoundError", "Run", "Scored", "SearchInterrupted", "SidebandError",
    "SidebandWarning", "Step", "UnitsFailedError", "calibrate", "export", "fit", "inject", "inspect", "limit", "load", "preview", "report",
    "resume", "scan", "score", "simulate"]
