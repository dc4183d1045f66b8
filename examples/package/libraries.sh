#!/usr/bin/env bash
# Lists the shared libraries that a program is run with, the C library's own left out, a line for each: the file's name as the
# program asks for it, the file, Debian's package, its version, and whether the program names it itself.
#
#   examples/package/libraries.sh PROGRAM
set -euo pipefail

direct=$(readelf --dynamic --wide "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
ldd "$1" | awk '$2 == "=>" {print $1, $3}' | sort | while read -r name file; do
  case $name in
    # Every glibc brings these, and they have to be of one version.
    ld-linux*|libc.so.*|libm.so.*|libdl.so.*|librt.so.*|libpthread.so.*|libresolv.so.*|libutil.so.*) continue ;;
  esac
  if [ ! -f "$file" ]; then
    echo "error: $1 wants $name, which is not here" >&2
    exit 1
  fi
  # dpkg knows a file by the folder that its package names, /lib or /usr/lib, which are one folder today.
  package=$(dpkg-query --search "$file" "/usr$file" "$(realpath "$file")" 2>/dev/null | sed -n '1s/:.*//p' || true)
  if [ -z "$package" ]; then
    echo "error: no package of Debian's brought $file" >&2
    exit 1
  fi
  version=$(dpkg-query --show --showformat '${Version}' "$package:$(dpkg --print-architecture)")
  named=no
  ! grep --quiet --line-regexp --fixed-strings "$name" <<<"$direct" || named=yes
  printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$file" "$package" "$version" "$named"
done
