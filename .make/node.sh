#!/bin/sh
# Everything else is written for Node; only this must run without it.
if ! command -v node >/dev/null; then
  echo "Node is missing. Install Node 20.12 or later with npm (https://nodejs.org)." >&2
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number);
              process.exit(a > 20 || (a === 20 && b >= 12) ? 0 : 1)'; then
  echo "Node $(node -v) is too old. Install Node 20.12 or later with npm (https://nodejs.org)." >&2
  exit 1
fi
exec node "$@"
