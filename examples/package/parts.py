"""What a release is made of: the pinned Swift packages with their licences, and the shared libraries."""

import json
import pathlib
import subprocess


class SwiftPackage:
    """A pinned dependency and its checkout."""

    def __init__(self, pin, checkouts):
        self.name = pin["identity"]
        self.location = pin["location"].removesuffix(".git")
        self.version = pin["state"]["version"]
        self.revision = pin["state"]["revision"]
        self.folder = pathlib.Path(checkouts) / self.location.rsplit("/", 1)[1]

    def texts(self, *words):
        """The files at the top of the checkout whose names begin with one of these words."""
        files = (f for f in self.folder.iterdir() if f.is_file() and f.name.upper().startswith(words))
        return [f.read_text(encoding="utf-8", errors="replace").strip() for f in sorted(files)]

    def licence(self):
        """The SPDX expression; None where the text is none that is known here."""
        text = "\n".join(self.texts("LICENSE", "COPYING"))
        if "Apache License" in text and "Version 2.0" in text:
            exception = "Runtime Library Exception" in text
            return "Apache-2.0 WITH Swift-exception" if exception else "Apache-2.0"
        if "Permission is hereby granted, free of charge" in text:
            return "MIT"
        return None

    def check(self):
        """Ends the program when the checkout is not what was pinned."""
        head = subprocess.run(
            ["git", "-C", self.folder, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
        if head.stdout.strip() != self.revision:
            raise SystemExit(
                f"error: {self.name} is at {head.stdout.strip()}, and pins.json says {self.revision}")


def swift_packages(pins, checkouts):
    """The pinned packages.

    Ends the program when what was checked out is another than what is pinned.
    """
    found = [SwiftPackage(pin, checkouts) for pin in json.loads(pathlib.Path(pins).read_text())["pins"]]
    pinned = {package.folder.name for package in found}
    there = {folder.name for folder in pathlib.Path(checkouts).iterdir() if folder.is_dir()}
    if there != pinned:
        raise SystemExit(f"error: not pinned, or pinned and not used: {', '.join(sorted(there ^ pinned))}")
    for package in found:
        package.check()
    return found


def libraries(listing):
    """The lines of libraries.sh: name, file, package, version, and whether Plumb names it itself."""
    rows = [line.split("\t") for line in pathlib.Path(listing).read_text().splitlines()]
    return [
        {"name": name, "file": file, "package": package, "version": version, "named": named == "yes"}
        for name, file, package, version, named in rows]
