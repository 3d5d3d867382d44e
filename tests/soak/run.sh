#!/bin/sh
# Four clients do to the same few containers whatever comes to mind, while the daemon is killed with -9 every ten seconds;
# then everything is removed, and what is left behind is told. Needs root and docker's command line.
# Usage: tests/soak/run.sh [SECONDS] [SEED]
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
. build/jdk.sh
if [ "${CARAFE_SOAK_INSIDE:-}" = "" ]; then
    work=$(mktemp -d /tmp/carafe-soak.XXXXXX)
    trap 'rm -rf "$work"' EXIT INT TERM
    [ -x dist/carafe/bin/carafe ] || sh build/build.sh
    sh tests/setup.sh
    sh tests/conformance/src/test/sh/busybox-image.sh "$work/busybox.tar"
    # in namespaces of their own: bridges, rules, mounts and processes end with them
    CARAFE_SOAK_INSIDE=$work unshare -n -m -p -f --kill-child --mount-proc --propagation private sh "$0" "$@"
    exit
fi
mount -t tmpfs none /run
ip link set lo up
exec python3 tests/soak/soak.py "$CARAFE_SOAK_INSIDE" "${1:-120}" "${2:-1}"
