#!/usr/bin/env bash
# Makes the tarball of what build.sh has laid ready. It brings the libraries that the program was linked with, all but the C
# library's, so that it runs where those are others or missing: with glibc 2.36 or newer.
#
#   examples/package/tarball.sh PARTS VERSION OUT
set -euo pipefail
parts=$1 version=$2 out=$3
name=plumb-$version-linux-$(dpkg --print-architecture)
root=$parts/tarball/$name
docs=$root/share/doc/plumb
mkdir -p "$root/bin" "$root/lib/plumb" "$docs/libraries"

install -m 755 "$parts/plumb" "$root/bin/plumb"
cp -R "$parts/share" "$root/"
cp "$parts/copyright" "$parts/../plumb/LICENSE" "$parts/../plumb/CHANGELOG.md" "$docs/"
while IFS=$'\t' read -r library file package _; do
  install -m 644 "$file" "$root/lib/plumb/$library"
  cp "/usr/share/doc/$package/copyright" "$docs/libraries/$package"
done <"$parts/libraries"
find "$root" -type d -exec chmod 755 {} +
find "$root/share" -type f -exec chmod 644 {} +
chmod 755 "$root/share/plumb/example/examples/quickstart.sh"

tar --create --directory "$parts/tarball" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner \
  --mtime="@$SOURCE_DATE_EPOCH" "$name" | gzip --best --no-name >"$out/$name.tar.gz"
