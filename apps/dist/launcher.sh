#!/bin/sh
# Starts Carafe: `carafe daemon`, `carafe registry` and `carafe oci` are programs of their own, everything else is the
# command line.
# Written at build time with absolute paths, so that it forks nothing before java.
case ${1-} in
daemon | dockerd)
    shift
    export MALLOC_ARENA_MAX=1
    exec @JAVA@ -XX:AOTCache=@HOME@/daemon.aot -Xlog:disable -Xlog:all=off @DAEMON_OPTIONS@ --enable-native-access=ALL-UNNAMED \
        -Dcarafe.home=@HOME@ -cp @DAEMON_CP@ dev.carafe.daemon.Main "$@"
    ;;
registry)
    shift
    export MALLOC_ARENA_MAX=1
    exec @JAVA@ -XX:AOTCache=@HOME@/daemon.aot -Xlog:disable -Xlog:all=off @DAEMON_OPTIONS@ --enable-native-access=ALL-UNNAMED \
        -Dcarafe.home=@HOME@ -cp @DAEMON_CP@ dev.carafe.daemon.RegistryMain "$@"
    ;;
oci)
    shift
    exec @JAVA@ -XX:AOTCache=@HOME@/daemon.aot -Xlog:disable -Xlog:all=off -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k --enable-native-access=ALL-UNNAMED \
        -Dcarafe.home=@HOME@ -cp @DAEMON_CP@ dev.carafe.daemon.OciMain "$@"
    ;;
esac
exec @JAVA@ -XX:AOTCache=@HOME@/cli.aot -Xlog:disable -Xlog:all=off @CLI_OPTIONS@ \
    -Dcarafe.home=@HOME@ -Dcarafe.daemon.command="@HOME@/bin/carafe daemon" -cp @CLI_CP@ dev.carafe.cli.Main "$@"
