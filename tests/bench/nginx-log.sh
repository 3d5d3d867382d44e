#!/bin/sh
# What a web server loses by its access log on stdout, under Carafe and under Docker in one run: nginx in a container of
# the host's network answers requests with no log at all, and with a line each. Needs root; docker.io is unpacked beside
# us, not installed. Usage: tests/bench/nginx-log.sh [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
. tests/bench/beside.sh
rounds=${1:-5}
prepare() {
    carafe_need wrk wrk "it asks the web server"
    sh tests/conformance/src/test/sh/debian-rootfs.sh "$work/nginx.tar" nginx-light
}
inside "$0" "$@"
engines
port=9000
for e in $engines; do
    c "$e" import "$work/nginx.tar" nginx >/dev/null
    cat >"$work/$e.conf" <<END
daemon off;
worker_processes 1;
events {}
http {
    keepalive_requests 100000000;
    server { listen 127.0.0.1:$port; access_log off; location / { return 200 "hello"; } }
    server { listen 127.0.0.1:$((port + 1)); access_log /dev/stdout; location / { return 200 "hello"; } }
    server { listen 127.0.0.1:$((port + 2)); access_log /dev/null; location / { return 200 "hello"; } }
}
END
    eval "port_$e=$port"
    port=$((port + 3))
    c "$e" run -d --name web --network host -v "$work/$e.conf:/etc/nginx/nginx.conf:ro" nginx nginx >/dev/null
done
sleep 1
ask() { # PORT
    wrk -t 1 -c 8 -d 3s "http://127.0.0.1:$1/" | awk '/Requests\/sec/ {print int($2)}'
}
for _ in $(seq "$rounds"); do
    for e in $engines; do
        eval "port=\$port_$e"
        # shellcheck disable=SC2154
        echo "$e $(ask "$port") $(ask $((port + 1))) $(ask $((port + 2)))" >>"$work/rates"
        # what is still under way to the log of one engine is not to be the next one's load
        sleep 1
    done
done
for e in $engines; do
    awk -v e="$e" '$1 == e {print $3 / $2, $2, $3, $4}' "$work/rates" | sort -n | awk -v e="$e" '{line[NR] = $0} END {split(line[int((NR + 1) / 2)], m); printf "nginx, %s: %d requests/s without a log, %d with it: %.0f %%; %d with one that nobody reads (/dev/null): %.0f %%\n", e, m[2], m[3], m[1] * 100, m[4], m[4] / m[2] * 100}'
done
