#!/usr/bin/env bash
# The whole command as one Python runs it, over seeds/; the events that it finds go to a file, to be compared.
#     end_to_end.sh BIN EVENTS    BIN is the folder of migration-events
set -euo pipefail
command="$1/migration-events" out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$command" run --seeds seeds --output "$out/data" > /dev/null
again=$("$command" run --seeds seeds --output "$out/data" --json)
grep -q '"snapshot": null' <<<"$again" || { echo "a second run changed something: $again" >&2; exit 1; }
"$command" check "$out/data"
"$command" report "$out/data" --to "$out/report.html" > /dev/null
"$command" sql "$out/data" "SELECT * EXCLUDE (run_id, pipeline_version) FROM events ORDER BY ALL" --as csv > "$2"
test "$(wc -l < "$2")" -gt 20 || { echo "hardly any events: $(cat "$2")" >&2; exit 1; }
