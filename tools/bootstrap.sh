#!/bin/sh
# Make .venv and install what base or dev needs, by hash. Nothing is installed outside .venv,
# except python3-venv when it is missing and we are root.
set -eu
cd "$(dirname "$0")/.."
SET=$1

say() { printf '%s\n' "$*" >&2; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

PYTHON=
for candidate in python3 python3.13 python3.12 python3.11; do
    if recent "$candidate"; then PYTHON=$candidate; break; fi
done
if [ -z "$PYTHON" ]; then
    say "Kalka needs Python 3.11 or newer as python3; none was found on PATH."
    exit 1
fi

if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -q && apt-get install -q -y python3-venv
    else
        say "Python is here, but its venv module is not. Install it and try again:"
        say "    sudo apt-get install python3-venv"
        exit 1
    fi
fi

if ! recent .venv/bin/python; then
    say "making .venv with $("$PYTHON" --version)"
    "$PYTHON" -m venv --clear .venv
fi

PIP=".venv/bin/python -m pip --disable-pip-version-check --quiet"
$PIP install --require-hashes -r requirements/tools.txt
say "installing requirements/$SET.txt"
# uv is the fast way. Where only pip is configured to reach packages, pip does the same, by the same hashes.
VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install --quiet --require-hashes -r "requirements/$SET.txt" 2>.venv/uv.log ||
    $PIP install --require-hashes -r "requirements/$SET.txt" || { cat .venv/uv.log >&2; exit 1; }
$PIP install --no-deps --no-build-isolation --editable .
touch ".venv/.$SET"
