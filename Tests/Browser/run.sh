#!/usr/bin/env bash
# Looks at the pages in Debian's chromium; the program is built already. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=(fonts-dejavu-core)
command -v chromium >/dev/null || packages+=(chromium)
command -v java >/dev/null || packages+=(default-jre-headless)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
examples/install.sh "${packages[@]}"

# The environment stands outside the tree, and is made anew where it asks for other versions.
environment=${XDG_CACHE_HOME:-$HOME/.cache}/plumb/browser-tests
wanted=$(sha256sum Tests/Browser/requirements.txt | cut -c1-16)
if [ "$(cat "$environment/.made-of" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Tests/Browser/requirements.txt
  echo "$wanted" >"$environment/.made-of"
fi

PATH="$environment/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 \
  "$environment/bin/pytest" -q -p no:cacheprovider Tests/Browser "$@"
