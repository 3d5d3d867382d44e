#!/bin/sh
# What a web server loses by its access log on stdout, under Carafe and under Docker in one run: nginx in a container of
# the host's network answers requests with no log at all, and with a line each. Needs root; docker.io is unpacked beside
# us, not installed. Usage: tests/bench/nginx-log.sh [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
rounds=${1:-5}
if [ "${CARAFE_BENCH_INSIDE:-}" = "" ]; then
    work=$(mktemp -d /tmp/carafe-nginx-bench.XXXXXX)
    trap 'rm -rf "$work"' EXIT INT TERM
    [ -x dist/carafe/bin/carafe ] || sh build/build.sh
    sh tests/setup.sh
    carafe_need wrk wrk "it asks the web server"
    (cd "$work" && apt-get download -q docker.io containerd runc >/dev/null 2>&1 && for d in *.deb; do dpkg -x "$d" docker-root; done) || true
    sh tests/conformance/src/test/sh/debian-rootfs.sh "$work/nginx.tar" nginx-light
    # in namespaces of their own: rules, mounts and processes end with them
    CARAFE_BENCH_INSIDE=$work unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "$0" "$rounds"
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
port=9000
for e in $engines; do
    i=0
    while ! [ -S "$work/$e.sock" ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done
    "$client" -H "unix://$work/$e.sock" import "$work/nginx.tar" nginx >/dev/null
    cat >"$work/$e.conf" <<END
daemon off;
worker_processes 1;
events {}
http {
    keepalive_requests 100000000;
    server { listen 127.0.0.1:$port; access_log off; location / { return 200 "hello"; } }
    server { listen 127.0.0.1:$((port + 1)); access_log /dev/stdout; location / { return 200 "hello"; } }
}
END
    eval "port_$e=$port"
    port=$((port + 2))
    "$client" -H "unix://$work/$e.sock" run -d --name web --network host -v "$work/$e.conf:/etc/nginx/nginx.conf:ro" nginx nginx >/dev/null
done
sleep 1
ask() { # PORT
    wrk -t 1 -c 8 -d 3s "http://127.0.0.1:$1/" | awk '/Requests\/sec/ {print int($2)}'
}
for _ in $(seq "$rounds"); do
    for e in $engines; do
        eval "port=\$port_$e"
        # shellcheck disable=SC2154
        echo "$e $(ask "$port") $(ask $((port + 1)))" >>"$work/rates"
        # what is still under way to the log of one engine is not to be the next one's load
        sleep 1
    done
done
for e in $engines; do
    awk -v e="$e" '$1 == e {print $3 / $2, $2, $3}' "$work/rates" | sort -n | awk -v e="$e" '{line[NR] = $0} END {split(line[int((NR + 1) / 2)], m); printf "nginx, %s: %d requests/s without a log, %d with it: %.0f %%\n", e, m[2], m[3], m[1] * 100}'
done
