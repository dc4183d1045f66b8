"""Rows about reading a desired state."""

import os

import collection
from measure import Result, median, ratio, run

_RECOMMENDATIONS = ["okta-password-minimum-length", "okta-threat-insight-blocks", "okta-session-idle-timeout"]


def _file(number, documents):
    texts = [f"""# Tenant {number} of the company.
apiVersion: plumb/v1
kind: Instance
metadata:
  name: okta-tenant-{number}
  labels: {{ region: r{number % 7}, owner: team-{number % 50} }}
spec:
  app: okta
  displayName: Okta Tenant {number}
  recommendations: {"off" if number % 3 == 0 else "on"}
  source:
    api: {{ parameters: {{ domain: tenant-{number}.okta.com }} }}
"""]
    texts += [f"""apiVersion: plumb/v1
kind: Exception
metadata: {{ name: tenant-{number}-exception-{index} }}
spec:
  recommendation: {_RECOMMENDATIONS[index % 3]}
  status: riskAccepted
  instances: [okta-tenant-{number}]
  justification: Accepted while tenant {number} is being merged into another one.
  owner: team-{number % 50}@contoso.example
  ticket: SEC-{number}
  expires: 2027-03-31
""" for index in range(1, documents)]
    return "---\n".join(texts)


def _write(root, files, documents):
    for number in range(files):
        folder = os.path.join(root, "desired-state", f"team-{number % 50}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"tenant-{number}.yaml"), "w") as file:
            file.write(_file(number, documents))
    run(["git", "init", "-q"], root)
    collection.commit(root)


def validate(tools):
    root = tools.folder("documents")
    files = 5_000 if not tools.quick else 500
    _write(root, files, 4)
    first, second = [], []
    for _ in range(tools.rounds):
        first.append(run([tools.plumb, "validate"], root, [0]))
        second.append(run([tools.yaml, os.path.join(root, "desired-state")], root, [0]))
    tools.delete(root)
    return [Result(
        "validate", f"validate of {files * 4:,} documents in {files:,} files ÷ libyaml's events of the same files, one core, "
        "processor time", ratio(first, second, "processor"), 3, first=first, second=second)]


def one_file(tools):
    root = tools.folder("one")
    _write(root, 1, 2)
    first = [run([tools.plumb, "validate"], root, [0]) for _ in range(max(5, tools.rounds))]
    tools.delete(root)
    return [Result(
        "one-file", "validate of one file, processor time", median([m.processor for m in first]), 0.03, " s", first=first)]
