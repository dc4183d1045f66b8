#!/usr/bin/env python3
"""Writes a release's bill of materials: SPDX 2.3 as JSON.

    sbom.py VERSION COMMIT EPOCH SWIFT PINS CHECKOUTS LIBRARIES >plumb.spdx.json

EPOCH is the commit's time, SWIFT the compiler's version, LIBRARIES a file of what libraries.sh lists. The same arguments give
the same bytes.
"""

import datetime
import json
import re
import sys

from parts import libraries, swift_packages

MAKER = "Organization: Plumb maintainers"


def identifier(*words):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", "-".join(words))


def package(spdx, name, version, licence, location, locator, comment=None):
    entry = {
        "SPDXID": spdx,
        "name": name,
        "versionInfo": version,
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": licence or "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": locator,
        }],
    }
    if comment:
        entry["comment"] = comment
    return entry


def document(version, commit, epoch, swift, pins, checkouts, listing):
    plumb = identifier("plumb")
    packages = [package(
        plumb, "plumb", version, "Apache-2.0", "NOASSERTION", f"pkg:generic/plumb@{version}",
        f"Built from the commit {commit}.")]
    packages[0]["primaryPackagePurpose"] = "APPLICATION"
    packages[0]["supplier"] = MAKER
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", plumb)]

    runtime = identifier("swift")
    packages.append(package(
        runtime, "swift", swift, "Apache-2.0 WITH Swift-exception", "https://www.swift.org/install/",
        f"pkg:generic/swift@{swift}", "The standard library, Foundation and Dispatch, linked statically."))
    relations += [(plumb, "STATIC_LINK", runtime), (runtime, "BUILD_TOOL_OF", plumb)]

    for part in swift_packages(pins, checkouts):
        spdx = identifier("swift-package", part.name)
        host = part.location.removeprefix("https://")
        packages.append(package(
            spdx, part.name, part.version, part.licence(), f"git+{part.location}@{part.revision}",
            f"pkg:swift/{host}@{part.version}", f"The commit {part.revision}."))
        relations.append((plumb, "DEPENDS_ON", spdx))

    debian = {}
    for library in libraries(listing):
        entry = debian.setdefault(library["package"], {**library, "files": []})
        entry["files"].append(library["name"])
        entry["named"] = entry["named"] or library["named"]
    for name, library in sorted(debian.items()):
        spdx = identifier("debian", name)
        locator = f"pkg:deb/debian/{name.replace('+', '%2B')}@{library['version'].replace('+', '%2B')}"
        packages.append(package(
            spdx, name, library["version"], None, "NOASSERTION", f"{locator}?arch=amd64&distro=debian-12",
            f"Shared: {', '.join(library['files'])}. The tarball holds it; the Debian package asks for it."))
        relations.append((plumb, "DYNAMIC_LINK" if library["named"] else "DEPENDS_ON", spdx))

    created = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"plumb-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/plumb-{version}-{commit}",
        "creationInfo": {
            "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": [MAKER, f"Tool: plumb-sbom-{version}"],
        },
        "packages": packages,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
            for one, kind, other in relations],
    }


if __name__ == "__main__":
    json.dump(document(*sys.argv[1:]), sys.stdout, indent=2)
    print()
