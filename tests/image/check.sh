#!/usr/bin/env bash
# Builds both images of the Dockerfile and uses them. Needs root, Debian's and Python's package
# registries, and no container engine: buildah runs in a chroot, in a network of its own that has
# nothing but a loopback.
#
#   tests/image/check.sh [TARGET...]        (both by default)
#
# ONRECORD_IMAGE_CACHE (/tmp/onrecord-image) keeps the base between runs: a stand-in for the one
# that the Dockerfile names, made of Debian's packages.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${ONRECORD_IMAGE_CACHE:-/tmp/onrecord-image}
targets=("$@")
[ $# -gt 0 ] || targets=(full api)
base=$(sed -n 's/^ARG BASE=//p' "$repo/Dockerfile")
url=http://127.0.0.1:8000

if [ "$(id -u)" != 0 ]; then
    echo "image-check: must be run as root" >&2
    exit 2
fi
mkdir -p "$cache/tmp"
export TMPDIR=$cache/tmp
work=$(mktemp -d)
failures=0
container=
network=  # a process whose network namespace the server runs in

say() { printf '%s\n' "$*"; }
fail() { failures=$((failures + 1)); say "  FAILED: $*"; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
build() { buildah --root "$cache/root" --runroot "$cache/runroot" --storage-driver vfs "$@"; }
inside() { nsenter --net="/proc/$network/ns/net" "$@"; }
in_image() { inside buildah --root "$cache/root" --runroot "$cache/runroot" --storage-driver vfs \
    run --isolation chroot "${mounts[@]}" "$container" -- "$@"; }

# The processes in our network namespace: nobody else can be in it.
ours() {
    local here other pid
    here=$(readlink "/proc/$network/ns/net") || return 0
    for pid in /proc/[0-9]*; do
        pid=${pid#/proc/}
        other=$(readlink "/proc/$pid/ns/net" 2>/dev/null) || continue
        [ "$other" != "$here" ] || [ "$pid" = "$network" ] || echo "$pid"
    done
}

server_pid() {
    local pid
    for pid in $(ours); do
        if [ "$(readlink "/proc/$pid/exe" 2>/dev/null | grep -c python)" = 1 ] &&
            tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'onrecord serve'; then
            echo "$pid"
            return
        fi
    done
}

leave_network() {
    local pid
    [ -n "$network" ] || return 0
    for pid in $(ours); do kill -KILL "$pid" 2>/dev/null || true; done
    kill "$network" 2>/dev/null || true
    wait "$network" 2>/dev/null || true
    network=
}

tidy() {
    leave_network
    [ -z "$container" ] || build rm "$container" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap tidy EXIT
trap 'exit 130' INT TERM

install_tools() {
    local missing=()
    command -v buildah >/dev/null || missing+=(buildah)
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    command -v ip >/dev/null || missing+=(iproute2)
    command -v curl >/dev/null || missing+=(curl)
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/dev/null
}

# Like the real base, it has pip, and a standard library without byte code.
make_base() {
    local from
    if build inspect --type image "$base" >/dev/null 2>&1; then return; fi
    if [ ! -f "$cache/base.tar" ]; then
        say "making a stand-in for $base"
        # shellcheck disable=SC2016
        mmdebstrap --quiet --variant=minbase \
            --include=python3,python3-venv,python3-pip,ca-certificates \
            --customize-hook='find "$1/usr" -name "*.pyc" -delete' \
            bookworm "$cache/tmp/base.tar"
        mv "$cache/tmp/base.tar" "$cache/base.tar"
    fi
    from=$(build from --isolation chroot scratch)
    build add --quiet "$from" "$cache/base.tar" / >/dev/null
    build commit --quiet --format docker "$from" "$base" >/dev/null
    build rm "$from" >/dev/null
}

# What pip needs on this machine goes in as secrets, and must not stay.
make_secrets() {
    local index
    cp "${PIP_CERT:-${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}}" "$work/ca.pem"
    {
        echo "[global]"
        echo "cert = /run/secrets/ca.pem"
        if index=$(python3 -m pip config get global.index-url 2>/dev/null); then
            echo "index-url = $index"
        fi
    } >"$work/pip.conf"
}

build_image() {
    local start
    start=$(now)
    if ! build bud --isolation chroot --pull-never --format docker --target "$1" \
        --secret "id=pip.conf,src=$work/pip.conf" --secret "id=ca.pem,src=$work/ca.pem" \
        --tag "onrecord-$1" "$repo" >"$work/build.log" 2>&1; then
        tail -40 "$work/build.log" >&2
        return 1
    fi
    say "  built in $(since "$start") s"
    build rmi --prune --force >/dev/null 2>&1 || true  # what the tag stood for before
}

# Megabytes of a container's file system, or of a folder in it.
weight() { du -s --block-size=1MB "$(build mount "$container")${1:-}" | cut -f1; }

image_config() { build inspect --type image "onrecord-$1" | python3 -c '
import json, shlex, sys
config = json.load(sys.stdin)["Docker"]["config"]
found = config[sys.argv[1]]
if sys.argv[1] == "Healthcheck":
    found = found["Test"][1:]
print(found if isinstance(found, str) else shlex.join(found))' "$2"; }

check_contents() {
    local found
    found=$(in_image id -u)
    if [ "$found" = 10001 ]; then say "  uid $found"; else fail "runs as uid $found"; fi
    for command in pip pip3 gcc cc g++ make; do
        if in_image sh -c "command -v $command" >/dev/null 2>&1; then fail "has $command"; fi
    done
    for module in pip ensurepip; do
        if in_image python3 -c "import $module" 2>/dev/null; then fail "has the module $module"; fi
    done
    found=$(in_image sh -c 'ls -Ad /run/secrets/* /root/.cache /build /etc/pip.conf || true' 2>/dev/null)
    if [ -n "$found" ]; then fail "keeps what only building needed: $found"; fi
    found=$(in_image find / -xdev -writable -not -type l \
        -not -path '/dev/*' -not -path '/proc/*' -not -path '/sys/*' 2>/dev/null | sort | tr '\n' ' ' || true)
    say "  may write to: $found"
    case "$found" in */opt* | */usr* | */etc*) fail "may write to its own program" ;; esac
    in_image python3 - <<'PYTHON' || fail "lacks byte code"
import sys, sysconfig
from importlib.util import cache_from_source
from pathlib import Path
parts = {"application": "/opt/onrecord/app", "packages": sysconfig.get_path("purelib"),
         "standard library": sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix})}
unused = {"idlelib", "lib2to3", "test", "tests", "tkinter", "turtledemo", "site-packages",
          "dist-packages"}
bad = 0
for name, folder in parts.items():
    sources = [p for p in Path(folder).rglob("*.py")
               if not unused & set(p.relative_to(folder).parts)]
    bare = [p for p in sources if not Path(cache_from_source(str(p))).exists()]
    print(f"  byte code: {len(sources) - len(bare)} of {len(sources)} modules of the {name}")
    bad += len(bare) > 0
sys.exit(bad > 0)
PYTHON
}

serve() {
    local command start tries=0
    eval "command=($(image_config "$1" Cmd))"
    start=$(now)
    in_image "${command[@]}" >"$work/serve.log" 2>&1 &
    until inside curl -sf -o /dev/null --max-time 2 "$url/healthz"; do
        tries=$((tries + 1))
        if [ $tries -gt 600 ] || ! kill -0 $! 2>/dev/null; then
            cat "$work/serve.log" >&2
            return 1
        fi
        sleep 0.1
    done
    say "  first answer after $(since "$start") s (migration included)"
}

# ask STATUS WHAT CURL-ARGUMENTS: prints the answer's beginning.
ask() {
    local expected=$1 status
    status=$(inside curl -s --max-time 60 -o "$work/answer" -w '%{http_code}' "${@:3}" "$url$2") ||
        true
    say "  $2 → $status $(head -c 300 "$work/answer")"
    [ "$status" = "$expected" ] || fail "$2 answered $status, not $expected"
}

stop_server() {
    local pid start
    pid=$(server_pid)
    if [ -z "$pid" ]; then fail "no server runs"; return; fi
    start=$(now)
    kill -TERM "$pid"
    for _ in $(seq 100); do
        [ -d "/proc/$pid" ] || break
        sleep 0.1
    done
    if [ -d "/proc/$pid" ]; then
        fail "does not end on SIGTERM"
    else
        say "  ended on SIGTERM after $(since "$start") s"
    fi
}

check_image() {
    local target=$1 health uid pid start
    say "$target"
    build_image "$target"
    container=$(build from --isolation chroot "onrecord-$target")
    say "  $(weight) MB, of which $(weight /opt) MB are not the base's"
    mounts=(--volume "$work/data:/data" --volume "$repo/seeds:/articles:ro")
    unshare --net sleep 3600 &
    network=$!
    sleep 0.5
    inside ip link set lo up

    check_contents
    serve "$target"
    pid=$(server_pid)
    uid=$(awk '/^Uid:/ { print $2 }' "/proc/${pid:-none}/status" 2>/dev/null || echo none)
    if [ "$uid" = 10001 ]; then say "  the server's uid is $uid"; else fail "server's uid: $uid"; fi
    eval "health=($(image_config "$target" Healthcheck))"
    if in_image "${health[@]}" >/dev/null 2>&1; then say "  healthy"; else fail "unhealthy"; fi
    ask 200 /healthz
    ask 200 /readyz
    if [ "$target" = full ]; then
        start=$(now)
        in_image onrecord ingest /articles >"$work/ingest.log" 2>&1 || fail "ingest: exit $?"
        say "  ingest, $(since "$start") s: $(tr '\n' ' ' <"$work/ingest.log")"
        in_image onrecord ingest /articles >"$work/ingest.log" 2>&1 || fail "ingest: exit $?"
        say "  and again: $(tr '\n' ' ' <"$work/ingest.log")"
        ask 200 /v1/extract --json '{"text": "“We won,” said Ann Smith."}'
        grep -q 'Ann Smith' "$work/answer" || fail "did not find the speaker"
    else
        ask 503 /v1/extract --json '{"text": "“We won,” said Ann Smith."}'
    fi
    ask 200 '/v1/people?limit=2'
    # `api` serves what `full` has stored before.
    if [ -f "$work/ingest.log" ] && grep -q '"results":\[\]' "$work/answer"; then
        fail "nobody is on record"
    fi
    ask 200 '/v1/quotes?limit=1'
    say "  memory of the server: $(awk '/^VmHWM:/ { print int($2 / 1000) }' "/proc/$pid/status") MB at most"
    stop_server
    leave_network
    build rm "$container" >/dev/null
    container=
}

install_tools
make_base
make_secrets
install --directory --owner 10001 --group 10001 "$work/data"
for target in "${targets[@]}"; do check_image "$target"; done
if [ $failures -gt 0 ]; then
    say "image-check: $failures failed"
    exit 1
fi
say "image-check: passed"
