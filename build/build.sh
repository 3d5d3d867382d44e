#!/bin/sh
# Builds the distribution into dist/carafe, from nothing if need be. Extra arguments go to Maven.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
. build/need.sh
carafe_need cc gcc "a C compiler makes the container launcher, about 1 KB of machine code"
carafe_need mvn maven "Maven builds Carafe"
. build/jdk.sh
echo "carafe: building (the first time takes a few minutes, most of it downloads)" >&2
. build/unlinted.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! mvn -q -B -ntp -Dmaven.test.skip=true -DskipUnitTests=true $unlinted -pl apps/dist -am package "$@" 2>"$log" >&2; then
    grep -v -i unsafe "$log" | tail -n 40 >&2
    echo "carafe: the build failed; see above" >&2
    exit 1
fi
