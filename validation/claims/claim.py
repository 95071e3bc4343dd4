"""What the judges share. A judge gets the text of a result and yields its claims as (holds, sentence with the numbers)."""
import re


class NotStated(Exception):
    """A claim cannot be judged: the table lacks what it speaks of, or nobody stated a claim for such a result."""


def find(pattern, text, what):
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise NotStated(f"the table has no {what}")
    return match


def value(cell):
    """A cell of a table; "-" is a number that could not be computed."""
    return None if cell == "-" else float(cell)


def known(values, what):
    """The numbers that could be computed; none at all is a failure, never a claim that holds because nothing contradicts it."""
    numbers = [number for number in values if number is not None]
    if not numbers:
        raise NotStated(f"the table has no number for {what}")
    return numbers


def needed(number, what):
    if number is None:
        raise NotStated(f"the table has no number for {what}")
    return number


def shifts(line):
    """{epsilon: (mean, std)} of "+0.150 (std 0.035) at 0.01, ..."."""
    cells = re.findall(r"([+-]\d+\.\d+) \(std (\d+\.\d+)\) at ([\d.]+)", line)
    return {float(epsilon): (float(mean), float(std)) for mean, std, epsilon in cells}
