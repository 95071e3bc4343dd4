"""The histograms of pyBumpHunter's example file (data.root of scikit-hep/pyBumpHunter, trees "data" and "bkg") and its scan, with scipy.

    python3 bumphunter.py DATA.txt BKG.txt     two lists of values; writes bumphunter.csv beside this file and prints the scan
"""
import os
import sys

import numpy as np
from scipy.special import gammainc

HERE = os.path.dirname(os.path.abspath(__file__))
data, reference = (np.histogram(np.loadtxt(name), 60, (0, 20))[0] for name in sys.argv[1:3])
np.savetxt(os.path.join(HERE, "bumphunter.csv"), np.stack([data, reference], 1), "%d", ",", header="data,reference", comments="")
for normalise in (False, True):
    intervals = []
    for width in range(2, 7):
        for i in range(61 - width):
            n, b = data[i:i + width].sum(), float(reference[i:i + width].sum())
            b *= (data.sum() - n) / (reference.sum() - b) if normalise else 1
            intervals.append((gammainc(n, b) if n > b > 0 else 1.0, i, width, n - b))
    print(len(intervals), min(intervals))
