"""Runs the rows of the table, each beside its baseline in the same run, and appends them to RESULTS.md."""

import argparse
import datetime
import os
import shutil
import subprocess
import sys
import tempfile

import documents
import fleet
import history
import large
import measure
import observing
import shards
from measure import HEAD

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Rows about the large collection share it; `memory` deletes it, and comes last.
LARGE = {"simdjson": large.simdjson, "duckdb": large.duckdb, "cores": large.cores, "cel": large.cel, "memory": large.memory}
OTHERS = {
    "tenants": fleet.tenants, "changed": fleet.changed, "validate": documents.validate, "one-file": documents.one_file,
    "history": history.reading, "requests": observing.throughput, "latency": observing.latency,
    "fleet": shards.shards,
}


class Tools:
    """What is run, and how often."""

    def __init__(self, options, top):
        self.top = top
        self.plumb = os.path.abspath(options.plumb)
        self.simdjson = os.path.join(options.baselines, "simdjson_lines")
        self.yaml = os.path.join(options.baselines, "yaml_events")
        self.duckdb = [options.python, os.path.join(HERE, "baselines", "duckdb_counts.py")]
        self.cel = options.cel
        self.benchmarks = options.benchmarks
        self.exports = options.exports
        self.quick = options.quick
        self.rounds = options.rounds or (2 if options.quick else 5)
        self.memory_factor = options.memory_factor
        self.cores = sorted(os.sched_getaffinity(0))[:2]

    def path(self, name):
        return os.path.join(self.top, name)

    def folder(self, name):
        os.makedirs(self.path(name))
        return self.path(name)

    def delete(self, folder):
        for path in (folder, folder + "-state"):
            shutil.rmtree(path, ignore_errors=True)

    def environment(self, root):
        """Plumb's own, with a state and an identity for this run alone."""
        names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                 for what, value in (("NAME", "Benchmark"), ("EMAIL", "benchmark@contoso.example"))}
        return dict(os.environ, HOME=root, XDG_STATE_HOME=root + "-state", **names)


def machine():
    """Cores and processor; no name of the machine."""
    model = "unknown processor"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores of {model}, load {load:.1f} at the beginning"


def version(plumb):
    said = subprocess.run([plumb, "--version"], capture_output=True, text=True).stdout.strip()
    commit = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return f"plumb {said}, commit {commit}"


def parse():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/run.sh", description=__doc__)
    parser.add_argument("--plumb", required=True, help="a release build")
    parser.add_argument("--baselines", required=True, help="the folder of simdjson_lines and yaml_events")
    parser.add_argument("--python", default=sys.executable, help="the Python that has DuckDB")
    parser.add_argument("--cel", help="the program CELBenchmarks")
    parser.add_argument("--benchmarks", help="the program PlumbBenchmarks")
    parser.add_argument("--exports", help="a folder with ProviderSettingsExport.json, and variants")
    parser.add_argument("--only", action="append", choices=[*LARGE, *OTHERS], help="a row; repeatable")
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    parser.add_argument("--rounds", type=int, help="how often each row is measured (default: 5, or 2 with --quick)")
    parser.add_argument("--size", type=float, help="GB of the large collection (default: 1, or 0.1 with --quick)")
    parser.add_argument("--memory-factor", type=int, default=10, help="how much larger the larger one is")
    parser.add_argument("--ahead", action="store_true",
                        help="run what asks no server before all other programs of the machine; needs the right to (chrt)")
    parser.add_argument("--note", default="", help="a sentence beside the figures")
    parser.add_argument("--no-record", action="store_true", help="print only")
    options = parser.parse_args()
    if options.ahead:
        measure.AHEAD[:] = ["chrt", "-f", "1"]
        options.note = " ".join(["What asks no server ran before all other programs of the machine.", options.note]).strip()
    return options


def main():
    options = parse()
    wanted = options.only or [*LARGE, *OTHERS]
    head = [f"## {datetime.date.today()}: {version(options.plumb)}", "", f"{machine()}." + (f" {options.note}" if options.note else ""),
            "", HEAD]
    print("\n".join(head), flush=True)
    lines = []
    top = tempfile.mkdtemp(prefix="plumb-benchmarks-")
    try:
        tools = Tools(options, top)
        collection = large.Large(tools, int((options.size or (0.1 if options.quick else 1)) * 1e9))
        for name in [*LARGE, *OTHERS]:
            if name not in wanted:
                continue
            try:
                results = LARGE[name](tools, collection) if name in LARGE else OTHERS[name](tools)
                found = [result.line() for result in results] or [f"| {name} | not run: what it needs is not here | | | | | | |"]
            except Exception as error:  # One row that cannot be measured costs no other.
                found = [f"| {name} | not measured: {' '.join(str(error).split())[:300]} | | | | | | |"]
            print("\n".join(found), flush=True)
            lines += found
    finally:
        shutil.rmtree(top, ignore_errors=True)
    if not options.no_record:
        with open(os.path.join(HERE, "RESULTS.md"), "a") as file:
            file.write("\n" + "\n".join(head + lines) + "\n")


if __name__ == "__main__":
    main()
