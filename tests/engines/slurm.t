#!/usr/bin/env bash
# A real Slurm of three nodes runs on-slurm over 200 shards; one node loses its power in the middle; the result is the
# bytes of the one-core run. All nodes share this machine's processors and disk: it shows scheduling, loss and
# starting again, not speed.
. "$(dirname "$0")/lib.sh"
for program in slurmctld slurmd sbatch munged ip nsenter; do
	command -v "$program" >/dev/null || skip_all "$program is not installed"
done
[ "$(id -u)" = 0 ] || skip_all "namespaces need root"

ended() {
	for f in "$B"/ctl.pid; do [ -f "$f" ] && kill -9 "$(cat "$f")" 2>/dev/null; done
	no_hosts
	[ -f "$B/munge/pid" ] && kill "$(cat "$B/munge/pid")" 2>/dev/null
	sleep 1
	rm -rf "$B"
}
trap ended EXIT
pages 400
ok $? "the one-core run gives statistics"

mkdir -p "$B"/munge "$B"/state "$B"/spool "$B"/log
chmod 755 "$B/munge"
cat >"$B/slurm.conf" <<CONF
ClusterName=t
SlurmctldHost=hub(10.77.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthInfo=socket=$B/munge/s,cred_expire=5
StateSaveLocation=$B/state
SlurmdSpoolDir=$B/spool/%n
SlurmctldPidFile=$B/slurmctld.pid
SlurmdPidFile=$B/slurmd-%n.pid
SlurmctldLogFile=$B/log/slurmctld.log
SlurmdLogFile=$B/log/slurmd-%n.log
JobCompType=jobcomp/filetxt
JobCompLoc=$B/log/jobcomp.txt
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_min_interval=0,sched_interval=1,bf_interval=1,batch_sched_delay=0
ReturnToService=2
SlurmdTimeout=10
KillWait=2
MaxArraySize=2000
MailProg=/bin/true
SlurmdParameters=config_overrides
NodeName=n[1-3] NodeAddr=10.77.0.1[1-3] Port=17001 CPUs=2
PartitionName=main Nodes=n[1-3] Default=YES
CONF
export SLURM_CONF=$B/slurm.conf
(umask 077 && head -c 1024 /dev/urandom >"$B/munge/key")
munged --key-file="$B/munge/key" --socket="$B/munge/s" --pid-file="$B/munge/pid" --log-file="$B/munge/log" \
	--seed-file="$B/munge/seed" || skip_all "munged does not start"
hosts 3 || skip_all "namespaces cannot be made here"
on_hub unshare --uts sh -c 'hostname hub; exec slurmctld -D' >"$B/log/ctl.out" 2>&1 &
echo $! >"$B/ctl.pid"
for node in n1 n2 n3; do start_host "$node" "slurmd -D -N $node"; done
for ((i = 0; i < 300; i++)); do
	[ "$(timeout 2 nsenter --net=/run/netns/t-hub sinfo -h -N -t idle 2>/dev/null | wc -l)" = 3 ] && break
	sleep 0.1
done
ok $((i == 300)) "three nodes are up"

on_hub timeout 400 on-slurm -d "$B/run" -n 2 -r 4 --wait -o "$B/slurm.csv" <"$B/paths" >"$B/on-slurm.out" 2>&1 &
job=$!
# In the middle: when some shards are done and many are not.
for ((i = 0; i < 600; i++)); do
	done=$(find "$B/run/map" -maxdepth 1 -name '[0-9]*' 2>/dev/null | wc -l)
	((done >= 20)) && break
	sleep 0.1
done
cut_power n2
ok $((done >= 20 && done < 200 ? 0 : 1)) "a node is killed after $done of 200 shards"
on_hub timeout 20 scontrol update nodename=n2 state=down reason=power
wait "$job"
ok $? "the job ends well all the same" || cat "$B/on-slurm.out"
ok "$([ "$(find "$B/run/map" -maxdepth 1 -name '[0-9]*' | wc -l)" = 200 ]; echo $?)" "200 shards were mapped"
cmp -s "$B/one.csv" "$B/slurm.csv"
ok $? "the result is the bytes of the one-core run"
finish
