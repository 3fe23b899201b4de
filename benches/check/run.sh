#!/bin/sh
# `scruple check` over 20 parties and 5 items, everything on: median and 95th percentile
# of 20 runs after 3 to warm up, from process start to exit, on one line.
#   benches/check/run.sh FOLDER [DATA]    DATA: a data directory with lists and holdings
# Needs a release build of scruple and python3. Without DATA the starter pack answers.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?say where files may be made}
data=${2:-$folder/data}
binary=${SCRUPLE:-${CARGO_TARGET_DIR:-$root/target}/release/scruple}
mkdir -p "$folder"
python3 "$root/benches/check/deal.py" > "$folder/deal.toml"
python3 - "$binary" "$data" "$folder" <<'PY'
import subprocess, sys, time
binary, data, folder = sys.argv[1:]
def once():
    begun = time.perf_counter()
    done = subprocess.run(
        [binary, "--data", data, "check", folder + "/deal.toml", "--as-of", "2026-11-22", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 3, 4):
        sys.exit(done.stderr.decode())
    return (time.perf_counter() - begun) * 1000, done
for _ in range(3):
    _, done = once()
open(folder + "/brief.json", "wb").write(done.stdout)
times = sorted(once()[0] for _ in range(20))
print("ms", " ".join(f"{ms:.1f}" for ms in times))
print(f"median {(times[9] + times[10]) / 2:.1f} ms, 95th percentile {times[18]:.1f} ms of 20; exit {done.returncode}")
PY
