"""Writes a company with an app of its own and one tenant, whose data lies in the repository.

Usage: company.py FOLDER [--mfa N] [--at TIME]: of three users, N have a second factor.
"""

import argparse
import hashlib
import json
import os

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--mfa", type=int, default=3)
parser.add_argument("--at", default="2026-06-01T06:00:00Z")
options = parser.parse_args()

DESIRED = """\
apiVersion: plumb/v1
kind: Connector
metadata: { name: acme }
spec:
  displayName: Acme
  collections: { users: { identity: id } }
---
apiVersion: plumb/v1
kind: Recommendation
metadata: { name: acme-mfa }
spec:
  app: acme
  title: Require a second factor
  impact: high
  category: identity
  collection: users
  compliant: resource.mfa
  label: resource.id
  settings: { mfa: resource.mfa }
  rationale: A password alone is stolen.
  remediation: Switch it on for every user.
---
apiVersion: plumb/v1
kind: Instance
metadata: { name: acme-eu }
spec:
  app: acme
  source: { recorded: { path: observed/acme-eu } }
  maxAge: 100000d
---
apiVersion: plumb/v1
kind: Settings
metadata: { name: ours }
spec:
  notifications:
    - { to: any, on: [regressed, newNotCompliant], minImpact: high }
    - { to: chat, on: [regressed] }
    - { to: team, on: [regressed] }
    - { to: pager, on: [regressed, unobserved] }
"""

lines = "".join(
    json.dumps({"id": f"user-{number}", "mfa": number < options.mfa}, separators=(",", ":")) + "\n"
    for number in range(3)
)
manifest = {
    "apiVersion": "plumb/v1",
    "kind": "Observation",
    "instance": "acme-eu",
    "app": "acme",
    "observedAt": options.at,
    "collections": {
        "users": {
            "state": "complete",
            "count": 3,
            "sha256": hashlib.sha256(lines.encode()).hexdigest(),
        }
    },
}
for name, text in {
    "desired-state/company.yaml": DESIRED,
    "observed/acme-eu/users.ndjson": lines,
    "observed/acme-eu/observation.json": json.dumps(manifest, indent=2) + "\n",
}.items():
    path = os.path.join(options.folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
