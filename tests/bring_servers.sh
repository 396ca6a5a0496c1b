#!/bin/sh
# Brings Debian's Redis, PostgreSQL and nginx for the tests that need the real ones; without
# them those tests are skipped, each saying so (with SERVERS_NEEDED=1 this fails instead, and so do they).
set -u

wanted=""
command -v redis-server >/dev/null 2>&1 || wanted="$wanted redis-server"
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1 || wanted="$wanted nginx-light"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v openssl >/dev/null 2>&1 || wanted="$wanted openssl"
[ -n "$wanted" ] || exit 0

give_up() {
    echo "要用$wanted 的测试会跳过：$1" >&2
    [ "${SERVERS_NEEDED:-}" = 1 ] && exit 1
    exit 0
}

command -v apt-get >/dev/null 2>&1 || give_up "这台机器没有 apt-get，请自己安装。"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    give_up "没有免密码的 root 权限，请管理员运行 apt-get install$wanted。"
fi

echo "正在安装$wanted……"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Only the programs are wanted: nothing of them is to start on this machine by itself.
if ! { $as_root apt-get -q update && $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -qy install --no-install-recommends $wanted; } >"$log" 2>&1 </dev/null; then
    tail -n 3 "$log" >&2
    give_up "apt-get 没有装上，原因在上面。"
fi
