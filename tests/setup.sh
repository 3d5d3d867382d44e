#!/bin/sh
# Installs what the kernel and conformance tests use. Idempotent; needs root and Debian's packages.
set -eu
export DEBIAN_FRONTEND=noninteractive
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/build/need.sh"
wanted=
want() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || wanted="$wanted $2"
}
want tmux tmux
want skopeo skopeo
want crun crun
want mmdebstrap mmdebstrap
want ip iproute2
want nft nftables
want zstd zstd
want xz xz-utils
want bzip2 bzip2
want curl curl
want docker-compose docker-compose
want docker-registry docker-registry
want setcap libcap2-bin
want setfattr attr
want unshare util-linux
# Not looked up by name: a busybox on the PATH may be a dynamically linked one.
dpkg -s busybox-static >/dev/null 2>&1 || wanted="$wanted busybox-static"
# For Debian's python3, whichever comes first on the PATH.
dpkg -s python3-docker >/dev/null 2>&1 || wanted="$wanted python3-docker"
if [ -n "$wanted" ]; then
    echo "check: installing$wanted"
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi
# The docker client without an engine. Debian 12 has it only inside docker.io; the next release has a package of its own.
if ! command -v docker >/dev/null 2>&1; then
    echo "check: installing docker-cli"
    if ! apt-get install -y -qq --no-install-recommends docker-cli >/dev/null 2>&1; then
        mirror=$(sed -n -E 's/^deb (\[[^]]*\] )?(https?:[^ ]+) .*/\2/p; s/^URIs: ([^ ]+).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
        printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$mirror" \
            >/etc/apt/sources.list.d/carafe-tests-trixie.sources
        printf 'Package: *\nPin: release n=trixie\nPin-Priority: 50\n' >/etc/apt/preferences.d/carafe-tests-trixie
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends -t trixie docker-cli >/dev/null
    fi
fi
