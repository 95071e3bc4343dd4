"""FETA's toy: results/feta-toy.txt, results/feta-toy-spline.txt."""
from claim import find

NUMBER = r"([\d.]+)(?: \+- [\d.]+)?"


def spline(text):
    """Splines carry the reference onto the target, too; one training differs from the next by more than of flow matching."""
    trainings = int(find(r"; (\d+) trainings, ", text, "number of trainings")[1])
    for training in range(1, trainings + 1):
        find(rf"^training {training}, transport: ", text, f"training {training}")
    for band in ("SR", "SB1", "SB2"):
        carried = float(find(rf"^AUC {band}: carried {NUMBER}$", text, f"AUC of {band}")[1])
        yield carried <= 0.52, f"{band}: AUC at most 0.52 after transport ({carried})"


def feta(text):
    """Carried, the reference cannot be told from the target; weighted it can, because no weight makes events where there are none."""
    for band, limit in (("SR", 0.515), ("SB1", 0.52), ("SB2", 0.52)):
        before, carried, weighted = map(float, find(
            rf"^AUC {band}: before {NUMBER}, carried {NUMBER}, weighted {NUMBER}$", text, f"AUC of {band}").groups())
        yield 0.97 <= before <= 0.99, f"{band}: AUC of 0.98 within 0.01 before ({before})"
        yield carried <= limit, f"{band}: AUC at most {limit:g} after transport ({carried})"
        yield weighted >= 0.7, f"{band}: weights leave an AUC of at least 0.7 ({weighted})"
    beyond = float(find(r"^target events of SR where the reference has none: ([\d.]+)$", text, "part of the target beyond")[1])
    yield beyond >= 0.5, f"SR: most of the target lies where the reference has no events ({beyond})"
