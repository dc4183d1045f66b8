#!/usr/bin/env bash
# One night of a fleet on Slurm: splits, runs the shares as an array, and merges when all of them have ended.
#
# Runs where every node sees the same folders: in a clone of the repository. Arguments go to 'plumb fleet merge', such as
# --push.
#
#   SHARDS   how many shares (64), two to eight times as many as run at once
#   AT_ONCE  how many run at once (8)
#   FOLDER   where the fleet's file and its parts are kept (./fleet)
#   SECRETS  a file of lines PLUMB_<INSTANCE>_<FIELD>=value that only you may read, or a folder with a file for each
#   OPTIONS  more options of 'plumb fleet run', such as '--timeout 30'
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
shards=${SHARDS:-64}
folder=${FOLDER:-fleet}

mkdir -p "$folder"
folder=$(realpath "$folder")
export FLEET=$folder/fleet.json
plumb fleet split --shards "$shards" --out "$FLEET"
# Parts of another night are not mistaken for these: the fleet's name is its file's SHA-256.
name=$(sha256sum <"$FLEET" | cut -c1-12)
export PARTS=$folder/parts-$name SHARE=$here/../share.sh
mkdir -p "$PARTS"

array=$(sbatch --parsable --requeue --array="0-$((shards - 1))%${AT_ONCE:-8}" --output="$PARTS/share-%a.log" \
  "$here/share.sbatch")
echo "Shares: job $array, logs in $PARTS"
# Whatever became of the shares: merge says which are missing, and with which command they are made. --wait gives its code.
sbatch --parsable --wait --dependency="afterany:$array" --output="$PARTS/merge.log" "$here/merge.sbatch" "$@"
