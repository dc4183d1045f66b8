#!/usr/bin/env bash
# Tries a release where nothing else is: on a plain Debian 12 without Swift and without the libraries that Plumb is built
# against. First the tarball, then the package, each with Plumb's main job on the example company. Takes root.
#
#   examples/package/try.sh [FOLDER]         # what build.sh made; .build/package by default
#   MIRROR=http://deb.debian.org/debian      # where Debian comes from
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "error: a folder becomes a system of its own, which takes root" >&2; exit 1; }
# What is mounted below is seen by nobody else, and goes with the script.
[ -n "${OWN_MOUNTS:-}" ] || OWN_MOUNTS=1 exec unshare --mount --propagation private "$0" "$@"
cd "$(dirname "$0")/../.."

release=$(realpath "${1:-.build/package}")
mirror=${MIRROR:-http://deb.debian.org/debian}
command -v debootstrap >/dev/null || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
}

echo "== What was released is what its checksums say" >&2
(cd "$release" && sha256sum --check --strict SHA256SUMS)

system=$(mktemp -d)
trap 'umount "$system/proc" 2>/dev/null || true; rm -rf --one-file-system "$system"' EXIT
chmod 755 "$system"
echo "== A plain Debian 12" >&2
debootstrap --variant=minbase bookworm "$system" "$mirror" >"$system.log" 2>&1 || { tail "$system.log" >&2; exit 1; }
rm -f "$system.log"
cp /etc/resolv.conf "$system/etc/resolv.conf"
# A program finds what lies beside it by /proc/self/exe.
mount --types proc proc "$system/proc"
mkdir "$system/release"
cp "$release"/plumb* "$system/release/"
inside() {
  chroot "$system" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} /bin/bash -euo pipefail -c "$1"
}
inside 'apt-get update -qq; apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends git >/dev/null'
inside 'if command -v swift; then exit 1; fi; ! ldconfig -p | grep -E "libgit2|libsimdjson|libre2|libyaml|libswift"'

echo "== The tarball: validate, plan and apply on the example company" >&2
inside 'tar -xzf /release/plumb-*.tar.gz -C /opt; mv /opt/plumb-* /opt/plumb
  PLUMB=/opt/plumb/bin/plumb /opt/plumb/share/plumb/example/examples/quickstart.sh >/tmp/tarball 2>&1 ||
    { tail /tmp/tarball; exit 1; }
  tail -n 3 /tmp/tarball; rm -rf /opt/plumb'

echo "== The package: the same" >&2
inside 'apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends /release/plumb_*.deb >/dev/null
  plumb --version
  PLUMB=plumb /usr/share/plumb/example/examples/quickstart.sh >/tmp/package 2>&1 || { tail /tmp/package; exit 1; }
  tail -n 3 /tmp/package
  # Five screens of a terminal with 100 columns.
  test "$(fold --width 100 /tmp/package | wc -l)" -le 250
  source /usr/share/bash-completion/completions/plumb
  zcat /usr/share/man/man1/plumb-plan.1.gz | grep -q "^\.TH"
  test -s /usr/share/doc/plumb/copyright
  test -s /lib/systemd/system/plumb-controller.service
  plumb controller --help | grep -q -- --credentials
  apt-get remove -y -qq -o Dpkg::Use-Pty=0 plumb >/dev/null; test ! -e /usr/bin/plumb'
echo "The release runs on a plain Debian 12." >&2
