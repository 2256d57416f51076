#!/usr/bin/env bash
# bench/device.sh [MODEL]: what a GPU of this machine is worth for one model, in under eight minutes.
# Needs a built product (npm run build). Prints what the machine can run on and why not on the rest, then load, prefill,
# decode and the first suggestion on the processor and on each device that can be used, and keeps the figures as JSON in
# out/bench/device. Exit 3: there is no device beside the processor, so nothing was compared.
# It has been run on machines without a GPU only, where it ends after the first step.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:-smollm2-135m-instruct}
out=out/bench/device
runs=3
whole=450 # seconds for everything; a step gets what is left
mkdir -p "$out"
inkling=(node dist/cli.js)
[ -f dist/cli.js ] || { echo "device: run npm run build first" >&2; exit 1; }

left() { echo $((whole - SECONDS)); }
step() { # step FILE COMMAND…: one JSON document
  local file=$1; shift
  [ "$(left)" -gt 10 ] || { echo "device: no time left for: $*" >&2; return 1; }
  timeout --kill-after=5 "$(left)" "$@" > "$out/$file" || { echo "device: failed or too slow: $*" >&2; rm -f "$out/$file"; return 1; }
}

{ uname -srm; nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2> /dev/null || echo "no nvidia-smi"; } | tee "$out/machine.txt"

step devices.json "${inkling[@]}" devices --model "$model" --json
node -e '
  const { devices, chosen } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  for (const { name, available, reason } of devices) console.log(`${name}: ${available ? "yes" : "no"} – ${reason}`);
  console.log(`chosen: ${chosen}`);
' "$out/devices.json"
devices=$(node -p '
  JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).devices
    .filter(({ name, available }) => available && name !== "cpu").map(({ name }) => name).join(" ")
' "$out/devices.json")
[ -n "$devices" ] || { echo "No device beside the processor can be used: nothing to compare."; exit 3; }

for device in cpu $devices; do
  step "$device.json" "${inkling[@]}" bench --model "$model" --device "$device" --runs "$runs" --json || true
done
node -e '
  const { existsSync, readFileSync } = require("node:fs");
  const figures = ["loadMs", "prefillTokensPerSecond", "decodeTokensPerSecond", "freshCaretMs", "firstSuggestionMs"];
  console.log(["device", ...figures].join("\t"));
  for (const name of process.argv.slice(2)) {
    const file = `${process.argv[1]}/${name}.json`;
    if (!existsSync(file)) continue;
    const measured = JSON.parse(readFileSync(file, "utf8"));
    console.log([measured.device, ...figures.map((key) => measured[key].median.toFixed(1))].join("\t"));
  }
' "$out" cpu $devices
echo "took $SECONDS s"
