#!/bin/sh
# Many networks, Carafe against Docker in one run: made, used by one container that is on all of them, and removed, by
# the API over one connection each. Docker makes a network's bridge with the network, Carafe with its first container:
# the sum is what compares. Needs root; docker.io is unpacked beside us, not installed.
# Usage: tests/bench/networks.sh [NETWORKS [ROUNDS]]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
count=${1:-200}
rounds=${2:-3}
if [ "${CARAFE_BENCH_INSIDE:-}" = "" ]; then
    work=$(mktemp -d /tmp/carafe-network-bench.XXXXXX)
    trap 'rm -rf "$work"' EXIT INT TERM
    [ -x dist/carafe/bin/carafe ] || sh build/build.sh
    sh tests/setup.sh
    (cd "$work" && apt-get download -q docker.io containerd runc >/dev/null 2>&1 && for d in *.deb; do dpkg -x "$d" docker-root; done) || true
    sh tests/conformance/src/test/sh/busybox-image.sh "$work/busybox.tar"
    # in namespaces of their own: bridges, rules, mounts and processes end with them
    CARAFE_BENCH_INSIDE=$work unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "$0" "$count" "$rounds"
    exit
fi
work=$CARAFE_BENCH_INSIDE
mount -t tmpfs none /run
PATH=$work/docker-root/usr/sbin:$work/docker-root/usr/bin:$PATH
export PATH DOCKER_CLI_HINTS=false
client=$(command -v /usr/local/bin/docker || command -v docker)
ip link set lo up
dist/carafe/bin/carafe daemon -H "unix://$work/carafe.sock" --data-root "$work/c-data" --exec-root "$work/c-exec" --pidfile "$work/c.pid" --bridge cbench3 >"$work/carafe.log" 2>&1 &
engines=carafe
if [ -x "$work/docker-root/usr/sbin/dockerd" ]; then
    dockerd -H "unix://$work/docker.sock" --data-root "$work/d-data" --exec-root "$work/d-exec" --pidfile "$work/d.pid" --storage-driver overlay2 >"$work/docker.log" 2>&1 &
    engines="carafe docker"
fi
for e in $engines; do
    i=0
    while ! [ -S "$work/$e.sock" ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done
    "$client" -H "unix://$work/$e.sock" load -q -i "$work/busybox.tar" >/dev/null
done
python3 tests/bench/networks.py "$count" "$rounds" $(for e in $engines; do echo "$e=$work/$e.sock"; done)
for e in $engines; do echo "$e leaves $(ip -o link show type bridge | grep -c ' br-') bridges of networks"; done | sort -u -k2
