#!/bin/sh
# Published ports, Carafe against Docker in one run: a host outside asks a container through a port, when that is the only
# published one and when it is one of 500. Needs root; docker.io is unpacked beside us, not installed, and runs without
# its userland proxy, which would be a thousand processes. Usage: tests/bench/ports.sh [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
. tests/bench/beside.sh
rounds=${1:-5}
prepare() {
    sh tests/conformance/src/test/sh/busybox-image.sh "$work/busybox.tar"
}
inside "$0" "$@"
# the host outside
ip netns add outside
ip link add wire type veth peer name eth0 netns outside
ip addr add 198.51.100.1/24 dev wire
ip link set wire up
ip -n outside addr add 198.51.100.2/24 dev eth0
ip -n outside link set eth0 up
engines --userland-proxy=false
port=9000
for e in $engines; do
    c "$e" load -q -i "$work/busybox.tar" >/dev/null
    port=$((port + 1))
    eval "port_$e=$port"
    c "$e" run -d --name server -p "$port:80" busybox sleep 100000 >/dev/null
    nsenter -t "$(c "$e" inspect -f '{{.State.Pid}}' server)" -n python3 tests/bench/ports.py serve 80 &
done
sleep 1
ask() { # ENGINE PORTS
    eval "port=\$port_$1"
    # shellcheck disable=SC2154
    echo "$1 $2 $(ip netns exec outside python3 tests/bench/ports.py ask 198.51.100.1 "$port" 1)" >>"$work/rates"
}
asked() { # PORTS
    for round in $(seq "$rounds"); do for e in $engines; do ask "$e" "$1"; done; done
}
asked 1
first=20000
for e in $engines; do
    # of another container, and before the one asked for in a list of rules
    c "$e" run -d --name many -p "$first-$((first + 498)):1000-1498" busybox sleep 100000 >/dev/null
    first=$((first + 1000))
done
asked 500
awk '{for (k = 3; k <= 5; k++) {key = $1 " " $2 " " k; if (!(key in best) || $k > best[key]) best[key] = $k}}
     END {split("new connections/s,round trips/s,MB/s read", names, ",")
          printf "best of the rounds      %14s %14s %14s %14s   500 to 1: carafe, docker\n", "carafe 1", "carafe 500", "docker 1", "docker 500"
          for (k = 3; k <= 5; k++) {
              a = best["carafe 1 " k]; b = best["carafe 500 " k]; d = best["docker 1 " k]; f = best["docker 500 " k]
              printf "%-23s %14d %14d %14d %14d   %.2f, %s\n", names[k - 2], a, b, d, f, b / a, d ? sprintf("%.2f", f / d) : "-"}}' "$work/rates"
