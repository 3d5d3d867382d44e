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
. tests/bench/beside.sh
count=${1:-200}
rounds=${2:-3}
prepare() {
    sh tests/conformance/src/test/sh/busybox-image.sh "$work/busybox.tar"
}
inside "$0" "$@"
engines
for e in $engines; do
    c "$e" load -q -i "$work/busybox.tar" >/dev/null
done
python3 tests/bench/networks.py "$count" "$rounds" $(for e in $engines; do echo "$e=$work/$e.sock"; done)
for e in $engines; do echo "$e leaves $(ip -o link show type bridge | grep -c ' br-') bridges of networks"; done | sort -u -k2
