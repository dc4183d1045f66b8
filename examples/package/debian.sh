#!/usr/bin/env bash
# Makes Debian's package of what build.sh has laid ready, for the Debian that this runs on.
#
#   examples/package/debian.sh PARTS VERSION MAINTAINER OUT
set -euo pipefail
parts=$1 version=$2 maintainer=$3 out=$4
architecture=$(dpkg --print-architecture)
root=$parts/debian-root
docs=$root/usr/share/doc/plumb
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/lintian/overrides"

install -m 755 "$parts/plumb" "$root/usr/bin/plumb"
# The package's libraries are the system's.
chrpath --delete "$root/usr/bin/plumb" >/dev/null
cp -R "$parts/share/." "$root/usr/share/"

# The units lie there and do nothing until somebody writes their files and enables them.
mkdir -p "$root/lib/systemd/system" "$docs"
cp "$parts"/../plumb/examples/deploy/systemd/plumb-* "$root/lib/systemd/system/"
cp -R "$parts/../plumb/examples/deploy" "$docs/deploy"
rm -r "$docs/deploy/systemd"
cp "$parts/copyright" "$docs/copyright"
gzip --best --no-name --stdout "$parts/../plumb/CHANGELOG.md" >"$docs/NEWS.gz"
gzip --best --no-name >"$docs/changelog.gz" <<END
plumb ($version) stable; urgency=medium

  * Version $version; what a user notices is in NEWS.gz.

 -- $maintainer  $(date --utc --date "@$SOURCE_DATE_EPOCH" --rfc-email)
END
cat >"$root/usr/share/lintian/overrides/plumb" <<'END'
# Swift's Foundation has ICU within it, and swift-nio-ssl has BoringSSL; Debian has neither in a form that they take.
plumb: embedded-library *
END

# What the program needs, by the symbols that it uses.
mkdir -p "$parts/shlibs/debian"
printf 'Source: plumb\n\nPackage: plumb\nArchitecture: any\n' >"$parts/shlibs/debian/control"
depends=$(cd "$parts/shlibs" && dpkg-shlibdeps -O -e"$root/usr/bin/plumb" | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "error: dpkg-shlibdeps found no dependencies" >&2; exit 1; }

find "$root" -type d -exec chmod 755 {} +
find "$root/usr/share" "$root/lib" -type f -exec chmod 644 {} +
chmod 755 "$root/usr/share/plumb/example/examples/quickstart.sh"
size=$(find "$root/usr" "$root/lib" -type f -printf '%s\n' | awk '{kib += int(($1 + 1023) / 1024)} END {print kib}')
cat >"$root/DEBIAN/control" <<END
Package: plumb
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $size
Depends: $depends, ca-certificates
Recommends: git
Section: admin
Priority: optional
Description: SaaS security posture, declared in git
 A repository of YAML says which tenants of SaaS applications are assessed,
 which initiatives are tracked and which risks are accepted. Plumb compares it
 with what it observes of the tenants over their APIs, and commits scores,
 findings and drift to a branch of the same repository.
END
(cd "$root" && find lib usr -type f -print0 | sort --zero-terminated | xargs --null md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +

# How many threads compress decides on the bytes.
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "$out/plumb_${version}_$architecture.deb" >/dev/null
