#!/bin/sh
# The classic builder of daemons side by side: 10 steps with 9 RUN, cold and cached; milliseconds, median of 5.
# Each daemon needs busybox:latest. Usage: tests/bench/builds.sh NAME=SOCKET...
set -eu
work=$(mktemp -d /tmp/carafe-builds.XXXXXX)
trap 'rm -rf "$work"' EXIT
{
    echo 'FROM busybox'
    for i in 1 2 3 4 5 6 7 8 9; do echo "RUN echo $i >/f$i"; done
} >"$work/Dockerfile"
build() { # SOCKET [FLAGS]
    socket=$1
    shift
    DOCKER_BUILDKIT=0 docker -H "unix://$socket" build -q "$@" "$work" >/dev/null 2>&1
}
median() { # SOCKET [FLAGS]
    for _ in 1 2 3 4 5; do
        begin=$(date +%s%N)
        build "$@"
        echo $((($(date +%s%N) - begin) / 1000000))
    done | sort -n | sed -n 3p
}
for daemon; do
    socket=${daemon#*=}
    build "$socket"
    cold=$(median "$socket" --no-cache)
    build "$socket"
    echo "build of 10 steps, ${daemon%%=*}: cold $cold ms, cached $(median "$socket") ms"
done
