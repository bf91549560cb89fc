#!/bin/sh
# Everything worth doing once on a GPU box, step by step, each with a time limit; a step that fails stops no other.
# What came of it lies in one folder, few files and small ones, and a table of the steps is printed last.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

all='doctor verify-jni verify-jcuda conformance counters run targets tune'
usage="usage: gpu-session [--out DIR] [--steps A,B,...] [--budget SECONDS] [--suite NAME] [--driver system|emulated]
                   [--device UUID|INDEX]
steps, in this order: $all
--budget is for all steps together (default 540); no step begins when it is spent, and none outlives it.
--suite is core where the 20 minutes it takes by forecast are left for the run, else quick, which takes 5. Of these the step
targets finds few of the cases it needs; the suite targets has them all, and takes 8.
Where a machine is lent for several calls of ten minutes, each takes a part:
    gpu-session --out A --steps doctor,verify-jni,conformance
    gpu-session --out B --steps run
    gpu-session --out C --steps verify-jcuda,counters,tune
    gpu-session --out D --steps run,targets --suite targets"

out=gpu-session-out
steps=$all
budget=540
suite=
driver=system
device=
largest=15728640 # bytes of a file
parts=4          # files an archive may be cut into: with the table less than 64 MiB

refuse() {
    printf 'gpu-session: %s\n' "$1" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
        --help)
            printf '%s\n' "$usage"
            exit 0
            ;;
        --out | --steps | --budget | --suite | --driver | --device) ;;
        *) refuse "unknown option '$1'; see gpu-session --help" ;;
    esac
    [ $# -ge 2 ] || refuse "$1: expected a value"
    case $1 in
        --out) out=$2 ;;
        --steps) steps=$(printf '%s' "$2" | tr ',' ' ') ;;
        --budget) budget=$2 ;;
        --suite) suite=$2 ;;
        --driver) driver=$2 ;;
        --device) device=$2 ;;
    esac
    shift 2
done
for step in $steps; do
    case " $all " in *" $step "*) ;; *) refuse "--steps: unknown '$step'; known: $all" ;; esac
done
case $budget in '' | *[!0-9]*) refuse "--budget: expected seconds, got '$budget'" ;; esac
case $driver in system | emulated) ;; *) refuse "--driver: expected system or emulated, got '$driver'" ;; esac

mkdir -p "$out" && out=$(CDPATH='' cd -- "$out" && pwd -P) || refuse "--out: cannot make '$out'"
[ -z "$(ls -A "$out")" ] || refuse "--out: '$out' is not empty"
work=$out/session
mkdir "$work" && cd "$work" || exit 2
begun=$(date +%s)

left() { echo $((budget - ($(date +%s) - begun))); }

ridgepoint() { "$here/ridgepoint" "$@"; }

# The words that choose the device, for a backend.
on() {
    printf '%s' "--backend $1 --driver $driver"
    if [ -n "$device" ]; then printf ' %s' "--device $device"; fi
}

# run_step NAME MOST COMMAND...: at most so many seconds; the answer goes to NAME.out, the rest to NAME.log.
run_step() {
    name=$1
    limit=$2
    shift 2
    case " $steps " in *" $name "*) ;; *) return ;; esac
    now=$(left)
    if [ "$now" -lt 5 ]; then
        note "$name" 'not run' 0 'the budget was spent'
        return
    fi
    if [ "$limit" -gt "$now" ]; then limit=$now; fi
    start=$(date +%s)
    timeout --kill-after=10 "$limit" "$@" >"$name.out" 2>"$name.log"
    status=$?
    case $status in
        0) result=ok ;;
        124 | 137) result='time is up' ;;
        *) result="failed ($status)" ;;
    esac
    note "$name" "$result" $(($(date +%s) - start)) "$(last "$name")"
}

# The last line that says something, of the log where the step failed.
last() {
    file=$1.out
    if [ "$status" -ne 0 ] && [ -s "$1.log" ]; then file=$1.log; fi
    grep -v '^[][{} ,]*$' "$file" | tail -n 1 | cut -c 1-160
}

note() { printf '%-14s %-12s %7s  %s\n' "$1" "$2" "$3" "$4" >>"$out/summary.txt"; }

skip() {
    case " $steps " in *" $1 "*) note "$1" skipped 0 "$2" ;; esac
}

# has NAME [PARENT]: whether this build has such a command.
has() {
    command=$1
    shift
    ridgepoint "$@" --help 2>/dev/null | grep -q "^  $command "
}

{
    printf 'Ridgepoint GPU session, %s, driver %s, budget %s s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$driver" "$budget"
    if command -v nvidia-smi >/dev/null 2>&1; then nvidia-smi -L 2>&1; fi
    printf '%-14s %-12s %7s  %s\n' step result seconds 'last words'
} >"$out/summary.txt"

# shellcheck disable=SC2046 # the words of on() are options and hold no spaces within
{
    run_step doctor 60 "$here/ridgepoint" doctor
    run_step verify-jni 150 "$here/ridgepoint" verify --time-budget 130s $(on jni)
    run_step verify-jcuda 150 "$here/ridgepoint" verify --time-budget 130s $(on jcuda)
    # A vector that loses the device ends the process with 1; the next process goes on behind it.
    run_step conformance 300 sh -c '
        for attempt in 1 2 3 4; do
            "$@" && exit 0
            status=$?
            [ $status -eq 1 ] || exit $status
        done
        exit 1' record "$here/ridgepoint" conformance record --out conformance --time-budget 240s $(on jni)
    if ! has counters conformance; then
        skip counters 'this build has no such command'
    elif command -v ncu >/dev/null 2>&1; then
        run_step counters 180 "$here/ridgepoint" conformance counters --out conformance $(on jni)
    else
        skip counters 'ncu is not on the PATH'
    fi
    # A minute is kept for packing what came of it.
    time=$(($(left) - 60))
    if [ -z "$suite" ]; then
        if [ "$time" -ge 1200 ]; then suite=core; else suite=quick; fi
    fi
    if [ "$time" -gt 30 ]; then
        run_step run $((time + 30)) "$here/ridgepoint" run --suite "$suite" --time-budget "${time}s" $(on jni)
    else
        skip run 'less than 90 s of the budget were left'
    fi
    bundle=
    for folder in ridgepoint-runs/*; do
        if [ -e "$folder/result.json" ]; then bundle=$folder; fi
    done
    if ! has targets; then
        skip targets 'this build has no such command'
    elif [ "$driver" = emulated ]; then
        skip targets 'the emulated driver has no time to be held against them'
    elif [ -z "$bundle" ]; then
        skip targets 'there is no run to be held against them'
    else
        run_step targets 60 "$here/ridgepoint" targets "$bundle"
    fi
    # What is left, less what the last case takes longer.
    time=$(($(left) - 30))
    if ! has tune; then
        skip tune 'this build has no such command'
    elif [ "$driver" = emulated ]; then
        skip tune 'the emulated driver has no time to choose by'
    elif [ "$time" -lt 30 ]; then
        skip tune 'less than 60 s of the budget were left'
    else
        run_step tune $((time + 30)) "$here/ridgepoint" tune --suite "$suite" --time-budget "${time}s" --out tuning.json $(on jni)
    fi
}

# One archive; what is too large for one file is cut, and what is too large for all of them is named.
cd "$out" || exit 2
archive=session.tar.xz
if ! XZ_OPT='-2 -T0' tar --create --xz --file="$archive" session 2>/dev/null; then
    rm -f "$archive"
    archive=session.tar.gz
    tar --create --gzip --file="$archive" session
fi
if [ "$(wc -c <"$archive")" -gt $largest ]; then
    split --bytes=$largest --numeric-suffixes "$archive" "$archive." && rm "$archive"
    count=0
    for part in "$archive".*; do
        count=$((count + 1))
        if [ $count -gt $parts ]; then
            rm "$part"
            note "$part" 'left out' 0 'too many parts'
        fi
    done
fi
rm -r session
cat summary.txt
