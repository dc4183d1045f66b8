"""Runs programs and measures them."""

import os
import statistics
import time


class Measure:
    """What one run of a program took."""

    def __init__(self, wall, processor, peak, status):
        self.wall = wall  # seconds
        self.processor = processor  # seconds of all cores together, user and system
        self.peak = peak  # bytes of the largest resident set
        self.status = status


# What stands before a program so that it runs before all others of the machine: on one that is shared.
AHEAD = []


def run(arguments, folder, cores=None, output=os.devnull, environment=None, statuses=(0,), asks=False):
    """Runs a program in a folder.

    cores: those that it may use, by number; all by default.
    statuses: the exit codes that are no failure of the benchmark.
    asks: whether it asks a server here, which must not wait for it.
    """
    enter = ["env", "-C", folder] + ([] if asks else AHEAD) + (["taskset", "-c", ",".join(map(str, cores))] if cores else [])
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    errors = os.open(os.path.join(folder, ".errors"), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    begin = time.monotonic()
    # `env` changes the folder and becomes the program: nothing of it is left in the measure.
    child = os.posix_spawnp(
        "env", enter + list(arguments), environment or os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, target, 1), (os.POSIX_SPAWN_DUP2, errors, 2)])
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - begin
    os.close(target)
    text = os.pread(errors, 4_000, 0).decode(errors="replace")
    os.close(errors)
    code = os.waitstatus_to_exitcode(status)
    if code not in statuses:
        raise RuntimeError(f"{' '.join(arguments[:3])} … ended with {code}: {text}")
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10, code)


def median(values):
    return statistics.median(values)


class Result:
    """One line of the table."""

    def __init__(self, row, what, value, target, unit="", least=False, first=(), second=(), note=""):
        self.row = row
        self.what = what
        self.value = value
        self.target = target
        self.unit = unit
        self.least = least  # whether the target is the least, not the most
        self.first = list(first)  # measures of Plumb
        self.second = list(second)  # measures of the baseline
        self.note = note

    @property
    def is_met(self):
        return self.value >= self.target if self.least else self.value <= self.target

    @staticmethod
    def _times(measures):
        if not measures:
            return ""
        wall = median([m.wall for m in measures])
        processor = median([m.processor for m in measures])
        return f"{wall:.3g} s, {processor:.3g} s"

    def line(self):
        sign = "≥" if self.least else "≤"
        cells = [
            self.row, self.what, f"{self.value:.3g}{self.unit}", f"{sign} {self.target:g}{self.unit}",
            "yes" if self.is_met else "**no**", self._times(self.first), self._times(self.second), self.note,
        ]
        return "| " + " | ".join(cells) + " |"


HEAD = (
    "| row | what | measured | target | met | plumb: wall, processor | baseline: wall, processor | note |\n"
    "|---|---|---|---|---|---|---|---|"
)


def ratio(first, second, key):
    """The median of the ratios of each round."""
    return median([getattr(a, key) / getattr(b, key) for a, b in zip(first, second)])
