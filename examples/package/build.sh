#!/usr/bin/env bash
# Makes a release of a commit: Debian's package, a tarball that runs on other Linux distributions too, the bill of materials
# and the checksums. The same commit gives the same bytes, in whatever folder.
#
#   examples/package/build.sh [COMMIT]             # of what is committed; HEAD by default
#   OUT=/tmp/release examples/package/build.sh     # where it goes; .build/package by default
#   WORK=/tmp/work examples/package/build.sh       # where it is built, and left; a temporary folder by default
#   MAINTAINER='Ada <ada@contoso.com>' …           # whom the package names
#   PROGRAM=plumb …                                # packages this one, to try the packaging alone: no release
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
cd ../..

commit=$(git rev-parse --verify "${1:-HEAD}^{commit}")
out=$(realpath -m "${OUT:-.build/package}")
maintainer=${MAINTAINER:-Plumb maintainers <noreply@github.com>}
if [ -n "${WORK:-}" ]; then
  mkdir -p "$WORK"
  work=$(realpath "$WORK")
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

examples/install.sh binutils chrpath dpkg-dev python3 xz-utils

# Nothing of this machine's is to be seen in what is made.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct "$commit")
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC PYTHONDONTWRITEBYTECODE=1
umask 022

# The folder's name is the package's name to the compiler.
source=$work/plumb
mkdir -p "$source"
git archive "$commit" | tar --extract --directory "$source"

# The dependencies are those of pins.json and no others, by version and commit: seen before anything is built.
cp "$here/pins.json" "$source/Package.resolved"
(cd "$source" && swift package --traits Service resolve --force-resolved-versions >&2)
cmp --silent "$here/pins.json" "$source/Package.resolved" || {
  echo "error: other dependencies were resolved than examples/package/pins.json names" >&2
  diff "$here/pins.json" "$source/Package.resolved" >&2 || true
  exit 1
}
python3 "$here/notices.py" "$here/pins.json" "$source/.build/checkouts" >"$work/copyright"

if [ -n "${PROGRAM:-}" ]; then
  built=$(realpath "$PROGRAM")
else
  echo "Building plumb of $commit; a clean build takes 10 to 25 minutes …" >&2
  (
    cd "$source"
    # The linker's own identifier would be a hash of what is stripped below too; the commit names the build as well.
    swift build --traits Service --configuration release --product plumb --static-swift-stdlib --force-resolved-versions \
      -debug-info-format none \
      -Xswiftc -file-prefix-map -Xswiftc "$source=." \
      -Xcc "-ffile-prefix-map=$source=." -Xcxx "-ffile-prefix-map=$source=." \
      -Xlinker "--build-id=0x$commit" -Xlinker --disable-new-dtags -Xlinker -rpath -Xlinker "\$ORIGIN/../lib/plumb" >&2
  )
  built=$(cd "$source" && swift build --traits Service --configuration release --show-bin-path)/plumb
fi

parts=$work/parts
rm -rf "$parts"
mkdir -p "$parts" "$out"
rm -f "$out"/plumb_*.deb "$out"/plumb-*.tar.gz "$out/plumb.spdx.json" "$out/SHA256SUMS"
install -m 755 "$built" "$parts/plumb"
# The last one holds hashes of what the compiler was called with, the folder among it; nothing reads it when the program runs.
strip --strip-all --remove-section=.comment --remove-section=.swift1_autolink_entries --remove-section=.swift_modhash \
  "$parts/plumb"
version=$("$parts/plumb" --version)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "error: '$version' is no version" >&2; exit 1; }

"$here/libraries.sh" "$parts/plumb" >"$parts/libraries"
swift=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
python3 "$here/sbom.py" "$version" "$commit" "$SOURCE_DATE_EPOCH" "$swift" "$here/pins.json" \
  "$source/.build/checkouts" "$parts/libraries" >"$out/plumb.spdx.json"
mv "$work/copyright" "$parts/copyright"

"$here/share.sh" "$parts/plumb" "$source" "$parts/share"
"$here/debian.sh" "$parts" "$version" "$maintainer" "$out"
"$here/tarball.sh" "$parts" "$version" "$out"

cd "$out"
sha256sum -- plumb_*.deb plumb-*.tar.gz plumb.spdx.json >SHA256SUMS
ls -l --human-readable "$out" >&2
