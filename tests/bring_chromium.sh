#!/bin/sh
# Brings Debian's Chromium and Chinese fonts where they are missing; without them, says why not
# and leaves the rest of the tests to run (with BROWSER_NEEDED=1 it fails instead).
set -u

have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
have_fonts() { command -v fc-list >/dev/null 2>&1 && fc-list | grep -qi 'cjk'; }

give_up() {
    echo "浏览器测试会跳过：$1" >&2
    [ "${BROWSER_NEEDED:-}" = 1 ] && exit 1
    exit 0
}

have_browser && have_fonts && exit 0

command -v apt-get >/dev/null 2>&1 || give_up "没有 chromium，这台机器也没有 apt-get，请自己安装 chromium 和中文字体。"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    give_up "没有 chromium，也没有免密码的 root 权限，请管理员运行 apt-get install chromium fonts-noto-cjk。"
fi

echo "正在安装 chromium 和中文字体……"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get -q update && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qy install --no-install-recommends chromium fonts-noto-cjk; } >"$log" 2>&1 </dev/null; then
    tail -n 3 "$log" >&2
    give_up "apt-get 没有装上 chromium，原因在上面。"
fi
have_browser || give_up "装完仍找不到 chromium。"
