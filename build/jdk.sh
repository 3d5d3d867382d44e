# Finds a JDK 25 or newer and exports JAVA_HOME; to be sourced. Says what is missing where there is none.
carafe_jdk_ok() { # DIR
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
    v=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${v:-0}" -ge 25 ] 2>/dev/null
}
carafe_find_jdk() {
    for d in "${CARAFE_JAVA_HOME:-}" "${JAVA_HOME:-}" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$d" ] && carafe_jdk_ok "$d"; then
            JAVA_HOME=$d
            export JAVA_HOME
            return 0
        fi
    done
    if command -v javac >/dev/null 2>&1; then
        d=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
        if carafe_jdk_ok "$d"; then
            JAVA_HOME=$d
            export JAVA_HOME
            return 0
        fi
    fi
    echo "carafe: no JDK 25 found. Install one (Eclipse Temurin 25, or your distribution's openjdk-25-jdk-headless)" >&2
    echo "carafe: and, where it lies in an unusual place, set CARAFE_JAVA_HOME to its directory." >&2
    return 1
}
carafe_find_jdk
