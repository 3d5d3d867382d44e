# Says what a program is needed for and, where this can be done (root, apt), installs its package. To be sourced.
carafe_apt_updated=
carafe_need() { # PROGRAM PACKAGE WHY
    command -v "$1" >/dev/null 2>&1 && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "carafe: installing $2 ($3)" >&2
        if [ -z "$carafe_apt_updated" ]; then
            apt-get update -qq >/dev/null 2>&1 || true
            carafe_apt_updated=1
        fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1 || true
        command -v "$1" >/dev/null 2>&1 && return 0
    fi
    echo "carafe: '$1' is missing: $3. Install the package '$2' (Debian: apt-get install $2) and try again." >&2
    return 1
}
