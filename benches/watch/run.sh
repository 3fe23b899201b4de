#!/bin/sh
# A million watched parties against a change of 500 records: time and memory of the run.
#   benches/watch/run.sh FOLDER      makes its files there, in about 400 MB
# Needs a release build of scruple and xtask, python3, zstd and GNU time.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?say where files may be made}
shared=${SCRUPLE_SHARED:-$root/../shared}
built=${CARGO_TARGET_DIR:-$root/target}/release
mkdir -p "$folder"
"$built/xtask" parity --sample 80000 --out "$folder/drawn.jsonl"
python3 "$root/benches/watch/made.py" "$folder/drawn.jsonl" "$shared" "$folder"
took="%e s wall, %U s of processor, %M KB at most"

scruple() { /usr/bin/time -f "$took" "$built/scruple" --data "$folder/data" "$@"; }

rm -rf "$folder/data"
scruple sync --from "$folder/day1.jsonl" --as el --dated 2026-11-01 > "$folder/sync-1.txt"
echo "first run, every party against every record:"
scruple watch "$folder/parties.csv" --json > "$folder/first.json" || true
scruple sync --from "$folder/day2.jsonl" --as el --dated 2026-11-02 > "$folder/sync-2.txt"
echo "second run, against what changed:"
scruple watch "$folder/parties.csv" --json > "$folder/second.json" || true
