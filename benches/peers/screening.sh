#!/bin/sh
# The same screening by nomenklatura and by scruple: one table. Needs python3, zstd and,
# to build PyICU, what Debian calls libicu-dev, pkg-config and g++.
#   benches/peers/screening.sh OUT [more arguments of screening.py]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:?say where the output goes}
shift
# Kept from run to run, outside the repository.
venv=${SCRUPLE_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/scruple-peers}
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
fi
"$venv/bin/pip" install --quiet -r "$root/benches/peers/requirements-screening.txt"
cargo build --release --quiet --manifest-path "$root/Cargo.toml" -p xtask
mkdir -p "$out"
"$venv/bin/python" "$root/benches/peers/screening.py" \
    --shared "${SCRUPLE_SHARED:-$root/../shared}" \
    --xtask "${CARGO_TARGET_DIR:-$root/target}/release/xtask" \
    --out "$out" "$@" | tee "$out/table.md"
