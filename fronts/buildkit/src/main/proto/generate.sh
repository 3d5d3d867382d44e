#!/bin/sh
# Makes Java of the .proto files beside this script: messages for protobuf's small runtime (no descriptors to be read at the
# first use), and gRPC's stubs.
#   generate.sh FOLDER_WITH_PROTOC TARGET_FOLDER
set -eu
tools=$1
target=$2
here=$(dirname "$0")
stamp=$target/.stamp
if [ -f "$stamp" ] && [ -z "$(find "$here" "$tools" -newer "$stamp" -type f)" ]; then exit 0; fi
rm -rf "$target"
mkdir -p "$target"
chmod +x "$tools"/protoc "$tools"/protoc-gen-grpc-java
"$tools/protoc" --proto_path="$here" --plugin="$tools/protoc-gen-grpc-java" \
    --java_out="lite:$target" --grpc-java_out="lite,@generated=omit:$target" "$here"/*.proto
touch "$stamp"
