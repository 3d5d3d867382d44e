#!/bin/sh
# Compiles the program of the image carafe/hello for this machine.
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
if [ "$target/hello" -nt "$here/hello.c" ] && [ "$target/hello" -nt "$here/build.sh" ]; then
    exit 0
fi
"$cc" -std=c11 -Wall -Wextra -Werror -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
    -fcf-protection=none -fno-asynchronous-unwind-tables -fomit-frame-pointer -fno-tree-loop-distribute-patterns \
    -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,norelro -Wl,-z,noseparate-code -s -o "$target/hello.new" "$here/hello.c"
mv "$target/hello.new" "$target/hello"
