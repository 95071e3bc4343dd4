#!/usr/bin/env python3
"""Draws the pictures of the documentation that explain a method: `docs/pictures/draw.py` writes them beside itself. No library is needed."""
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))
BLUE, ORANGE, GREEN, OLIVE, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#8A6D00", "#777777", "#222222"
PALE_BLUE, PALE_ORANGE, PALE_GREY = "#cfe5f3", "#f7dcc8", "#eeeeee"


class Picture:
    def __init__(self, width, height, title):
        self.size, self.parts = (width, height), []
        self.parts.append(f'<title>{title}</title><rect width="{width}" height="{height}" fill="white"/>'
                          '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
                          f'<path d="M0,0 L8,4 L0,8 z" fill="{INK}"/></marker></defs>')

    def rect(self, x, y, w, h, fill, stroke="none", radius=0, opacity=1):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius}" fill="{fill}" stroke="{stroke}" opacity="{opacity}"/>')

    def line(self, x1, y1, x2, y2, colour=INK, width=1.2, dash="", arrow=False):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"'
                          + (f' stroke-dasharray="{dash}"' if dash else "") + (' marker-end="url(#tip)"' if arrow else "") + "/>")

    def path(self, points, colour=INK, width=1.8, fill="none"):
        self.parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" stroke="{colour}" stroke-width="{width}"/>')

    def text(self, x, y, words, size=13, colour=INK, anchor="middle", bold=False):
        lines = words.split("\n")
        for i, line in enumerate(lines):
            self.parts.append(f'<text x="{x:.1f}" y="{y + i * size * 1.3:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
                              + (' font-weight="bold"' if bold else "") + f">{line}</text>")

    def box(self, x, y, w, h, words, fill=PALE_GREY, stroke=GREY, size=12.5):
        self.rect(x, y, w, h, fill, stroke, 6)
        lines = words.count("\n") + 1
        self.text(x + w / 2, y + h / 2 - (lines - 1) * size * 0.65 + size * 0.35, words, size)

    def save(self, name):
        w, h = self.size
        with open(os.path.join(HERE, name), "w") as out:
            out.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
                      'font-family="Helvetica, Arial, \'Liberation Sans\', sans-serif">\n' + "\n".join(self.parts) + "\n</svg>\n")


def spectrum(p, left, bottom, width, height, low, high):
    """A falling spectrum with a small bump at 3.5; returns the functions mass -> x and mass -> y."""
    x = lambda m: left + width * (m - low) / (high - low)
    rate = lambda m, signal: math.exp(-1.15 * (m - low)) + signal * 0.045 * math.exp(-0.5 * ((m - 3.5) / 0.07) ** 2)
    y = lambda m, signal=1: bottom - height * rate(m, signal)
    return x, y


def window_and_strips():
    p = Picture(760, 410, "Signal region, short sidebands of CWoLa hunting, long sidebands of methods that learn a density")
    left, bottom, width, height, low, high = 60, 285, 660, 240, 2.6, 4.6
    x, y = spectrum(p, left, bottom, width, height, low, high)

    def band(a, b, colour, opacity=1):
        masses = [a + (b - a) * i / 60 for i in range(61)]
        points = [(x(a), bottom)] + [(x(m), y(m)) for m in masses] + [(x(b), bottom)]
        p.parts.append(f'<polygon points="{" ".join(f"{u:.1f},{v:.1f}" for u, v in points)}" fill="{colour}" opacity="{opacity}"/>')

    band(low, 3.3, PALE_GREY)
    band(3.7, high, PALE_GREY)
    band(3.1, 3.3, PALE_BLUE)
    band(3.7, 3.9, PALE_BLUE)
    band(3.3, 3.7, PALE_ORANGE)
    masses = [low + (high - low) * i / 300 for i in range(301)]
    p.path([(x(m), y(m, 0)) for m in masses], GREY, 1.4)
    p.path([(x(m), y(m)) for m in masses if 3.25 < m < 3.75], ORANGE, 2)
    for m in (3.3, 3.7):
        p.line(x(m), bottom, x(m), 78, ORANGE, 1.3, "5 4")
    p.line(left, bottom, left + width + 10, bottom, INK, 1.3, arrow=True)
    p.line(left, bottom, left, 30, INK, 1.3, arrow=True)
    for m in (2.8, 3.1, 3.3, 3.5, 3.7, 3.9, 4.2, 4.5):
        p.line(x(m), bottom, x(m), bottom + 5)
        p.text(x(m), bottom + 19, f"{m:g}", 11.5)
    p.text(left + width - 30, bottom + 38, "mass [TeV]", 12.5)
    p.text(left + 8, 28, "events", 12.5, anchor="start")
    p.text(x(3.5), 48, "signal region", 14, ORANGE, bold=True)
    p.text(x(3.5), 66, "width 0.4: is anything in here?", 12, ORANGE)
    p.line(x(3.78), 112, x(3.55), y(3.53) - 6, ORANGE, 1.2, arrow=True)
    p.text(x(3.79), 114, "a resonance", 12, ORANGE, "start")

    def span(a, b, level, words, colour):
        p.line(x(a), level, x(b), level, colour, 5)
        p.text(0.5 * (x(a) + x(b)), level + 17, words, 12, colour)

    span(3.1, 3.3, 345, "strip", BLUE)
    span(3.7, 3.9, 345, "strip", BLUE)
    span(low, 3.3, 375, "long sideband", GREY)
    span(3.7, high, 375, "long sideband", GREY)
    p.text(x(3.5), 349, "CWoLa hunting", 12, BLUE)
    p.text(x(3.5), 393, "CATHODE, LaCATHODE, ANODE", 12, GREY)
    p.save("window-and-strips.svg")


def folds_and_thresholds():
    p = Picture(760, 430, "Cross-validation: five classifiers, each scores the fold that it did not see, with a threshold of its own")
    p.text(20, 28, "Signal-region data and template are dealt into five folds.", 13, anchor="start", bold=True)
    for fold in range(5):
        top = 46 + 46 * fold
        for part in range(5):
            scored = part == fold
            p.box(20 + 62 * part, top, 58, 34, "scored" if scored else "trained", PALE_ORANGE if scored else PALE_BLUE, ORANGE if scored else BLUE, 11)
        p.line(336, top + 17, 372, top + 17, arrow=True)
        p.text(395, top + 21, f"R{'₁₂₃₄₅'[fold]}", 14)
    p.text(20, 292, "a row: one of five classifiers (each the mean of its members)", 12, anchor="start")

    # Scores of the template of one fold, with its threshold.
    left, bottom, width = 440, 210, 270
    curve = lambda t: 120 * math.exp(-0.5 * ((t - 0.42) / 0.13) ** 2)
    xs = [i / 200 for i in range(201)]
    cut = 0.66
    points = [(left + width * t, bottom - curve(t)) for t in xs]
    p.path(points, BLUE, 1.8)
    passing = [(left + width * cut, bottom)] + [q for t, q in zip(xs, points) if t >= cut] + [(left + width, bottom)]
    p.parts.append(f'<polygon points="{" ".join(f"{u:.1f},{v:.1f}" for u, v in passing)}" fill="{BLUE}" opacity="0.5"/>')
    p.line(left, bottom, left + width + 12, bottom, INK, 1.3, arrow=True)
    p.line(left + width * cut, bottom + 6, left + width * cut, 80, INK, 1.4, "5 4")
    p.text(left + width * cut, 72, "threshold R of this fold", 12.5)
    p.text(left + width * cut + 10, 158, "a fraction ε_B\nof it passes", 12, BLUE, "start")
    p.text(left + width / 2, bottom + 22, "score of this fold's template events", 12)

    p.text(440, 262, "Data of the fold with a score of at least R pass:", 12.5, anchor="start")
    p.text(440, 281, "if they are background, ε_B of them.", 12.5, anchor="start")
    p.box(20, 325, 335, 76, "N_obs = sum over folds of the data that pass\n(every event is counted by a classifier\nthat did not see it)", PALE_ORANGE, ORANGE)
    p.box(405, 325, 335, 76, "N_exp = ε_B × N_SR × (1 + δ_sys)\nN_SR: all data in the window", PALE_BLUE, BLUE)
    p.text(380, 367, "?", 20, bold=True)
    p.save("folds-and-thresholds.svg")


def delta_sys_chain():
    p = Picture(760, 400, "Where delta_sys comes from: the same chain, run on pseudo-data without signal")

    def chain(top, name, words, colour, pale, last):
        p.text(20, top - 10, name, 13.5, colour, "start", True)
        boxes = [words, "template from\nits own sidebands", "classifier,\nfive folds", "cut that ε_B of the\ntemplate passes", last]
        x = 20
        for i, text in enumerate(boxes):
            w = 128 if i < 4 else 140
            p.box(x, top, w, 58, text, pale, colour, 12)
            if i < 4:
                p.line(x + w, top + 29, x + w + 16, top + 29, arrow=True)
            x += w + 18

    chain(42, "The search", "data in window n", ORANGE, PALE_ORANGE, "N_obs data pass")
    chain(150, "The same chain, on simulated events without signal (--mc)", "Monte Carlo\nin window n", BLUE, PALE_BLUE, "N_obs,MC pass")
    p.text(20, 243, "Where not ε_B of the Monte Carlo passes, the template is not quite the background: nothing else is there.", 12.5, anchor="start")
    p.box(20, 260, 350, 50, "δ_sys,n = (N_obs,MC − ε_B N_SR,MC) / (ε_B N_SR,MC)", PALE_BLUE, BLUE)
    p.line(372, 285, 396, 285, arrow=True)
    p.box(400, 260, 340, 50, "δ_sys = mean over the windows\nσ_sys = how uncertain that is for one window", PALE_BLUE, BLUE)
    p.line(570, 312, 570, 334, arrow=True)
    p.box(20, 338, 720, 46, "S = significance of N_obs on N_exp = ε_B N_SR (1 + δ_sys), with the error σ_exp from counting and from σ_sys", PALE_ORANGE, ORANGE)
    p.line(700, 102, 748, 102, ORANGE, 1.4)
    p.line(748, 102, 748, 325, ORANGE, 1.4)
    p.line(748, 325, 720, 336, ORANGE, 1.4, arrow=True)
    p.save("delta-sys.svg")


def combination():
    p = Picture(760, 330, "Templates of several methods as one, or the scores of their classifiers as one")
    sources = ["SALAD", "FETA", "CATHODE", "CURTAINs"]
    p.text(190, 24, "--combine-level samples", 13.5, bold=True)
    p.text(570, 24, "--combine-level scores", 13.5, bold=True)
    p.line(380, 12, 380, 318, GREY, 1, "4 4")
    for i, source in enumerate(sources):
        y = 44 + 56 * i
        p.box(14, y, 92, 36, source, PALE_BLUE, BLUE)
        p.line(106, y + 18, 150, 146, arrow=True)
        p.box(394, y, 92, 36, source, PALE_BLUE, BLUE)
        p.line(486, y + 18, 514, y + 18, arrow=True)
        p.box(516, y, 86, 36, "classifier", PALE_ORANGE, ORANGE)
        p.line(602, y + 18, 640, 146, arrow=True)
    p.box(152, 116, 92, 60, "one template,\nequal parts")
    p.line(244, 146, 272, 146, arrow=True)
    p.box(274, 126, 86, 40, "classifier", PALE_ORANGE, ORANGE)
    p.box(642, 116, 104, 60, "mean of the\nscaled scores")
    p.text(190, 296, "the threshold is set by the\ntemplate's events that did not train", 12, GREY)
    p.text(570, 296, "the threshold is set by equal parts of all\ntemplates, each scored by all classifiers", 12, GREY)
    p.save("combination.svg")


if __name__ == "__main__":
    for draw in (window_and_strips, folds_and_thresholds, delta_sys_chain, combination):
        draw()
