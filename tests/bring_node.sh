#!/bin/sh
# Brings Debian's node and npm where they are missing, for the client in TypeScript; without them
# its test is skipped and says so (with NODE_NEEDED=1 this fails instead, and so does the test).
set -u

have_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)'
}

give_up() {
    echo "TypeScript 客户端的测试会跳过：$1" >&2
    [ "${NODE_NEEDED:-}" = 1 ] && exit 1
    exit 0
}

have_node && exit 0

command -v apt-get >/dev/null 2>&1 || give_up "没有 node 18 或更新的和 npm，这台机器也没有 apt-get，请自己安装。"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    give_up "没有 node，也没有免密码的 root 权限，请管理员运行 apt-get install nodejs npm。"
fi

echo "正在安装 nodejs 和 npm……"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get -q update && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qy install --no-install-recommends nodejs npm; } >"$log" 2>&1 </dev/null; then
    tail -n 3 "$log" >&2
    give_up "apt-get 没有装上 nodejs 和 npm，原因在上面。"
fi
have_node || give_up "装完仍没有 18 或更新的 node。"
