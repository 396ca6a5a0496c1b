#!/bin/sh
# 备份数据库和签名的密钥到 BACKUP_DIR（默认 backups），留 BACKUP_DAYS 天（默认 14）。网站和后台进程不用停。
# 检索索引、计数、区县缓存不备份：它们都能从数据库重建，或只管一会儿。
set -eu
umask 077

to=${BACKUP_DIR:-backups}
url=${DATABASE_URL:-sqlite:///var/sanjin.db}
mkdir -p "$to"
name="$to/sanjin-$(date +%Y%m%d-%H%M%S)"

case $url in
sqlite:///*)
    # SQLite 自己的备份：写着的时候备份出来也是完整的；再查一遍才算数。
    "${PYTHON:-python3}" - "${url#sqlite:///}" "$name.db.part" <<'PY'
import pathlib, sqlite3, sys

source = sqlite3.connect(pathlib.Path(sys.argv[1]).resolve().as_uri() + "?mode=ro", uri=True)
copy = sqlite3.connect(sys.argv[2])
source.backup(copy, pages=4096, sleep=0.01)
copy.execute("PRAGMA journal_mode = delete")
sys.exit(copy.execute("PRAGMA quick_check").fetchone()[0] != "ok")
PY
    mv "$name.db.part" "$name.db"
    made="$name.db"
    ;;
postgres*)
    # peewee 的写法里有 +pool，pg_dump 不认识；? 后面的是给网站的。
    plain=$(printf %s "$url" | sed -E 's/^postgres(ql)?(\+pool)?:/postgresql:/; s/\?.*$//')
    pg_dump --format=custom --no-owner --file="$name.dump.part" --dbname="$plain"
    mv "$name.dump.part" "$name.dump"
    made="$name.dump"
    ;;
*)
    echo "不会备份这样的 DATABASE_URL：应是 sqlite:///… 或 postgresql…://…" >&2
    exit 1
    ;;
esac

# 丢了签名的密钥，挂着的标牌要全部重印；丢了个人信息的密钥，备份里的就打不开了。
# 写在设置里的不在这台机器上，另存。个人信息的密钥不要和备份放在一处太久：两样在一起就能打开。
keep_key() {
    if [ -z "$1" ] && [ -f "$2" ]; then
        cp "$2" "$name.$3.part"
        mv "$name.$3.part" "$name.$3"
    fi
}
keep_key "${SIGNING_KEY:-}" "${SIGNING_KEY_FILE:-var/signing_key}" signing_key
keep_key "${PERSONAL_KEY:-}" "${PERSONAL_KEY_FILE:-var/personal_key}" personal_key

find "$to" -name 'sanjin-*' -mtime "+${BACKUP_DAYS:-14}" -delete
echo "已备份到 $made"
