#!/bin/sh
# Builds one case of the corpus as corpus:NAME with docker's classic builder.
# Usage: DOCKER_HOST=unix://SOCKET corpus-build.sh CORPUS-FOLDER NAME WORK-FOLDER
set -eu
corpus=$1
name=$2
context=$3/$name
export DOCKER_BUILDKIT=0
rm -rf "$context" && mkdir -p "$3" && cp -R "$corpus/$name" "$context"
# Modes as in a checkout under any umask.
chmod -R u=rwX,go=rX "$context"
cd "$context"
umask 022
[ ! -f "$corpus/$name.prepare" ] || sh -eu "$corpus/$name.prepare"
[ ! -f "$corpus/$name.base" ] || docker build -q -t "corpus-base:$name" - <"$corpus/$name.base" >/dev/null
set --
[ ! -f "$corpus/$name.args" ] || while read -r word; do set -- "$@" "$word"; done <"$corpus/$name.args"
exec docker build -q -t "corpus:$name" "$@" .
