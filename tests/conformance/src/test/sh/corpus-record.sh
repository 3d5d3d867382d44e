#!/bin/sh
# Records what the daemon at DOCKER_HOST makes of cases of the corpus: NAME.expected. A case that it can't build is told.
# Usage: DOCKER_HOST=unix://SOCKET corpus-record.sh CORPUS-FOLDER WORK-FOLDER NAME...
here=$(dirname "$0")
corpus=$1
work=$2
shift 2
mkdir -p "$work"
by=$(docker version -f '{{.Server.Version}}')
for name; do
    if sh "$here/corpus-build.sh" "$corpus" "$name" "$work/contexts" >/dev/null 2>"$work/error"; then
        { echo "by $by"; sh "$here/image-facts.sh" "corpus:$name" "$work"; } >"$corpus/$name.expected"
    else
        echo "$name: $(tail -n 1 "$work/error")"
    fi
done
