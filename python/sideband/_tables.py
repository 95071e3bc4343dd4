"""results.json as columns. A number that is not defined is NaN, and its reason stands in the column ``reason``."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, List, Mapping

import numpy as np

from ._errors import ConfigurationError

_WHOLE = frozenset((
    "window", "run", "events", "template_events", "windows", "signal", "background", "events_read", "used", "dropped", "repaired",
    "passing", "draws", "failed"))

Columns = Dict[str, np.ndarray]
Row = Dict[str, Any]


def of(name: str, results: Mapping[str, Any]) -> Columns:
    """A table by its name.

    Raises:
        ConfigurationError: No such table.
    """
    if name not in TABLES:
        raise ConfigurationError(f"'{name}' is not a table of a run; allowed: {', '.join(TABLES)}")
    return columns(TABLES[name](results))


def columns(rows: Iterable[Row]) -> Columns:
    """Rows as one array a key: numbers, NaN where one is missing; objects, None where one is missing, for words."""
    listed = list(rows)
    keys = dict.fromkeys(key for row in listed for key in row)
    return {key: _array(key, [row.get(key) for row in listed]) for key in keys}


def _array(key: str, values: List[Any]) -> np.ndarray:
    known = [value for value in values if value is not None]
    if any(isinstance(value, str) for value in known) or (not known and (key.endswith("reason") or key == "claim_withheld")):
        return np.array(values, dtype=object)
    whole = len(known) == len(values) and (key in _WHOLE or all(isinstance(value, bool) for value in known))
    return np.array(values) if whole else np.array(values, dtype=np.float64)


def _windows(results: Mapping[str, Any]) -> List[Row]:
    names = ("low", "high", "events", "template_events", "sum_w", "sum_w2", "largest_weight", "state", "claim_withheld", "reason")
    return [{"window": window["number"], **{name: window.get(name) for name in names}} for window in results["windows"]]


def _points(results: Mapping[str, Any]) -> Iterable[Row]:
    for window in results["windows"]:
        for point in window["working_points"]:
            yield {"window": window["number"], "low": window["low"], "high": window["high"], **_flat(point)}


def _flat(entry: Mapping[str, Any]) -> Row:
    """Numbers of runs become mean and spread, nested numbers get their parent's name in front, lists of words become text."""
    row: Row = {}
    for key, value in entry.items():
        if _is_of_runs(value):
            row[key], row[key + "_std"] = value["mean"], value["std"]
        elif isinstance(value, Mapping):
            if "value" in value:
                row[key], value = value["value"], {inner: inside for inner, inside in value.items() if inner != "value"}
            row.update({f"{key}_{inner}": inside for inner, inside in _flat(value).items()})
        elif isinstance(value, list):
            if all(isinstance(item, str) for item in value):
                row[key] = " ".join(value)
        else:
            row[key] = value
    return row


def _is_of_runs(value: Any) -> bool:
    return isinstance(value, Mapping) and "runs" in value and "mean" in value


def _runs(results: Mapping[str, Any]) -> Iterable[Row]:
    for window in results["windows"]:
        for point in window["working_points"]:
            several = {key: value["runs"] for key, value in point.items() if _is_of_runs(value)}
            for run in range(max(map(len, several.values()), default=0)):
                yield {
                    "window": window["number"], "epsilon_b": point["epsilon_b"], "run": run + 1,
                    **{key: values[run] for key, values in several.items() if run < len(values)}}


def _delta_sys_windows(results: Mapping[str, Any]) -> Iterable[Row]:
    for shift in results["delta_sys"]:
        for window in shift["per_window"]:
            row = _flat(window)
            yield {"estimate": shift["estimate"], "epsilon_b": shift["epsilon_b"], "window": row.pop("number"), **row}


def _test_metrics(results: Mapping[str, Any]) -> Iterable[Row]:
    for window in results.get("test_metrics") or []:
        whole = {f"window_{key}" if key == "reason" else key: value for key, value in _flat(window).items()}
        number = whole.pop("number")
        for point in window["working_points"]:
            yield {"window": number, **whole, **_flat(point)}


def _template_quality(results: Mapping[str, Any]) -> Iterable[Row]:
    for entry in results["template_quality"]:
        row = _flat(entry)
        distances = {f"ks_{item['feature']}": item["distance"]["mean"] for item in entry["kolmogorov_smirnov"]}
        yield {"window": row.pop("number"), **row, **distances}


def _limits(results: Mapping[str, Any]) -> Iterable[Row]:
    for entry in results.get("limits") or []:
        for rule in entry["rules"]:
            place = {name: entry[name] for name in ("low", "high", "epsilon_b", "confidence")}
            row = {"window": entry["number"], **place, "rule": rule["rule"]}
            for kind in ("observed", "expected"):
                row.update({f"{kind}_{key}": value for key, value in _flat(rule[kind]).items()})
            row["limit"] = row.pop("observed_strength")
            yield row


def _strengths(results: Mapping[str, Any]) -> Iterable[Row]:
    for entry in results.get("limits") or []:
        for strength in entry["strengths"]:
            yield {"window": entry["number"], "epsilon_b": entry["epsilon_b"], **_flat(strength)}


def _fits(results: Mapping[str, Any]) -> Iterable[Row]:
    for entry in results.get("fits") or []:
        row = _flat(entry)
        yield {"window": row.pop("number"), **row}


def _inputs(results: Mapping[str, Any]) -> Iterable[Row]:
    for entry in results["inputs"]:
        yield {**{key: value for key, value in entry.items() if not isinstance(value, Mapping)},
               "dropped": sum(entry["dropped"].values()), "repaired": sum(entry["repaired"].values())}


def _plain(key: str) -> Callable[[Mapping[str, Any]], List[Row]]:
    return lambda results: [_flat(entry) for entry in results.get(key) or []]


TABLES: Dict[str, Callable[[Mapping[str, Any]], Iterable[Row]]] = {
    "windows": _windows,
    "working_points": _points,
    "runs": _runs,
    "delta_sys": _plain("delta_sys"),
    "delta_sys_windows": _delta_sys_windows,
    "validation": _plain("validation"),
    "test_metrics": _test_metrics,
    "template_quality": _template_quality,
    "calibrations": _plain("calibrations"),
    "limits": _limits,
    "strengths": _strengths,
    "fits": _fits,
    "inputs": _inputs,
    "failures": _plain("failures"),
}
