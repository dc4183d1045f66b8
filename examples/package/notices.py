#!/usr/bin/env python3
"""Writes the copyright file of a release: Plumb's licence and those of what is linked into it.

    notices.py PINS CHECKOUTS >copyright
"""

import sys

from parts import swift_packages

PLUMB = """\
Plumb is licensed under the Apache License, version 2.0; on Debian its text is in
/usr/share/common-licenses/Apache-2.0.

Copyright: the Plumb authors.

The program has these linked into it:

Swift's standard library, Foundation and Dispatch (https://www.swift.org): Apache License, version 2.0, with
Runtime Library Exception. Foundation has ICU (https://icu.unicode.org) within it: Unicode License.
"""


def main():
    print(PLUMB)
    for part in swift_packages(*sys.argv[1:]):
        print(f"{part.name} {part.version} ({part.location}): {part.licence() or 'its own licence, below'}")
        if part.licence() is None or not part.licence().startswith("Apache-2.0"):
            for text in part.texts("LICENSE", "COPYING"):
                print(f"\n{text}\n")
        for text in part.texts("NOTICE"):
            print(f"\n{text}\n")


if __name__ == "__main__":
    main()
