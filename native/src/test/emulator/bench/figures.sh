#!/bin/sh
# Builds the emulator's benchmark with the oneDNN that the CPU backend uses, and takes native/EMULATOR-FIGURES.md.
# Arguments go to cmake, for example -DRIDGEPOINT_ISA=baseline.
set -eu
root=$(cd "$(dirname "$0")/../../../../.." && pwd)
build=$root/native/target/emulator-figures
property() { sed -n "s|.*<$1>\\(.*\\)</$1>.*|\\1|p" "$root/pom.xml"; }
version=$(property dnnl.version | sed "s/[$]{javacpp.version}/$(property javacpp.version)/")
jar=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/org/bytedeco/dnnl/$version/dnnl-$version-linux-x86_64.jar
if [ ! -f "$jar" ]; then
    echo "oneDNN $version is not at $jar; build the native module first" >&2
    exit 1
fi
mkdir -p "$build/onednn"
(cd "$build/onednn" && jar xf "$jar" org/bytedeco/dnnl/linux-x86_64)
cmake -S "$root/native/src/main/cpp/emulator" -B "$build" -G Ninja \
    -DRIDGEPOINT_ONEDNN="$build/onednn/org/bytedeco/dnnl/linux-x86_64" "$@" > "$build/configure.log"
cmake --build "$build" --target emulator_figures > "$build/build.log" || { tail -n 30 "$build/build.log" >&2; exit 1; }
OMP_NUM_THREADS=1 "$build/test/emulator_figures" "$root/native/EMULATOR-FIGURES.md"
