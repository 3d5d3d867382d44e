#!/bin/sh
# What an image is, in lines to compare: configuration, history, and how its files differ from BASE (busybox:latest).
# Usage: DOCKER_HOST=unix://SOCKET [BASE=IMAGE] image-facts.sh IMAGE WORK-FOLDER
set -eu
image=$1
work=$2
mine=$2/$$
tab=$(printf '\t')
socket=${DOCKER_HOST#unix://}
files() { # IMAGE
    rm -rf "$mine" && mkdir -p "$mine"
    id=$(curl -sS --unix-socket "$socket" -H 'Content-Type: application/json' -d "{\"Image\":\"$1\",\"Cmd\":[\"x\"]}" http://x/v1.41/containers/create | sed -n 's/.*"Id":"\([0-9a-f]*\)".*/\1/p')
    curl -sS --unix-socket "$socket" "http://x/v1.41/containers/$id/export" | tar -xpf - --numeric-owner -C "$mine"
    curl -sS --unix-socket "$socket" -X DELETE "http://x/v1.41/containers/$id?v=1"
    # What every container gets, whatever its image.
    (cd "$mine" && rm -rf .dockerenv dev proc sys etc/hosts etc/hostname etc/resolv.conf etc/mtab && { rmdir etc 2>/dev/null || true; }
        find . -mindepth 1 -type d -printf '%y %m %U:%G %P\n' -o -type l -printf '%y %U:%G %P -> %l\n' -o ! -type f -printf '%y %m %U:%G %P\n'
        find . -type f -printf '%P\t%y %m %U:%G %n %s\n' | LC_ALL=C sort >"$mine.stat"
        find . -type f -exec sha256sum {} + | sed -E 's/^(.{12})[^ ]* .\.\/(.*)$/\2\t\1/' | LC_ALL=C sort | LC_ALL=C join -t "$tab" "$mine.stat" - | awk -F "$tab" '{print $2, $1, $3}') | LC_ALL=C sort
    rm -rf "$mine"
}
mkdir -p "$work"
trap 'rm -rf "$mine" "$mine.files" "$mine.stat"' EXIT
[ -f "$work/base" ] || { files "${BASE:-busybox:latest}" >"$mine.files" && mv "$mine.files" "$work/base"; }
docker image inspect -f 'user {{json .Config.User}}
env {{json .Config.Env}}
entrypoint {{json .Config.Entrypoint}}
cmd {{json .Config.Cmd}}
dir {{json .Config.WorkingDir}}
ports {{json .Config.ExposedPorts}}
volumes {{json .Config.Volumes}}
labels {{json .Config.Labels}}
stop {{json .Config.StopSignal}}
health {{json .Config.Healthcheck}}
onbuild {{json .Config.OnBuild}}
shell {{json .Config.Shell}}
author {{json .Author}}' "$image"
docker history --no-trunc --format '{{.CreatedBy}}' "$image" | sed -E 's/(file|dir|multi):[0-9a-f]{64}/\1:SUM/g; s/ +$//'
files "$image" >"$mine.files"
LC_ALL=C comm -3 "$work/base" "$mine.files" | sed -E 's/^\t/+ /; t; s/^/- /'
