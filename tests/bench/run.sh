#!/bin/sh
# Carafe against Docker (and crun) on this machine, in one run. Needs root; installs Debian's docker.io and crun when
# missing. Usage: tests/bench/run.sh [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
rounds=${1:-20}
work=$(mktemp -d /tmp/carafe-bench.XXXXXX)
# Both engines keep what lives until the next boot where /run is on most machines, in memory.
run=$(mktemp -d /dev/shm/carafe-bench.XXXXXX)
pids=
cleanup() {
    for s in carafe docker; do
        [ -S "$work/$s.sock" ] || continue
        docker -H "unix://$work/$s.sock" ps -aq 2>/dev/null | xargs -r docker -H "unix://$work/$s.sock" rm -f >/dev/null 2>&1 || true
    done
    # unshare ignores SIGTERM while it waits: its child is told too.
    for p in $pids; do pkill -TERM -P "$p" 2>/dev/null || kill "$p" 2>/dev/null || true; done
    for p in $pids; do wait "$p" 2>/dev/null || true; done
    ip link delete cbench0 2>/dev/null || true
    rm -rf "$work" "$run" 2>/dev/null || true
}
trap cleanup EXIT INT TERM
[ -x dist/carafe/bin/carafe ] || sh build/build.sh
sh tests/setup.sh
carafe_need crun crun "crun is what we compare with"
# Docker is unpacked beside us, not installed: its package would start a daemon of its own.
(cd "$work" && apt-get download -q docker.io containerd runc >/dev/null 2>&1 && for d in *.deb; do dpkg -x "$d" docker-root; done) || true
docker_path=$work/docker-root/usr/sbin:$work/docker-root/usr/bin
sh tests/conformance/src/test/sh/busybox-image.sh "$work/busybox.tar"

dist/carafe/bin/carafe daemon -H "unix://$work/carafe.sock" --data-root "$work/c-data" --exec-root "$run/carafe" --pidfile "$work/c.pid" --bridge cbench0 >"$work/carafe.log" 2>&1 &
pids="$pids $!"
ours=$!
others=
if [ -x "$work/docker-root/usr/sbin/dockerd" ]; then
    # In namespaces of its own: its bridge, its iptables tables and its mounts end with it.
    PATH=$docker_path:$PATH unshare -n -m -p -f --kill-child --mount-proc sh -c 'ip link set lo up; exec "$@"' - dockerd -H "unix://$work/docker.sock" --data-root "$work/d-data" --exec-root "$run/docker" --pidfile "$work/d.pid" --storage-driver overlay2 >"$work/docker.log" 2>&1 &
    pids="$pids $!"
    others="docker=$work/docker.sock=docker"
fi
for s in carafe docker; do
    i=0
    while ! [ -S "$work/$s.sock" ] && [ $i -lt 100 ]; do sleep 0.2; i=$((i + 1)); done
    [ -S "$work/$s.sock" ] && DOCKER_API_VERSION= docker -H "unix://$work/$s.sock" load -q -i "$work/busybox.tar" >/dev/null || others=
done
# The daemon gives back what its start took once it has been idle for some ten seconds.
sleep 20
echo "idle daemon: $(awk '/VmRSS/ {printf "%.1f MiB RSS", $2/1024}' /proc/$ours/status), $(awk '/^Pss:/ {printf "%.1f MiB PSS", $2/1024}' /proc/$ours/smaps_rollup)"
mkdir -p "$work/bundle/rootfs" && tar -xf "$work/busybox.tar" -O "$(tar -tf "$work/busybox.tar" | grep layer.tar)" | tar -xf - -C "$work/bundle/rootfs"
(cd "$work/bundle" && crun spec && sed -i -e 's/"terminal": true/"terminal": false/' -e 's/"sh"/"true"/' config.json)
cp="tests/bench/target/classes:base/base/target/classes"
# crun refuses the mixed cgroup layout; hiding the v2 mount in a private mount namespace touches nothing outside.
unshare -m sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec "$@"' - "$JAVA_HOME/bin/java" -cp "$cp" dev.carafe.bench.Bench --crun "$work/bundle" -n "$rounds" "carafe=$work/carafe.sock=$top/dist/carafe/bin/carafe" $others
sh tests/bench/builds.sh "carafe=$work/carafe.sock" ${others:+"docker=$work/docker.sock"}
for i in 1 2 3 4 5; do docker -H "unix://$work/carafe.sock" run -d --network none busybox sleep 300 >/dev/null; done
for m in $(pgrep -x 'carafe-mon.*' | head -5); do awk -v m="$m" '/^Rss:|^Pss:/ {printf "monitor %s %s %d kB\n", m, $1, $2}' /proc/$m/smaps_rollup; done
docker -H "unix://$work/carafe.sock" ps -aq | xargs -r docker -H "unix://$work/carafe.sock" rm -f >/dev/null
echo "daemon after the load: $(awk '/VmRSS/ {printf "%.1f MiB RSS", $2/1024}' /proc/$ours/status)"
