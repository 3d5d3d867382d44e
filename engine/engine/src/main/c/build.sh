#!/bin/sh
# Compiles docker-init for this machine, and for the other architecture where a cross compiler is at hand.
#   build.sh TARGET_DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$1
mkdir -p "$target"
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null 2>&1; then
    echo "a C compiler is needed: install gcc (apt-get install gcc)" >&2
    exit 1
fi
compile() { # COMPILER ARCHITECTURE
    [ "$target/init-$2" -nt "$here/init.c" ] && [ "$target/init-$2" -nt "$here/build.sh" ] && return 0
    "$1" -std=c11 -Wall -Wextra -Werror -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
        -fcf-protection=none -fno-asynchronous-unwind-tables -fomit-frame-pointer -fno-tree-loop-distribute-patterns \
        -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,norelro -Wl,-n -s -o "$target/init-$2.new" "$here/init.c"
    mv "$target/init-$2.new" "$target/init-$2"
}
machine=$(uname -m)
case $machine in
x86_64 | aarch64) compile "$cc" "$machine" ;;
*) echo "no docker-init for the architecture $machine: only x86_64 and aarch64 are supported" >&2; exit 1 ;;
esac
for other in x86_64 aarch64; do
    cross=$other-linux-gnu-gcc
    if [ "$other" != "$machine" ] && command -v "$cross" >/dev/null 2>&1; then
        compile "$cross" "$other"
    fi
done
