#!/usr/bin/env bash
# Installs what Plumb builds against, where it is missing: Debian's packages of libgit2, libyaml,
# simdjson and RE2; and the packages that are named as arguments. Swift itself is not installed here.
set -euo pipefail

if ! command -v swift >/dev/null; then
  echo "error: 'swift' is not on the PATH; install Swift 6.2 or newer from https://swift.org/install" >&2
  exit 1
fi

packages=(libgit2-dev libyaml-dev libsimdjson-dev libre2-dev pkg-config git "$@")
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: not root and no sudo; install these packages first: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${missing[*]}" >&2
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
