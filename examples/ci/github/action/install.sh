#!/usr/bin/env bash
# Downloads the tarball of a release, holds it against a checksum, and puts the program on the job's PATH.
# In: VERSION, SHA256 (may be empty), REPOSITORY, GH_TOKEN; and RUNNER_TEMP, GITHUB_PATH of the runner.
set -euo pipefail

stop() {
  echo "::error title=Plumb::$1" >&2
  exit 1
}
[[ $VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || stop "version: a release such as 0.1.0 is wanted, not '$VERSION'"
[[ $SHA256 =~ ^([0-9a-f]{64})?$ ]] || stop "sha256: 64 hexadecimal digits are wanted"
[[ $(uname -s)/$(uname -m) == Linux/x86_64 ]] || stop "releases are for Linux on x86-64, not for $(uname -s) on $(uname -m)"

name=plumb-$VERSION-linux-amd64
# The job's own folder: what an earlier job left behind is not taken.
folder=$(mktemp -d "$RUNNER_TEMP/plumb.XXXXXX")
cd "$folder"
gh release download "v$VERSION" --repo "$REPOSITORY" --pattern "$name.tar.gz" --pattern SHA256SUMS --dir . ||
  stop "$name.tar.gz could not be downloaded from the release v$VERSION of $REPOSITORY"
if [ -n "$SHA256" ]; then
  echo "$SHA256  $name.tar.gz" | sha256sum --check --strict --quiet ||
    stop "$name.tar.gz is not what 'sha256' says; it has $(sha256sum "$name.tar.gz" | cut -d ' ' -f 1)"
else
  grep --fixed-strings "  $name.tar.gz" SHA256SUMS | sha256sum --check --strict --quiet ||
    stop "$name.tar.gz is not what SHA256SUMS of its release says"
  gh attestation verify "$name.tar.gz" --repo "$REPOSITORY" ||
    stop "nothing attests that $REPOSITORY built $name.tar.gz; where there are no attestations, name its 'sha256'"
fi
tar --extract --no-same-owner --file "$name.tar.gz"
[ "$("$name/bin/plumb" --version)" = "$VERSION" ] || stop "$name.tar.gz does not hold Plumb $VERSION, or it does not run here"
echo "$folder/$name/bin" >>"$GITHUB_PATH"
