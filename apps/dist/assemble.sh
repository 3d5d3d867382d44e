#!/bin/sh
# Makes the distribution: jars, launcher script, JVM options, AOT caches. Usage: assemble.sh LIB DIST JAVA_HOME
# An AOT cache made for other jars would silently run their code, so everything lies in a folder named by a build id,
# and the folder appears by one rename.
set -eu
lib=$1 dist=$2 java_home=$3
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

# The command line's class path is as short as it can be: each jar costs start-up time.
cli_jars='cli base'
jar_order() { # the same order always: an AOT cache is bound to its class path
    for name in $1; do ls "$lib" | grep -E "^$name(-[a-z]+)?-[0-9].*\.jar$" || true; done
}
build_id=$( (cd "$lib" && cat *.jar "$here"/*.sh "$top"/apps/*/src/main/dist/* 2>/dev/null; cat "$java_home/release") | sha256sum | cut -c1-16)
mkdir -p "$dist"
home=$dist/$build_id
if [ ! -d "$home" ]; then
    new=$dist/.new.$$
    trap 'rm -rf "$new"' EXIT
    mkdir -p "$new/lib" "$new/bin" "$new/conf"
    cp "$lib"/*.jar "$new/lib/"
    cp "$top"/apps/*/src/main/dist/* "$new/conf/" 2>/dev/null || true
    cli_cp= daemon_cp=
    for j in $(jar_order "$cli_jars"); do cli_cp="$cli_cp:$home/lib/$j"; done
    for j in $(ls "$lib"); do case $j in cli-*) ;; *) daemon_cp="$daemon_cp:$home/lib/$j" ;; esac; done
    daemon_options=$(sed -e 's/#.*//' "$new/conf/jvm.options" 2>/dev/null | tr '\n' ' ')
    cli_options=$(sed -e 's/#.*//' "$new/conf/cli-jvm.options" 2>/dev/null | tr '\n' ' ')
    # The JDK would look for another in all jars of the class path, at each command.
    [ "$(uname)" != Linux ] || cli_options="$cli_options -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider"
    sed -e "s|@JAVA@|$java_home/bin/java|g" -e "s|@HOME@|$home|g" \
        -e "s|@CLI_CP@|${cli_cp#:}|g" -e "s|@DAEMON_CP@|${daemon_cp#:}|g" \
        -e "s|@CLI_OPTIONS@|$cli_options|g" -e "s|@DAEMON_OPTIONS@|$daemon_options|g" \
        "$here/launcher.sh" >"$new/bin/carafe"
    chmod 755 "$new/bin/carafe"
    mv "$new" "$home"
    trap - EXIT
    sh "$here/train.sh" "$home" || echo "carafe: no AOT caches (the training run failed); commands will start slower" >&2
fi
ln -sfn "$build_id" "$dist/.current.new"
mv -T "$dist/.current.new" "$dist/current"
mkdir -p "$dist/bin"
ln -sfn ../current/bin/carafe "$dist/bin/carafe"
touch "$dist/stamp"
# One older build is kept: a running daemon may still load classes from it.
ls -dt "$dist"/????????????????/ 2>/dev/null | tail -n +3 | while read -r old; do rm -rf "$old"; done
