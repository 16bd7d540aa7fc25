#!/usr/bin/env bash
# GNU parallel over a real sshd on each of three hosts runs on-hosts; one host is killed in the middle; the result is the
# bytes of the one-core run.
. "$(dirname "$0")/lib.sh"
for program in parallel sshd ssh ssh-keygen ip nsenter; do
	command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || skip_all "$program is not installed"
done
[ "$(id -u)" = 0 ] || skip_all "namespaces need root"
trap 'no_hosts; sleep 0.5; rm -rf "$B"' EXIT
pages 300
ok $? "the one-core run gives statistics"

mkdir -p /run/sshd "$B/home" "$B/ssh"
chmod 700 "$B/ssh"
ssh-keygen -q -t ed25519 -N '' -f "$B/ssh/host" && ssh-keygen -q -t ed25519 -N '' -f "$B/ssh/client" && cp "$B/ssh/client.pub" "$B/ssh/authorized"
cat >"$B/ssh/sshd_config" <<CONF
Port 2222
HostKey $B/ssh/host
AuthorizedKeysFile $B/ssh/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
PidFile none
MaxStartups 100
MaxSessions 100
SetEnv XXGK_BIN=$XXGK_BIN
CONF
for i in 1 2 3; do printf 'Host n%d\nHostName 10.77.0.1%d\nPort 2222\n' $i $i; done >"$B/ssh/config"
cat >>"$B/ssh/config" <<CONF
Host *
IdentityFile $B/ssh/client
IdentitiesOnly yes
UserKnownHostsFile $B/ssh/known
StrictHostKeyChecking accept-new
BatchMode yes
ConnectTimeout 3
ServerAliveInterval 1
ServerAliveCountMax 3
LogLevel ERROR
CONF
hosts 3 || skip_all "namespaces cannot be made here"
for node in n1 n2 n3; do start_host "$node" "/usr/sbin/sshd -D -e -f $B/ssh/sshd_config"; done
for node in n1 n2 n3; do
	for ((i = 0; i < 100; i++)); do
		timeout 4 nsenter --net=/run/netns/t-hub ssh -F "$B/ssh/config" "$node" true 2>/dev/null && break
		sleep 0.1
	done
done
ok $((i == 100)) "three hosts answer"
printf '2/n1\n2/n2\n2/n3\n' >"$B/hosts"
export PARALLEL_HOME=$B/home
on_hub timeout 300 on-hosts -S "$B/hosts" -e "ssh -F $B/ssh/config" -d "$B/run" -n 5 -o "$B/hosts.csv" <"$B/paths" >"$B/out" 2>&1 &
job=$!
for ((i = 0; i < 600; i++)); do
	done=$(find "$B/run/map" -maxdepth 1 -name '[0-9]*' 2>/dev/null | wc -l)
	((done >= 8)) && break
	sleep 0.05
done
cut_power n2
ok $((done >= 8 && done < 60 ? 0 : 1)) "a host is killed after $done of 60 shards"
wait "$job"
ok $? "the job ends well all the same" || cat "$B/out"
cmp -s "$B/one.csv" "$B/hosts.csv"
ok $? "the result is the bytes of the one-core run"
finish
