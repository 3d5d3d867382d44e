#!/bin/sh
# Pull, load, save and push of a JDK-like image (about 700 MB, six layers): Carafe against Docker, side by side, with
# Debian's docker-registry between. Needs root; docker.io is unpacked beside us, not installed.
# Usage: tests/bench/images.sh [ROUNDS]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/need.sh
. build/jdk.sh
rounds=${1:-3}
if [ "${CARAFE_BENCH_INSIDE:-}" = "" ]; then
    work=$(mktemp -d /tmp/carafe-image-bench.XXXXXX)
    trap 'rm -rf "$work"' EXIT INT TERM
    [ -x dist/carafe/bin/carafe ] || sh build/build.sh
    sh tests/setup.sh
    (cd "$work" && apt-get download -q docker.io containerd runc >/dev/null 2>&1 && for d in *.deb; do dpkg -x "$d" docker-root; done) || true
    python3 tests/bench/jdk-image.py "$JAVA_HOME" "$work/jdk.tar"
    # in namespaces of their own: bridges, rules, mounts and processes end with them
    CARAFE_BENCH_INSIDE=$work unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "$0" "$rounds"
    exit
fi
work=$CARAFE_BENCH_INSIDE
ip link set lo up
PATH=$work/docker-root/usr/sbin:$work/docker-root/usr/bin:$PATH
export PATH DOCKER_CLI_HINTS=false
client=$(command -v /usr/local/bin/docker || command -v docker)
cat >"$work/registry.yml" <<YAML
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $work/registry}, delete: {enabled: true}}
http: {addr: "127.0.0.1:5000"}
YAML
docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
dist/carafe/bin/carafe daemon -H "unix://$work/carafe.sock" --data-root "$work/c-data" --exec-root "$work/c-exec" --pidfile "$work/c.pid" --bridge cbench1 >"$work/carafe.log" 2>&1 &
carafe=$!
engines=carafe
if [ -x "$work/docker-root/usr/sbin/dockerd" ]; then
    dockerd -H "unix://$work/docker.sock" --data-root "$work/d-data" --exec-root "$work/d-exec" --pidfile "$work/d.pid" --storage-driver overlay2 >"$work/docker.log" 2>&1 &
    docker=$!
    engines="carafe docker"
fi
for e in $engines; do
    i=0
    while ! [ -S "$work/$e.sock" ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done
done
image=127.0.0.1:5000/bench/jdk:1
cpu() { # ENGINE: milliseconds of the daemon and the children that it waited for
    eval "pid=\$$1"
    awk '{print ($14 + $15 + $16 + $17) * 10}' "/proc/$pid/stat"
}
measured() { # ENGINE VERB COMMAND...
    e=$1 verb=$2
    shift 2
    sync
    used=$(cpu "$e")
    start=$(date +%s%N)
    "$client" -H "unix://$work/$e.sock" "$@" >/dev/null
    end=$(date +%s%N)
    echo "$e $verb $(((end - start) / 1000000)) $(($(cpu "$e") - used))" >>"$work/times"
}
quietly() { # ENGINE COMMAND...
    e=$1
    shift
    "$client" -H "unix://$work/$e.sock" "$@" >/dev/null
}
for round in $(seq "$rounds"); do
    for e in $engines; do
        measured "$e" load load -q -i "$work/jdk.tar"
        measured "$e" save save -o "$work/saved.tar" bench/jdk:1
        # a repository of its own each time: nothing is there, nothing can be mounted
        fresh=127.0.0.1:5000/bench$round$e/jdk:1
        quietly "$e" tag bench/jdk:1 "$fresh"
        rm -rf "$work/registry/docker/registry/v2/blobs" "$work/registry/docker/registry/v2/repositories"
        measured "$e" push push -q "$fresh"
        quietly "$e" rmi "$fresh" bench/jdk:1
        measured "$e" pull pull -q "$fresh"
        quietly "$e" rmi "$fresh"
        rm -f "$work/saved.tar"
    done
done
echo "milliseconds, best of $rounds; the daemon's peak: $(awk '/VmHWM/ {printf "%d MiB", $2/1024}' /proc/$carafe/status)"
awk '{k = $1 " " $2
      if (!(k in best) || $3 < best[k]) best[k] = $3
      if (!(k in cpu) || $4 < cpu[k]) cpu[k] = $4}
     END {split("pull load save push", verbs, " ")
          for (i = 1; i <= 4; i++) {
              c = "carafe " verbs[i]; d = "docker " verbs[i]
              printf "%-5s carafe %6d  docker %6d  ratio %s;  CPU of the daemon %6d, %6d\n", verbs[i], best[c], best[d], best[d] ? sprintf("%.2f", best[c] / best[d]) : "-", cpu[c], cpu[d]}}' "$work/times"
