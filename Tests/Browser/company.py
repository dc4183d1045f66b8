"""Companies whose pages the tests look at, each made with the program itself: desired state, observations, apply, site."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What a tenant, or a pull request, may write: markup, script, control and bidirectional characters, commands.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "`${alert(1)}`",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "**bold** _it_ `code` # head",
    "##[set-output name=x;]y",
    "::error::gone",
    "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c\u2066x\u2069",
    "zero\u200bwidth\ufeffmark\u00adhyphen",
    "line\u2028and\u2029paragraph",
    "tab\tand\nline\r\nbreaks",
    "\u001b[31mred\u001b[0m\u0007",
    "tag\U000e0041\U000e007f",
    "e\u0301\u0300\u0300 \U0001F469\u200d\U0001F469\u200d\U0001F467 日本語",
    "long " * 400,
    "x" * 600,
    "' OR 1=1 -- <b>",
]
assert len(HOSTILE) == 45


def plumb():
    """The program: PLUMB names it, or the debug build's."""
    return os.environ.get("PLUMB") or str(ROOT / ".build/debug/plumb")


def run(*arguments, cwd, check=True):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(pathlib.Path(cwd).parent / "home"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        **{
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Plumb"), ("EMAIL", "plumb@contoso.example"))
        },
    }
    done = subprocess.run(arguments, cwd=cwd, env=environment, capture_output=True, text=True)
    if check:
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done


def commit(folder, message):
    run("git", "add", ".", cwd=folder)
    run("git", "commit", "-qm", message, cwd=folder)


def contoso(folder):
    """The example company on 1 and on 8 June: a repository with two reports."""
    folder.mkdir()
    run("git", "init", "-q", "--initial-branch=main", cwd=folder)
    run("git", "remote", "add", "origin", "git@github.com:contoso/posture.git", cwd=folder)
    shutil.copytree(ROOT / "desired-state", folder / "desired-state")
    for name in ("observations", "exports"):
        shutil.copytree(ROOT / "examples/contoso" / name, folder / "examples/contoso" / name)
    commit(folder, "Contoso's desired state")
    run(plumb(), "apply", "-q", "--at", "2026-06-01T07:00:00Z", cwd=folder)
    shutil.copytree(
        ROOT / "examples/contoso/week-later", folder / "examples/contoso", dirs_exist_ok=True)
    # A gate of the example stops this run, which records it all the same.
    run(plumb(), "apply", "-q", "--at", "2026-06-08T07:00:00Z", cwd=folder, check=False)
    return folder


# --- Companies of an app of their own, whose recommendations are made here

CONNECTOR = """
apiVersion: plumb/v1
kind: Connector
metadata: { name: acme }
spec:
  displayName: Acme
  collections: { policies: { identity: id } }
"""


def text(value):
    """A YAML scalar of any text: everything but ASCII escaped."""
    return '"' + "".join(
        character if " " <= character <= "~" and character not in '"\\' else f"\\U{ord(character):08x}"
        for character in value) + '"'


def recommendation(number, title):
    impact = ("high", "medium", "low")[number % 3]
    return f"""---
apiVersion: plumb/v1
kind: Recommendation
metadata: {{ name: acme-{number:03} }}
spec:
  app: acme
  title: {text(title)}
  impact: {impact}
  category: identity
  collection: policies
  where: resource.kind == {number % 10}
  compliant: resource.value >= {number % 7}
  label: resource.name
  settings: {{ value: resource.value }}
  rationale: {text("Why: " + title)}
  remediation: {text("1. Do it: " + title)}
"""


def instance(name, title, owner):
    return f"""---
apiVersion: plumb/v1
kind: Instance
metadata: {{ name: {name}, labels: {{ owner: {text(owner)} }} }}
spec:
  app: acme
  displayName: {text(title)}
  source: {{ recorded: {{ path: data/{name} }} }}
"""


def observation(folder, name, policies, at):
    place = folder / "data" / name
    place.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(policy) + "\n" for policy in policies).encode()
    (place / "policies.ndjson").write_bytes(lines)
    (place / "observation.json").write_text(json.dumps({
        "apiVersion": "plumb/v1", "kind": "Observation", "instance": name, "app": "acme",
        "observedAt": at,
        "collections": {"policies": {
            "state": "complete", "count": len(policies),
            "sha256": hashlib.sha256(lines).hexdigest()}},
    }))


def made(folder, titles, instances, policies, days=("2026-06-01T07:00:00Z",)):
    """A repository of recommendations with these titles on instances with these policies."""
    (folder / "desired-state").mkdir(parents=True)
    run("git", "init", "-q", "--initial-branch=main", cwd=folder)
    documents = CONNECTOR + "".join(
        recommendation(number, title) for number, title in enumerate(titles))
    documents += "".join(instance(*item) for item in instances)
    documents += """---
apiVersion: plumb/v1
kind: Initiative
metadata: { name: everything }
spec:
  title: Everything
  targetScore: 80
  metrics:
    - name: all
      title: All
      recommendations:
""" + "".join(f"        - acme-{number:03}\n" for number in range(len(titles)))
    (folder / "desired-state/all.yaml").write_text(documents)
    for day, at in enumerate(days):
        for number, item in enumerate(instances):
            observation(folder, item[0], policies(number, day), at)
        commit(folder, f"Day {day}")
        run(plumb(), "apply", "-q", "--at", at, cwd=folder, check=False)
    return folder


def crowd(folder, instances=50, recommendations=200, resources=30):
    """Fifty instances, two hundred recommendations: ten thousand results."""
    return made(
        folder, [f"Keep setting {number} as it should be" for number in range(recommendations)],
        [(f"acme-{number:02}", f"Acme {number}", f"team-{number % 7}") for number in range(instances)],
        lambda place, day: [
            {"id": f"p{place}-{n}", "name": f"Policy {n} of {place}", "kind": n % 10,
             "value": (n * 7 + place * 3 + day) % 11}
            for n in range(resources)],
        days=("2026-06-01T07:00:00Z", "2026-06-02T07:00:00Z"))


def hostile(folder):
    """Whatever can be named is named to do harm."""
    return made(
        folder, HOSTILE,
        [("acme-one", HOSTILE[0], HOSTILE[1][:60]), ("acme-two", HOSTILE[5], "identity")],
        lambda place, day: [
            {"id": f"{name[:60]}{n}", "name": name, "kind": n % 10, "value": day}
            for n, name in enumerate(HOSTILE)],
        days=("2026-06-01T07:00:00Z", "2026-06-02T07:00:00Z"))


def site(repository, folder, *options):
    run(plumb(), "site", "-q", str(folder), *options, cwd=repository)
    return folder
