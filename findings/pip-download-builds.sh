#!/usr/bin/env bash
# pip download --no-deps --no-binary :all: NAME fetches one source archive.
#
# One would guess: it fetches that archive and no more, as --no-deps says.
#
# What happens: pip asks the archive for its name and version, and for that it fetches and installs what builds it. `:all:`
# holds for these too, so they come as sources and are built themselves, with what builds them. Where a large package is
# needed to build (torch, for one), a download of some kilobytes takes an hour. Seen with pip 23.2.1 on Python 3.11.
#
# The way out: `--no-binary NAME` in place of `:all:`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pip==23.2.1"
pip="$folder/venv/bin/pip"
fetched() { # the archives that the log of pip names, one a line
  sed -n 's/^ *\(Downloading\|Using cached\) \([^ ]*\).*/\2/p' "$1" | sed 's/.*\///' | sort -u
}
cd "$folder"
"$pip" download --no-cache-dir -v --no-deps --no-binary :all: "idna==3.10" -d all > all.log 2>&1
"$pip" download --no-cache-dir -v --no-deps --no-binary idna "idna==3.10" -d one > one.log 2>&1
echo "with :all:"
fetched all.log
echo "with the name"
fetched one.log
fetched all.log | grep -q '^flit_core-.*\.tar\.gz$' || { echo "what builds it is no source any more"; exit 1; }
fetched one.log | grep -q '^flit_core-.*\.whl$' || { echo "what builds it is not fetched any more"; exit 1; }
echo "as found"
