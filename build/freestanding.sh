#!/bin/sh
# Compiles a freestanding C program (the launcher, docker-init) for this machine, and for the other architecture where a
# cross compiler is at hand, to TARGET_DIRECTORY/NAME-ARCHITECTURE.
#   freestanding.sh NAME.c TARGET_DIRECTORY
set -eu
source=$1
target=$2
name=$(basename "$source" .c)
mkdir -p "$target"
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null 2>&1; then
    echo "a C compiler is needed: install gcc (apt-get install gcc)" >&2
    exit 1
fi
compile() { # COMPILER ARCHITECTURE
    [ "$target/$name-$2" -nt "$source" ] && [ "$target/$name-$2" -nt "$0" ] && return 0
    "$1" -std=c11 -Wall -Wextra -Werror -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
        -fcf-protection=none -fno-asynchronous-unwind-tables -fomit-frame-pointer -fno-tree-loop-distribute-patterns \
        -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,norelro -Wl,-n -s -o "$target/$name-$2.new" "$source"
    mv "$target/$name-$2.new" "$target/$name-$2"
}
machine=$(uname -m)
case $machine in
x86_64 | aarch64) compile "$cc" "$machine" ;;
*) echo "no $name for the architecture $machine: only x86_64 and aarch64 are supported" >&2; exit 1 ;;
esac
for other in x86_64 aarch64; do
    cross=$other-linux-gnu-gcc
    if [ "$other" != "$machine" ] && command -v "$cross" >/dev/null 2>&1; then
        compile "$cross" "$other"
    fi
done
