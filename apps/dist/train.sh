#!/bin/sh
# Makes the AOT caches (JEP 514) by letting the command line and the daemon do what users do most. Usage: train.sh HOME
# All of the daemon's cache is in its memory: what is done once in a while (builds, cp, commit, save) is left out.
# Without root the daemon's part is only what needs no container.
set -eu
home=$1
work=$(mktemp -d /tmp/carafe-train.XXXXXX)
daemon=
cleanup() {
    c rm -f kept
    [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
sock=$work/carafe.sock
# The same command with the cache's creation in place of its use.
trained() { # CACHE-NAME
    sed -e "s|-XX:AOTCache=$home/$1.aot|-XX:AOTCacheOutput=$work/$1.aot|" "$home/bin/carafe" >"$work/carafe-$1"
    chmod 755 "$work/carafe-$1"
}
trained daemon
trained cli
started() { # PROGRAM
    rm -f "$sock"
    "$1" daemon -H "unix://$sock" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" >"$work/daemon.log" 2>&1 &
    daemon=$!
    i=0
    while ! [ -S "$sock" ]; do
        i=$((i + 1))
        [ $i -lt 200 ] || { cat "$work/daemon.log" >&2; exit 1; }
        kill -0 "$daemon" 2>/dev/null || { cat "$work/daemon.log" >&2; exit 1; }
        sleep 0.1
    done
}
export CARAFE_NO_AUTOSTART=1
c() { "$home/bin/carafe" -H "unix://$sock" "$@" >/dev/null 2>&1 </dev/null || true; }
# What runs and is connected when the trained daemon starts: it learns to take that up. The image has nothing that waits, the
# host's sleep does.
libraries=
for folder in /usr /lib /lib64; do [ ! -d $folder ] || libraries="$libraries -v $folder:$folder:ro"; done
started "$home/bin/carafe"
c network create kept
# shellcheck disable=SC2086
c run -d --name kept --network kept -p 127.0.0.1::80 $libraries --entrypoint "$(command -v sleep)" carafe/hello 300
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
started "$work/carafe-daemon"
c version
c ps
c rm -f kept
c network rm kept
c run --rm carafe/hello
c run --rm --network none carafe/hello
c run -d --name t carafe/hello
c ps -a
c inspect t
c logs t
c logs --tail 10 --since 1h t
c network create net
c run --rm --network net carafe/hello
c rm -f t
c network rm net
c images
c info
# One process makes the command line's cache, so its training is one process too.
"$work/carafe-cli" __train "unix://$sock" >"$work/cli.log" 2>&1 </dev/null || true
kill "$daemon"
wait "$daemon" || true
daemon=
for cache in daemon cli; do
    if [ -f "$work/$cache.aot" ]; then mv "$work/$cache.aot" "$home/$cache.aot"; else echo "carafe: no $cache.aot" >&2; cat "$work/cli.log" >&2; fi
done
