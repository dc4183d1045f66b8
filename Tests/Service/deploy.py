"""Holds examples/deploy against the program, and its overlays against themselves.

deploy.py PLUMB METRICS, where METRICS is what `plumb plan` writes as OpenMetrics.
"""
import glob
import json
import pathlib
import re
import subprocess
import sys

import yaml

plumb, metrics = sys.argv[1:]
root = pathlib.Path("examples/deploy")
faults = []


def fault(text):
    faults.append(text)


# Options: each that a unit or a manifest gives is one of the command's.
def options(command):
    shown = subprocess.run([plumb, command, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", shown))


known = {command: options(command) for command in ("apply", "controller", "serve")}
used = 0


def held(place, words):
    global used
    command, given = words[0], {re.split(r"=", word)[0] for word in words[1:] if word.startswith("--")}
    used += len(given)
    for option in sorted(given - known[command]):
        fault(f"{place}: plumb {command} has no {option}")


for unit in sorted(root.glob("systemd/*.service")):
    line = next(line for line in unit.read_text().splitlines() if line.startswith("ExecStart="))
    words = line.removeprefix("ExecStart=").split()
    held(unit, words[1:])


# Overlays: what each is made of is there, once, and what a pod names is among it or is a secret that the reader makes.
def resources(folder):
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())
    found, maps, images = [], set(), set()
    for name in kustomization["resources"]:
        path = (folder / name).resolve()
        if path.is_dir():
            more = resources(path)
            found += more[0]
            maps |= more[1]
            images |= more[2]
        else:
            found += [(path, document) for document in yaml.safe_load_all(path.read_text())]
    maps |= {each["name"] for each in kustomization.get("configMapGenerator", [])}
    images |= {each["name"] for each in kustomization.get("images", [])}
    return found, maps, images


def pod(document):
    spec = document["spec"]
    if document["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec["template"]


overlays = sorted((root / "kubernetes/overlays").iterdir())
for overlay in overlays:
    found, maps, images = resources(overlay)
    names = [(document["kind"], document["metadata"]["name"]) for _, document in found]
    if len(set(names)) != len(names):
        fault(f"{overlay}: something is there twice: {names}")
    claims = {name for kind, name in names if kind == "PersistentVolumeClaim"}
    labels = []
    for path, document in found:
        if document["kind"] not in ("Deployment", "CronJob"):
            continue
        template = pod(document)
        labels.append(template["metadata"]["labels"])
        spec = template["spec"]
        if spec.get("automountServiceAccountToken") is not False:
            fault(f"{path}: the pod has a token of the cluster")
        # https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
        if spec["securityContext"].get("runAsNonRoot") is not True:
            fault(f"{path}: may run as root")
        if spec["securityContext"].get("seccompProfile", {}).get("type") != "RuntimeDefault":
            fault(f"{path}: has no seccomp profile")
        for volume in spec["volumes"]:
            claim = volume.get("persistentVolumeClaim")
            if claim and claim["claimName"] not in claims:
                fault(f"{path}: nobody claims {claim['claimName']}")
        for container in spec["containers"]:
            held(path, container["command"][1:] + container["args"])
            context = container["securityContext"]
            if context["allowPrivilegeEscalation"] or context["capabilities"] != {"drop": ["ALL"]}:
                fault(f"{path}: the container may gain rights")
            if not context["readOnlyRootFilesystem"]:
                fault(f"{path}: the container may write its image")
            if container["image"] not in images:
                fault(f"{path}: no kustomization sets the version of {container['image']}")
            for variable in container["env"]:
                reference = variable.get("valueFrom", {}).get("configMapKeyRef")
                if reference and reference["name"] not in maps:
                    fault(f"{path}: nobody makes {reference['name']}")
            volumes = {volume["name"] for volume in spec["volumes"]}
            for mount in container["volumeMounts"]:
                if mount["name"] not in volumes:
                    fault(f"{path}: there is no volume {mount['name']}")
            ports = {port["name"] for port in container.get("ports", [])}
            for probe in ("livenessProbe", "readinessProbe"):
                if probe in container and container[probe]["httpGet"]["port"] not in ports:
                    fault(f"{path}: {probe} asks at no port")
    for path, document in found:
        if document["kind"] == "Service":
            selector = document["spec"]["selector"].items()
            if not any(selector <= each.items() for each in labels):
                fault(f"{path}: {document['metadata']['name']} selects nobody")

# Metrics: each that a rule or a panel names is one that the program gives.
given = set(re.findall(r"^# TYPE (\w+)", pathlib.Path(metrics).read_text(), re.M))
for source in glob.glob("Sources/Service/**/*.swift", recursive=True):
    given |= set(re.findall(r"\bplumb_[a-z_]+", pathlib.Path(source).read_text()))
rules = yaml.safe_load((root / "prometheus/plumb.rules.yaml").read_text())
expressions = [("rules", rule["expr"]) for group in rules["groups"] for rule in group["rules"]]
dashboard = json.loads((root / "grafana/plumb.json").read_text())
for panel in dashboard["panels"]:
    expressions += [(panel["title"], target["expr"]) for target in panel["targets"]]
for variable in dashboard["templating"]["list"]:
    if variable["type"] == "query":
        expressions.append((variable["name"], variable["query"]["query"]))
named = 0
for place, expression in expressions:
    for name in re.findall(r"\bplumb_[a-z_]+", expression):
        named += 1
        if name not in given and re.sub(r"_(total|sum|count)$", "", name) not in given:
            fault(f"{place}: there is no metric {name}")

print(f"{len(overlays)} overlays, {used} options, {named} metrics")
if faults or not (overlays and used and named):
    sys.exit("\n".join(faults) or "nothing was looked at")
