"""FETA's toy: results/feta-toy.txt."""
from claim import find


def feta(text):
    """Carried, the reference cannot be told from the target; weighted it can, because no weight makes events where there are none."""
    number = r"([\d.]+)(?: \+- [\d.]+)?"
    for band, limit in (("SR", 0.515), ("SB1", 0.52), ("SB2", 0.52)):
        before, carried, weighted = map(float, find(
            rf"^AUC {band}: before {number}, carried {number}, weighted {number}$", text, f"AUC of {band}").groups())
        yield 0.97 <= before <= 0.99, f"{band}: AUC of 0.98 within 0.01 before ({before})"
        yield carried <= limit, f"{band}: AUC at most {limit:g} after transport ({carried})"
        yield weighted >= 0.7, f"{band}: weights leave an AUC of at least 0.7 ({weighted})"
    beyond = float(find(r"^target events of SR where the reference has none: ([\d.]+)$", text, "part of the target beyond")[1])
    yield beyond >= 0.5, f"SR: most of the target lies where the reference has no events ({beyond})"
