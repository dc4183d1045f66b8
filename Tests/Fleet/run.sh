#!/usr/bin/env bash
# A fleet on a real Slurm: examples/fleet/slurm with eight shares of 200 tenants of four apps, whose vendors answer on the
# loopback interface. One share is killed, one fails; merge refuses; both are run again; the commit is that of one apply.
# Then the manifests for Kubernetes are held against its schemas.
#
# Slurm is Debian's, started here as root without systemd and stopped at the end; where that cannot be, it is said, and
# passed over. PLUMB names the program: by default the one that was just built.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
PLUMB=$(realpath "${PLUMB:-.build/debug/plumb}")

Tests/kubernetes.sh examples/fleet/kubernetes/*.yaml

if [ "$(id -u)" != 0 ]; then
  echo "The fleet was not run on Slurm, which takes root: sudo Tests/Fleet/run.sh" >&2
  exit 0
fi
examples/install.sh slurmctld slurmd slurm-client munge

work=$(mktemp -d)
stop() {
  for file in "$work"/*.pid; do
    if [ -s "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
  wait
  [ "${1:-0}" = 0 ] || tail -n 20 "$work"/*.log "$work"/fleet/parts-*/*.log >&2 2>/dev/null || true
  rm -rf "$work"
}
trap 'stop $?' EXIT

# The company, and who it asks.
python3 Tests/Fleet/vendors.py "$work/port" &
echo $! >"$work/vendors.pid"
until [ -s "$work/port" ]; do sleep 0.1; done
address=127.0.0.1:$(cat "$work/port")
python3 Tests/Fleet/company.py "$work/company" "$address" "$work/secrets"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=a@contoso.example \
  GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=a@contoso.example
git -c init.defaultBranch=main init --quiet "$work/company"
git -C "$work/company" add --all
git -C "$work/company" commit --quiet --message First
git clone --quiet "$work/company" "$work/single"

# Slurm, as in platform tests of its own: one node that poses as eight cores.
host=$(hostname -s)
mkdir -p "$work"/{state,spool,munge}
chmod 700 "$work/munge"
head -c 1024 /dev/urandom >"$work/munge/key"
chmod 400 "$work/munge/key"
echo CgroupAutomount=no >"$work/cgroup.conf"
cat >"$work/slurm.conf" <<CONFIGURATION
ClusterName=plumb
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
DependencyParameters=kill_invalid_depend
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
MailProg=/bin/true
PropagateResourceLimits=NONE
MaxArraySize=10001
NodeName=$host NodeAddr=127.0.0.1 CPUs=8 RealMemory=4000 State=UNKNOWN
PartitionName=plumb Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONFIGURATION
munged --force --socket="$work/munge/socket" --key-file="$work/munge/key" --pid-file="$work/munged.pid" \
  --log-file="$work/munged.log" --seed-file="$work/munge/seed"
export SLURM_CONF=$work/slurm.conf
slurmctld -i -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
for _ in {1..300}; do
  if sinfo --noheader --format=%T | grep -q '^idle'; then break; fi
  sleep 0.2
done

# Two shares come to grief the first time: one is killed when it has seen its first tenants, one ends with an error.
mkdir -p "$work"/{bin,trouble}
touch "$work"/trouble/{3,5}
cat >"$work/bin/plumb" <<PROGRAM
#!/usr/bin/env bash
if [ "\$1 \$2" = "fleet run" ] && rm "$work/trouble/\${SLURM_ARRAY_TASK_ID:-}" 2>/dev/null; then
  [ "\$SLURM_ARRAY_TASK_ID" = 3 ] || exit 1
  PLUMB_STORE=$work/killed "$PLUMB" "\$@" &
  until ls "$work"/killed/observations/*/observation.json >/dev/null 2>&1; do sleep 0.02; done
  kill -KILL \$!
  wait \$! || exit
fi
exec "$PLUMB" "\$@"
PROGRAM
chmod +x "$work/bin/plumb"
export PATH=$work/bin:$PATH PLUMB_STORE=$work/store SECRETS=$work/secrets SHARDS=8 FOLDER=$work/fleet \
  OPTIONS="--allow-host http://$address"
cd "$work/company"

night=0
"$root/examples/fleet/slurm/night.sh" || night=$?
parts=("$work"/fleet/parts-*)
[ "$night" = 1 ] || { echo "merge was to refuse, and ended with $night" >&2; exit 1; }
for share in 3 5; do
  grep -q "error: share $share: there is no part of it" "${parts[0]}/merge.log"
done
[ "$(grep -c 'error: ' "${parts[0]}/merge.log")" = 2 ]
if git rev-parse --quiet --verify plumb/reports; then
  echo "something was recorded" >&2
  exit 1
fi

# Those two again, and the merge.
export FLEET=$work/fleet/fleet.json PARTS=${parts[0]} SHARE=$root/examples/fleet/share.sh
sbatch --parsable --wait --array=3,5 --output="$PARTS/again-%a.log" "$root/examples/fleet/slurm/share.sbatch"
sbatch --parsable --wait --output="$PARTS/merge.log" "$root/examples/fleet/slurm/merge.sbatch"

at=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["at"])' "$FLEET")
cd "$work/single"
"$PLUMB" apply --quiet --no-refresh --at "$at"
merged=$(git -C "$work/company" rev-parse plumb/reports)
single=$(git rev-parse plumb/reports)
[ "$merged" = "$single" ] || { echo "the fleet recorded $merged, one process $single" >&2; exit 1; }
[ "$(git ls-tree --name-only plumb/reports reports/instances/ | wc -l)" = 200 ]
echo "Slurm: 8 shares, two of them run again, and one commit, the same as a single apply's: $merged"
