#!/bin/sh
# Runs the Ridgepoint that lies beside this script, with the Java runtime that came with it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

platform=$(uname -s)-$(uname -m)
if [ "$platform" != Linux-x86_64 ]; then
    printf 'ridgepoint: this is %s; this archive runs on Linux x86-64\n' "$platform" >&2
    exit 3
fi

flags="--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC"
# shellcheck disable=SC1091 # the runtime's own description, lines of NAME="value"
. "$here/runtime/release"
if [ "${JAVA_VERSION%%.*}" -ge 24 ]; then flags="$flags --sun-misc-unsafe-memory-access=allow"; fi
# shellcheck disable=SC2086 # the flags are ours and hold no spaces within
exec "$here/runtime/bin/java" $flags ${RIDGEPOINT_JAVA_OPTS:-} -jar "$here/benchmarks.jar" "$@"
