#!/bin/sh
# Tests drive a real Chromium: the system's, or the one that apt installs. Fails when there is none.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
fi
command -v chromium >/dev/null 2>&1 || {
    echo "No Chromium was found. Install the package chromium, then run this again." >&2
    exit 1
}
