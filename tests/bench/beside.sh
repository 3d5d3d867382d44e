# Carafe and Docker beside each other, in namespaces of their own: bridges, rules, mounts and processes end with them.
# Needs root; docker.io is unpacked, not installed. To be sourced from the top, with build/need.sh and build/jdk.sh.
#
#   prepare() { ... }            what is made before, in $work
#   inside "$0" "$@"             goes on below it in the namespaces, once
#   engines [DOCKERD OPTIONS]    starts both; their names are in $engines
#   c ENGINE WORDS...            docker's command line on one of them
inside() { # SCRIPT ARGUMENTS...
    if [ "${CARAFE_BENCH_INSIDE:-}" = "" ]; then
        work=$(mktemp -d /tmp/carafe-beside.XXXXXX)
        trap 'rm -rf "$work"' EXIT INT TERM
        [ -x dist/carafe/bin/carafe ] || sh build/build.sh
        sh tests/setup.sh
        (cd "$work" && apt-get download -q docker.io containerd runc >/dev/null 2>&1 && for d in *.deb; do dpkg -x "$d" docker-root; done) || true
        prepare
        CARAFE_BENCH_INSIDE=$work unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "$@"
        exit
    fi
    work=$CARAFE_BENCH_INSIDE
    mount -t tmpfs none /run
    PATH=$work/docker-root/usr/sbin:$work/docker-root/usr/bin:$PATH
    export PATH DOCKER_CLI_HINTS=false
    client=$(command -v /usr/local/bin/docker || command -v docker)
    ip link set lo up
}
engines() { # OPTIONS...
    dist/carafe/bin/carafe daemon -H "unix://$work/carafe.sock" --data-root "$work/c-data" --exec-root "$work/c-exec" --pidfile "$work/c.pid" --bridge cbench2 >"$work/carafe.log" 2>&1 &
    engines=carafe
    if [ -x "$work/docker-root/usr/sbin/dockerd" ]; then
        dockerd -H "unix://$work/docker.sock" --data-root "$work/d-data" --exec-root "$work/d-exec" --pidfile "$work/d.pid" --storage-driver overlay2 "$@" >"$work/docker.log" 2>&1 &
        engines="carafe docker"
    fi
    for e in $engines; do
        i=0
        while ! [ -S "$work/$e.sock" ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i + 1)); done
    done
}
c() { # ENGINE WORDS...
    engine=$1
    shift
    "$client" -H "unix://$work/$engine.sock" "$@"
}
