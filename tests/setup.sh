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
want runc runc
want mmdebstrap mmdebstrap
want ip iproute2
want nft nftables
want zstd zstd
want xz xz-utils
want bzip2 bzip2
want curl curl
want docker-compose docker-compose
want docker-registry docker-registry
want openssl openssl
want setcap libcap2-bin
want setfattr attr
want unshare util-linux
want mkfs.xfs xfsprogs
want repquota quota
want zsh zsh
want fish fish
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
# The mirror of this machine's packages, for those of another Debian.
mirror() {
    sed -n -E 's/^deb (\[[^]]*\] )?(https?:[^ ]+) .*/\2/p; s/^URIs: ([^ ]+).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1
}
# The docker client without an engine. Debian 12 has it only inside docker.io; the next release has a package of its own.
if ! command -v docker >/dev/null 2>&1; then
    echo "check: installing docker-cli"
    if ! apt-get install -y -qq --no-install-recommends docker-cli >/dev/null 2>&1; then
        printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$(mirror)" \
            >/etc/apt/sources.list.d/carafe-tests-trixie.sources
        printf 'Package: *\nPin: release n=trixie\nPin-Priority: 50\n' >/etc/apt/preferences.d/carafe-tests-trixie
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends -t trixie docker-cli >/dev/null
    fi
fi
# The plugins of the docker client for BuildKit and compose, of a newer Debian (Debian 12 has none), unpacked aside: the
# package of compose would take the old docker-compose away, and its lists are not this machine's.
plugins=/usr/local/lib/docker/cli-plugins
if ! [ -x $plugins/docker-buildx ] || ! [ -x $plugins/docker-compose ]; then
    echo "check: installing docker's plugins buildx and compose"
    aside=$(mktemp -d)
    mkdir -p "$aside/lists/partial" "$aside/cache/archives/partial" "$aside/sources" $plugins
    printf 'Types: deb\nURIs: %s\nSuites: sid\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$(mirror)" >"$aside/sources/sid.sources"
    apt_aside() {
        apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$aside/sources" -o Dir::State::Lists="$aside/lists" \
            -o Dir::Cache="$aside/cache" -o APT::Sandbox::User=root "$@"
    }
    apt_aside update
    (cd "$aside" && apt_aside download docker-buildx docker-compose >/dev/null)
    for deb in "$aside"/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -xf - -C $plugins --strip-components=5 --wildcards './usr/libexec/docker/cli-plugins/docker-*'
    done
    rm -rf "$aside"
fi
