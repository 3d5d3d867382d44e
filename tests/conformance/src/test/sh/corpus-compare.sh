#!/bin/sh
# Builds cases of a corpus with docker's buildx by two daemons and compares configurations and files of the images: a
# dockerd with BuildKit (23 or newer) and Carafe. Histories are left out, each has its own words.
# A case is a folder with a Dockerfile; beside it may be NAME.args (a word a line), NAME.prepare (run in the context's
# copy), NAME.base (a Dockerfile of corpus-base:NAME), NAME.differs (extended regular expressions, one a line, of lines
# that no two builds agree about, as logs with times).
# Usage: [BASE=IMAGE] corpus-compare.sh CORPUS-FOLDER WORK-FOLDER SOCKET SOCKET NAME...
# Both daemons need BASE (busybox:latest); files are told as they differ from it.
here=$(cd "$(dirname "$0")" && pwd)
corpus=$(cd "$1" && pwd)
work=$2
one=$3
two=$4
shift 4
mkdir -p "$work"
build() { # SOCKET NAME OUT
    export DOCKER_HOST="unix://$1" DOCKER_BUILDKIT=1
    context=$work/contexts/$2
    rm -rf "$context" && mkdir -p "$work/contexts" && cp -R "$corpus/$2" "$context" && chmod -R u=rwX,go=rX "$context"
    cd "$context" || return 1
    umask 022
    if [ -f "$corpus/$2.prepare" ]; then sh -eu "$corpus/$2.prepare" || return 1; fi
    if [ -f "$corpus/$2.base" ]; then docker build -q -t "corpus-base:$2" - <"$corpus/$2.base" >/dev/null || return 1; fi
    words=$(mktemp "$work/words.XXXXXX")
    if [ -f "$corpus/$2.args" ]; then cat "$corpus/$2.args" >"$words"; fi
    set -- "$@" --network host
    while read -r word; do set -- "$@" "$word"; done <"$words"
    rm -f "$words"
    name=$2
    out=$3
    shift 3
    docker buildx build --progress=plain -t "corpus:$name" "$@" . >"$out.log" 2>&1 || return 1
    sh "$here/image-facts.sh" "corpus:$name" "$work/facts-$(echo "$1$DOCKER_HOST" | cksum | cut -d' ' -f1)" >"$out.all" || return 1
    # the history lies between the author and the first file
    awk '/^author /{print; skip = 1; next} skip && /^[+-] [a-z] /{skip = 0} !skip' "$out.all" >"$out"
    if [ -f "$corpus/$name.differs" ]; then grep -Evf "$corpus/$name.differs" "$out" >"$out.kept"; mv "$out.kept" "$out"; fi
}
bad=0
for name; do
    if ! (build "$one" "$name" "$work/$name.one"); then
        echo "$name: $one can't build it: $(grep -E '^ERROR' "$work/$name.one.log" | tail -n 1)"
    elif ! (build "$two" "$name" "$work/$name.two"); then
        echo "$name: $two can't build it: $(grep -E '^ERROR' "$work/$name.two.log" | tail -n 1)"
        bad=$((bad + 1))
    elif diff "$work/$name.one" "$work/$name.two" >"$work/$name.diff"; then
        echo "$name: same, $(wc -l <"$work/$name.one") lines"
    else
        echo "$name: differs"
        sed 's/^/    /' "$work/$name.diff" | head -n 40
        bad=$((bad + 1))
    fi
done
exit $((bad > 0))
