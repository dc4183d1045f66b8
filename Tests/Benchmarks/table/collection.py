"""One large NDJSON collection of users, and thirty different conditions over it, for Plumb and as SQL."""

import hashlib
import json
import os
import random
import subprocess

# Each as Plumb writes it, and as DuckDB counts those for which it does not hold.
CONDITIONS = [
    ("resource.mfa == true", "NOT mfa"),
    ('resource.status == "ACTIVE"', "status <> 'ACTIVE'"),
    ('resource.status in ["ACTIVE", "PROVISIONED", "RECOVERY"]', "status NOT IN ('ACTIVE', 'PROVISIONED', 'RECOVERY')"),
    ('resource.profile.department != "Engineering"', "profile.department = 'Engineering'"),
    ("has(resource.profile.manager)", "profile.manager IS NULL"),
    ("resource.failedLogins <= 5", "failedLogins > 5"),
    ('resource.profile.email.endsWith("@contoso.com")', "NOT ends_with(profile.email, '@contoso.com')"),
    ('resource.profile.login.startsWith("user1")', "NOT starts_with(profile.login, 'user1')"),
    ('resource.roles.exists(r, r.startsWith("ADMIN"))', "len(list_filter(roles, lambda r: starts_with(r, 'ADMIN'))) = 0"),
    ('resource.mfa && resource.status == "ACTIVE" && resource.score > 0.5', "NOT (mfa AND status = 'ACTIVE' AND score > 0.5)"),
    ("size(resource.roles) < 3", "len(roles) >= 3"),
    ('!("ADMIN_ORG" in resource.roles)', "list_contains(roles, 'ADMIN_ORG')"),
    ("resource.score >= 0.25", "score < 0.25"),
    ("resource.failedLogins == 0 || resource.mfa", "NOT (failedLogins = 0 OR mfa)"),
    ('resource.type.id == "otyfnjfba4ye7pgjB0g4"', "type.id <> 'otyfnjfba4ye7pgjB0g4'"),
    ('resource.profile.firstName != ""', "profile.firstName = ''"),
    ('resource.profile.lastName.contains("gren5")', "NOT contains(profile.lastName, 'gren5')"),
    ('now - timestamp(resource.lastLogin) < duration("2160h")', "lastLogin <= TIMESTAMP '2026-03-03 07:00:00'"),
    ('timestamp(resource.created) < timestamp("2022-01-01T00:00:00Z")', "created >= TIMESTAMP '2022-01-01'"),
    ('resource.status != "DEPROVISIONED" || resource.failedLogins < 3', "status = 'DEPROVISIONED' AND failedLogins >= 3"),
    ('resource.profile.department in ["Finance", "Legal"] || resource.mfa', "NOT (profile.department IN ('Finance', 'Legal') OR mfa)"),
    ('resource.roles.all(r, r != "ADMIN_APP")', "list_contains(roles, 'ADMIN_APP')"),
    ("resource.failedLogins + 2 < 9", "failedLogins + 2 >= 9"),
    ("resource.score < 0.9 || resource.failedLogins < 7", "score >= 0.9 AND failedLogins >= 7"),
    ('resource.profile.email == resource.profile.login', "profile.email <> profile.login"),
    ('resource.status == "SUSPENDED" ? resource.failedLogins == 0 : true', "status = 'SUSPENDED' AND failedLogins <> 0"),
    ('!has(resource.profile.manager) || resource.profile.manager.endsWith("@contoso.com")',
     "profile.manager IS NOT NULL AND NOT ends_with(profile.manager, '@contoso.com')"),
    ('resource.id.startsWith("00u")', "NOT starts_with(id, '00u')"),
    ("size(resource.profile.login) < 19", "length(profile.login) >= 19"),
    ('resource.mfa == true && resource.status in ["ACTIVE", "PROVISIONED"] '
     '&& size(resource.roles.filter(r, r.startsWith("ADMIN"))) == 0',
     "NOT (mfa AND status IN ('ACTIVE', 'PROVISIONED') AND len(list_filter(roles, lambda r: starts_with(r, 'ADMIN'))) = 0)"),
]

AT = "2026-06-01T07:00:00Z"
PLAN = ["plan", "--working-tree", "--no-cache", "--no-refresh", "--format", "json", "--at", AT]

_STATUSES = ["ACTIVE", "ACTIVE", "ACTIVE", "PROVISIONED", "SUSPENDED", "DEPROVISIONED"]
_DEPARTMENTS = ["Finance", "Engineering", "Sales", "Legal", "Support"]
_ROLES = ["READ_ONLY", "REPORT", "HELP_DESK", "ADMIN_APP", "ADMIN_ORG"]


def user(draw, index):
    email = f"user{index}@{'gmail' if draw.random() < 0.1 else 'contoso'}.com"
    profile = {
        "firstName": "Anna", "lastName": f"Lindgren{draw.randrange(1000)}", "email": email, "login": email,
        "department": draw.choice(_DEPARTMENTS), "secondEmail": f"{draw.randrange(1 << 40)}@example.com",
    }
    if draw.random() < 0.5:
        profile["manager"] = f"user{draw.randrange(100)}@contoso.com"
    return {
        "id": f"00u{index:017}", "status": draw.choice(_STATUSES),
        "created": f"202{draw.randrange(6)}-03-04T05:06:07.000Z",
        "lastLogin": f"2026-0{1 + draw.randrange(5)}-1{draw.randrange(10)}T07:08:09.000Z",
        "mfa": draw.random() < 0.7, "type": {"id": "otyfnjfba4ye7pgjB0g4"}, "profile": profile,
        "roles": [draw.choice(_ROLES) for _ in range(draw.randrange(4))],
        "failedLogins": draw.randrange(9), "score": draw.randrange(100) / 100,
    }


def write(root, size, instance="large"):
    """Writes a repository with one observation of about `size` bytes; returns its bytes and lines."""
    folder = os.path.join(root, "observation")
    os.makedirs(folder)
    declare(root, instance)
    draw = random.Random(42)
    # Blocks of different users, each with identities of its own.
    block = [json.dumps(user(draw, 0), separators=(",", ":")) for _ in range(4096)]
    hash, written, lines = hashlib.sha256(), 0, 0
    zeros = f"00u{0:017}"
    with open(os.path.join(folder, "users.ndjson"), "wb") as file:
        while written < size:
            text = []
            for line in block:
                text.append(line.replace(zeros, f"00u{lines:017}", 1).replace("user0@", f"user{lines}@"))
                lines += 1
            data = ("\n".join(text) + "\n").encode()
            hash.update(data)
            file.write(data)
            written += len(data)
    manifest(folder, instance, lines, hash.hexdigest())
    return written, lines


def manifest(folder, instance, count, digest):
    with open(os.path.join(folder, "observation.json"), "w") as file:
        json.dump({
            "apiVersion": "plumb/v1", "kind": "Observation", "instance": instance, "app": "acme",
            "observedAt": "2026-06-01T06:00:00Z", "connector": {"name": "acme", "digest": "sha256:0"},
            "collections": {"users": {"state": "complete", "count": count, "sha256": digest}},
        }, file)


def declare(root, *instances, source=None):
    """Writes the desired state: an app, instances of it, and a recommendation for each condition.

    source: gives the source of an instance by its name; by default the folder `observation`.
    """
    folder = os.path.join(root, "desired-state")
    os.makedirs(folder, exist_ok=True)
    source = source or (lambda name: "recorded: { path: observation }")
    documents = [connector({"users": "/users"})]
    documents += [instance(name, source(name)) for name in instances]
    documents += [f"""apiVersion: plumb/v1
kind: Recommendation
metadata: {{ name: acme-{index:02} }}
spec:
  app: acme
  title: Condition {index}
  impact: low
  category: identity
  remediation: None.
  collection: users
  compliant: {json.dumps(condition)}
  label: resource.profile.login
""" for index, (condition, _) in enumerate(CONDITIONS)]
    with open(os.path.join(folder, "state.yaml"), "w") as file:
        file.write("---\n".join(documents))
    subprocess.run(["git", "init", "-q", root], check=True)


def connector(collections, more=""):
    """The document of an app whose collections are lists at these paths."""
    lists = "\n".join(f"    {name}: {{ get: {path}, identity: id }}" for name, path in collections.items())
    return f"""apiVersion: plumb/v1
kind: Connector
metadata: {{ name: acme }}
spec:
  displayName: Acme
  parameters:
    domain: {{ description: Where it is }}
    tenant: {{ description: Which tenant }}
  baseURL: https://{{domain}}/api/{{tenant}}
{more}  credentials:
    token: {{ description: A token }}
  authentication:
    - name: token
      header: {{ value: "Bearer {{token}}" }}
  pagination: link
  collections:
{lists}
"""


def instance(name, source):
    """The document of an instance."""
    return f"""apiVersion: plumb/v1
kind: Instance
metadata: {{ name: {name} }}
spec: {{ app: acme, source: {{ {source} }} }}
"""


def over_api(host):
    """The source of an instance at a server of this machine."""
    return lambda name: f"api: {{ parameters: {{ domain: '{host}', tenant: {name} }} }}"


def credentials(root, names):
    """Writes the file of credentials, and returns its path."""
    path = os.path.join(root, "credentials.yaml")
    with open(path, "w") as file:
        file.write("".join(f"{name}: {{ token: token-of-{name} }}\n" for name in names))
    os.chmod(path, 0o600)
    return path


def commit(root):
    """Commits the desired state."""
    identity = ["-c", "user.name=b", "-c", "user.email=b@contoso.example"]
    for arguments in (["add", "desired-state"], identity + ["commit", "-qm", "state"]):
        subprocess.run(["git", "-C", root, *arguments], check=True)
