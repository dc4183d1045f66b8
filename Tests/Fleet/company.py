"""Writes a repository of 200 tenants of four apps that ask one loopback address, and a file of their secrets."""

import os
import sys

APPS = ["acme", "brio", "coda", "dune"]
EACH = 50


def documents(app, address):
    yield f"""apiVersion: plumb/v1
kind: Connector
metadata: {{ name: {app} }}
spec:
  displayName: {app.title()}
  parameters: {{ domain: {{ description: Where it is }} }}
  baseURL: https://{{domain}}/api
  credentials: {{ token: {{ description: A token }} }}
  authentication: [{{ name: token, header: {{ value: "Bearer {{token}}" }} }}]
  collections:
    users: {{ get: /users, identity: id, label: id }}
    policies: {{ get: /policies, identity: id }}
"""
    for name, collection, condition in [("mfa", "users", "resource.mfa"), ("idle", "policies", "resource.idle <= 30")]:
        yield f"""apiVersion: plumb/v1
kind: Recommendation
metadata: {{ name: {app}-{name} }}
spec:
  app: {app}
  title: Require {name}
  impact: high
  category: identity
  remediation: Do it.
  collection: {collection}
  compliant: {condition}
  label: resource.id
"""
    for number in range(EACH):
        yield f"""apiVersion: plumb/v1
kind: Instance
metadata: {{ name: {app}-{number} }}
spec: {{ app: {app}, source: {{ api: {{ parameters: {{ domain: "{address}" }} }} }} }}
"""


def main(folder, address, secrets):
    os.makedirs(os.path.join(folder, "desired-state"))
    for app in APPS:
        with open(os.path.join(folder, "desired-state", f"{app}.yaml"), "w") as file:
            file.write("---\n".join(documents(app, address)))
    descriptor = os.open(secrets, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as file:
        for app in APPS:
            for number in range(EACH):
                file.write(f"PLUMB_{app.upper()}_{number}_TOKEN=token-of-{app}-{number}-0123456789\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
