#!/bin/sh
# Makes a tar of a small Debian root file system with apt. Usage: debian-rootfs.sh OUTPUT.tar [PACKAGE]
set -eu
out=$1
mirror=$(sed -n -E 's/^deb (\[[^]]*\] )?(https?:[^ ]+) .*/\2/p; s/^URIs: ([^ ]+).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
mmdebstrap --quiet --format=tar --variant=apt --include="ca-certificates${2:+,$2}" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    bookworm "$out.part" "$mirror"
mv "$out.part" "$out"
