# shellcheck shell=bash
# What deploy/start, deploy/test, deploy/bench and deploy/schema have in common: messages, the Swift build,
# a PostgreSQL cluster of the portal's own, and a running portal. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
postgres_major=15
# About how long a first start takes on two processors, nearly all of it the build. Nothing else says so.
first_start_minutes=12
postgres_bin=/usr/lib/postgresql/$postgres_major/bin

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
fail() {
  warn "错误：$*"
  exit 1
}
# Minutes and seconds of a number of seconds, as a person reads them.
duration() { if [ "$1" -ge 60 ]; then echo "$(($1 / 60)) 分 $(($1 % 60)) 秒"; else echo "$1 秒"; fi; }

# Runs a long command so that a signal to this script is acted upon at once: bash holds a trap back
# while a foreground child runs, but not while it waits. The child gets a process group of its own,
# so that all it started can be ended with it.
foreground_pid=
interruptible() {
  local status=0
  set -m
  "$@" </dev/null 9>&- &
  foreground_pid=$!
  set +m
  wait "$foreground_pid" || status=$?
  foreground_pid=
  return $status
}
# To be called first by an EXIT trap: ends what `interruptible` was running.
end_foreground() {
  trap '' INT TERM HUP
  [ -n "$foreground_pid" ] || return 0
  kill -TERM -- "-$foreground_pid" 2>/dev/null || true
  [ ! -t 1 ] || echo # after a line that was being written again and again
}

# ---------------------------------------------------------------- Swift

require_swift() {
  local folder home
  home=$(getent passwd "${SUDO_USER:-$(id -un)}" | cut -d: -f6)
  if ! command -v swift >/dev/null; then
    for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin "$home/.local/share/swiftly/bin" /usr/libexec/swift/bin; do
      [ ! -x "$folder/swift" ] || export PATH="$folder:$PATH"
    done
  fi
  command -v swift >/dev/null ||
    fail "找不到 Swift 工具链（Swift toolchain，6.2 或更高版本），请按 https://www.swift.org/install/linux/ 安装后重试"
}

require_swift_version() {
  local version
  version=$(cd "$root" && swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail "Swift 工具链无法运行：$(swift --version 2>&1 | tail -n 1)"
  [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" = 6.2 ] ||
    fail "Swift 工具链是 $version，需要 6.2 或更高版本：https://www.swift.org/install/linux/"
}

# build_state PRODUCT: `current` when no source has changed since the last whole build, else `changed`, or
# `missing` when there is no program yet.
build_state() {
  local built="$root/.build/release/$1.built"
  if [ ! -x "$root/.build/release/$1" ]; then
    echo missing
  elif [ ! -e "$built" ] || [ -n "$(find "$root/Package.swift" "$root/Sources" -newer "$built" -print -quit)" ]; then
    echo changed
  else
    echo current
  fi
}

# build_release PRODUCT: nothing to do when it is current.
# Across modules, because what seals a field or reads a row is generic code of a library: compiled for the types
# that call it, an import takes little more than half the processor time.
build_release() {
  local product=$1 started=$SECONDS expected=0 mark log="$root/.build/release-build.log"
  [ "$(build_state "$product")" != current ] || return 0
  require_swift
  require_swift_version
  say "编译 $product ……"
  # What is known beforehand is known of everything, on two processors.
  if [ ! -e "$root/.build/release" ] && [ "$(nproc)" -le 2 ]; then expected=$((first_start_minutes * 60)); fi
  mkdir -p "$root/.build"
  mark=$(mktemp "$root/.build/mark.XXXXXX")
  if ! interruptible build_watched "$log" $expected \
    swift build --package-path "$root" -c release --product "$product" -Xswiftc -cross-module-optimization; then
    rm -f "$mark"
    build_errors "$log"
    fail "编译失败（swift build），原因见上；全部输出在 $log"
  fi
  mv -f "$mark" "$root/.build/release/$product.built"
  say "编译完成，用时 $(duration $((SECONDS - started)))"
}

# build_watched LOG EXPECTED COMMAND...: runs a build whose output goes to LOG, and says how far it is: on a
# terminal in one line that is written again and again, else in a line every tenth or every half minute.
# EXPECTED: the seconds that it should take, 0 when that is not known. To be run by `interruptible`.
build_watched() {
  local log=$1 expected=$2 pid found percent=0 tenth=0 began=$SECONDS told=$SECONDS
  shift 2
  "$@" >"$log" 2>&1 &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    found=$(build_percent "$log")
    # Steps are still being found while the first ones are done.
    if [ "$found" -gt "$percent" ]; then percent=$found; fi
    if [ -t 1 ]; then
      printf '\r%s\033[K' "$(build_progress "$percent" $((SECONDS - began)) "$expected")"
    elif [ $((percent / 10)) -gt $tenth ] || [ $((SECONDS - told)) -ge 30 ]; then
      build_progress "$percent" $((SECONDS - began)) "$expected"
      tenth=$((percent / 10)) told=$SECONDS
    fi
    sleep 1
  done
  [ ! -t 1 ] || printf '\r\033[K'
  wait $pid
}
# The last `[step/steps]` of a build's output, in percent; fetching and planning, before it, count steps of their own.
build_percent() {
  awk -F '[][/]' '/^Building for production/ { building = 1 }
    building && /^\[[0-9]+\/[1-9][0-9]*\] / { share = $2 * 100 / $3 }
    END { print int(share < 99 ? share : 99) }' "$1"
}
# build_progress PERCENT ELAPSED EXPECTED. A step is a file of C or a whole module of Swift: that a build has been
# quick so far does not make it shorter than expected, but that it has been slow makes it longer.
build_progress() {
  local percent=$1 elapsed=$2 left=$(($3 - $2)) pace=0 rest=
  if [ "$percent" -ge 10 ]; then pace=$((elapsed * (100 - percent) / percent)); fi
  if [ $pace -gt $left ]; then left=$pace; fi
  if [ $left -gt 60 ]; then rest="，约还需 $(((left + 59) / 60)) 分钟"; elif [ $left -gt 0 ]; then rest="，约还需 1 分钟"; fi
  say "编译 $percent%（已用 $(duration "$elapsed")$rest）"
}
# What a build that failed had to say: its errors and its end.
build_errors() {
  if [ "$(wc -l <"$1")" -gt 60 ]; then
    grep -E -A 5 '(^|[ :])error:' "$1" | head -n 40 || true
    say "……"
    tail -n 15 "$1"
  else
    cat "$1"
  fi >&2
}

# python_environment FOLDER REQUIREMENTS: a virtual environment with these packages, made anew when they change.
python_environment() {
  cmp -s "$2" "$1/installed.txt" && return 0
  rm -rf "$1"
  /usr/bin/python3 -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2" &&
    cp "$2" "$1/installed.txt"
}

# ---------------------------------------------------------------- PostgreSQL

# The unprivileged user that PostgreSQL runs as: `postgres` when root calls, else the caller.
database_user() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }
as_database_user() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && exec runuser -u postgres -- "$@")
  else
    (cd / && exec "$@")
  fi
}

# The unprivileged user that serves pages: `portal` when root calls, else the caller. Apart from PostgreSQL's, so that
# whoever takes the program over is not the database's superuser.
portal_user() { if [ "$(id -u)" = 0 ]; then echo portal; else id -un; fi; }
require_portal_user() {
  [ "$(id -u)" = 0 ] || return 0
  getent group portal >/dev/null || groupadd --system portal || fail "无法建立用户组 portal（groupadd）"
  getent passwd portal >/dev/null ||
    useradd --system --gid portal --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal ||
    fail "无法建立运行门户的用户 portal（useradd）"
}
# Runs a command in the place of this shell, with nothing left of what root may.
exec_as_portal_user() {
  [ "$(id -u)" != 0 ] || set -- setpriv --reuid=portal --regid=portal --clear-groups --inh-caps=-all --bounding-set=-all \
    --no-new-privs -- "$@"
  exec "$@"
}
as_portal_user() { (cd / && exec_as_portal_user "$@"); }

# conninfo SOCKET USER [DATABASE]: a libpq connection string.
conninfo() {
  local host=${1//\\/\\\\}
  printf "host='%s' user=%s dbname=%s" "${host//\'/\\\'}" "$2" "${3:-portal}"
}

# cluster_create FOLDER: a new cluster with checksums, UTF-8 everywhere, reached by socket only.
cluster_create() {
  local folder=$1 said
  if ! said=$(as_database_user "$postgres_bin/initdb" --pgdata="$folder" --username=postgres --encoding=UTF8 \
    --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256 --data-checksums --no-instructions 2>&1 </dev/null); then
    warn "$(tail -n 5 <<<"$said")"
    fail "无法建立数据库（initdb）：$folder"
  fi
  as_database_user tee -a "$folder/postgresql.conf" >/dev/null <<'END'

include 'portal.conf'             # written anew at every start
include_if_exists 'local.conf'    # the place for settings of your own
END
}

# What the portal asks of PostgreSQL; deploy/bench measures with the same.
postgres_settings() {
  local memory limit
  memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  # A container may have less than the machine.
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
  if [[ $limit =~ ^[0-9]+$ ]] && ((limit >> 20 < memory)); then memory=$((limit >> 20)); fi
  # A quarter of the memory: an import that has to write its pages out before it is done takes longer.
  local buffers=$((memory / 4))
  if ((buffers < 128)); then buffers=128; fi
  if ((buffers > 2048)); then buffers=2048; fi
  cat <<END
max_connections = 100
shared_buffers = ${buffers}MB
effective_cache_size = $((memory / 2))MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
# Segments are kept for reuse, so that no COMMIT waits for a new one to be filled with zeros.
min_wal_size = 1GB
wal_compression = lz4
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
END
}

# cluster_access FOLDER: who may log in, written anew at every start, so that a cluster made when everybody was trusted
# trusts nobody any more. PostgreSQL asks the system who is at the other end of the socket (peer): the user that serves
# gets the three logins of the pages, the caller every login, for migrations and commands.
cluster_access() {
  local login
  as_database_user tee "$1/portal_hba.conf" >/dev/null <<'END'
# Written anew at every start; for rules of your own, name another hba_file in local.conf.
local all all peer map=portal
local replication postgres peer map=portal
END
  {
    echo "# Written anew at every start: map, user of the system, login"
    for login in postgres portal_owner portal_staff portal_public portal_inspector; do
      echo "portal \"$(id -un)\" $login"
    done
    if [ "$(id -u)" = 0 ]; then
      echo "portal postgres postgres"
      for login in portal_staff portal_public portal_inspector; do echo "portal portal $login"; done
    fi
  } | as_database_user tee "$1/portal_ident.conf" >/dev/null
}

# socket_folder FOLDER: only PostgreSQL's user makes sockets in it, and only those who serve reach them.
socket_folder() {
  if [ "$(id -u)" != 0 ]; then
    chmod 700 "$1"
  else
    chown postgres:portal "$1"
    chmod 710 "$1"
  fi
}

# cluster_start FOLDER SOCKET LOG: settings come from standard input, one a line.
cluster_start() {
  local folder=$1 socket=$2 log=$3 quoted=${1//\'/\'\'}
  cluster_access "$folder"
  {
    cat
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '${socket//\'/\'\'}'"
    # Who reaches a socket is its folder's matter, and who logs in through it that of portal_hba.conf.
    echo "unix_socket_permissions = 0777"
    echo "hba_file = '$quoted/portal_hba.conf'"
    echo "ident_file = '$quoted/portal_ident.conf'"
    echo "timezone = 'UTC'"
    echo "log_timezone = 'Asia/Shanghai'"
    # Neither parameters nor the rows of a violated constraint belong into a log: they are people.
    echo "log_parameter_max_length = 0"
    echo "log_parameter_max_length_on_error = 0"
    echo "log_min_error_statement = panic"
    echo "log_error_verbosity = terse"
    # No table of the moments at which transactions were committed.
    echo "track_commit_timestamp = off"
  } | as_database_user tee "$folder/portal.conf" >/dev/null
  cluster_clear_stale "$folder" "$socket"
  if ! as_database_user "$postgres_bin/pg_ctl" start --pgdata="$folder" --log="$log" --wait --timeout=300 \
    --silent </dev/null >/dev/null 2>&1 9>&-; then
    warn "$(tail -n 8 "$log" 2>/dev/null)"
    fail "PostgreSQL 启动失败，以上是日志 $log 的最后几行"
  fi
}

# After a power cut the number in postmaster.pid may meanwhile belong to some other process, which
# PostgreSQL would take for itself and refuse to start.
cluster_clear_stale() {
  local folder=$1 socket=$2 pid
  [ -e "$folder/postmaster.pid" ] || return 0
  pid=$(head -n 1 "$folder/postmaster.pid")
  if cluster_owns "$folder" "$pid"; then
    warn "上次的 PostgreSQL 还在运行（进程 $pid），先把它停下"
    cluster_stop "$folder"
  else
    rm -f "$folder/postmaster.pid" "$socket"/.s.PGSQL.5432 "$socket"/.s.PGSQL.5432.lock
  fi
}
cluster_owns() {
  local folder=$1 pid=$2
  [[ $pid =~ ^[0-9]+$ ]] && [ -d "/proc/$pid" ] &&
    [ "$(readlink -f "/proc/$pid/cwd" 2>/dev/null)" = "$(readlink -f "$folder")" ]
}
# Whether its server runs.
cluster_runs() { cluster_owns "$1" "$(head -n 1 "$1/postmaster.pid" 2>/dev/null || true)"; }
cluster_stop() {
  [ -e "$1/postmaster.pid" ] || return 0
  as_database_user "$postgres_bin/pg_ctl" stop --pgdata="$1" --mode=fast --wait --timeout=120 --silent \
    </dev/null >/dev/null 2>&1
}

# superuser_sql SOCKET DATABASE [psql options]: statements come from standard input unless -c or -f.
superuser_sql() {
  local socket=$1 database=$2
  shift 2
  PGOPTIONS='-c client_min_messages=warning' psql --no-psqlrc --quiet --tuples-only --no-align \
    --set ON_ERROR_STOP=1 "$(conninfo "$socket" postgres "$database")" "$@"
}
create_roles() {
  superuser_sql "$1" postgres -f "$root/sql/roles.sql" >/dev/null || fail "无法建立数据库角色（sql/roles.sql）"
}
create_database() {
  superuser_sql "$1" postgres >/dev/null <<END || fail "无法建立数据库 $2"
CREATE DATABASE $2 OWNER portal_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
END
}

# A throw-away cluster below a new folder, for tests and benches: sets `scratch` and `socket`.
# Settings come from standard input.
scratch_cluster() {
  require_portal_user
  scratch=$(mktemp -d "$1/portal.XXXXXX")
  chmod 711 "$scratch"
  socket=$scratch/socket
  mkdir -m 700 "$scratch/postgres" "$socket"
  [ "$(id -u)" != 0 ] || chown postgres: "$scratch/postgres"
  socket_folder "$socket"
  : >"$scratch/postgres.log"
  [ "$(id -u)" != 0 ] || chown postgres: "$scratch/postgres.log"
  cluster_create "$scratch/postgres"
  cluster_start "$scratch/postgres" "$socket" "$scratch/postgres.log"
}
end_scratch_cluster() {
  [ -n "${scratch:-}" ] || return 0
  cluster_stop "$scratch/postgres" || true
  rm -rf "$scratch"
}

# ---------------------------------------------------------------- the portal

# The owner's connection string, for migrations and commands: no process that serves is told it.
owner_settings() { echo "PORTAL_DATABASE_OWNER=$(conninfo "$1" portal_owner "$2")"; }
# The configuration of a portal as KEY=value lines: portal_settings SOCKET DATABASE KEYS HOST:PORT
portal_settings() {
  local port=${4##*:}
  echo "PORTAL_DATABASE_STAFF=$(conninfo "$1" portal_staff "$2")"
  echo "PORTAL_DATABASE_PUBLIC=$(conninfo "$1" portal_public "$2")"
  echo "PORTAL_DATABASE_INSPECTOR=$(conninfo "$1" portal_inspector "$2")"
  echo "PORTAL_KEYS=$3"
  echo "PORTAL_LISTEN=$4"
  echo "PORTAL_PUBLIC_URL=${PORTAL_PUBLIC_URL:-http://127.0.0.1:$port}"
  echo "PORTAL_RESOURCES=${PORTAL_RESOURCES:-$root}"
}
export_settings() {
  local line
  while IFS= read -r line; do export "${line?}"; done
}

# A password that the policy accepts and that can be read out on the phone.
make_password() {
  local upper=ABCDEFGHJKMNPQRSTUVWXYZ lower=abcdefghjkmnpqrstuvwxyz digit=23456789
  printf '%s%s-%s-%s' "$(pick $upper 1)" "$(pick $lower 4)" "$(pick $digit 5)" "$(pick $lower 5)"
}
pick() {
  local alphabet=$1 count=$2 number text=
  while [ ${#text} -lt "$count" ]; do
    number=$(od -An -N2 -tu2 /dev/urandom)
    # The remainder is even only below the largest multiple of the alphabet's size.
    if [ "$number" -lt $((65536 / ${#alphabet} * ${#alphabet})) ]; then
      text+=${alphabet:number%${#alphabet}:1}
    fi
  done
  printf %s "$text"
}

port_taken() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    port_taken 127.0.0.1 $port || break
  done
  echo $port
}
# http_status HOST PORT PATH: the status of a GET, nothing when nobody answers.
http_status() {
  local line=
  {
    exec 3<>"/dev/tcp/$1/$2" || return 0
    printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$3" "$1" "$2" >&3
    IFS=' ' read -r -t 5 _ line _ <&3 || true
    exec 3>&-
  } 2>/dev/null
  echo "$line"
}
# serving_copy PROGRAM FOLDER: sets `served` to the program that the user who serves can run, and PORTAL_RESOURCES to what
# it can read: a copy below FOLDER when the project, or the Swift toolchain, stands where only root may enter.
serving_copy() {
  local library
  served=$1
  if as_portal_user "$1" keys --help >/dev/null 2>&1 && as_portal_user test -r "$PORTAL_RESOURCES/sql/roles.sql" &&
    as_portal_user test -r "$PORTAL_RESOURCES/Public/portal.css"; then
    return 0
  fi
  say "用户 $(portal_user) 读不到 $root，程序复制到 $2 后运行"
  rm -rf "$2"
  mkdir -p "$2/lib"
  chmod 755 "$2" "$2/lib"
  cp "$1" "$2/portal"
  while IFS= read -r library; do cp -L "$library" "$2/lib/"; done < <(
    ldd "$1" | awk '$2 == "=>" && $3 ~ /^\// && $3 !~ /^\/(usr\/)?lib(64)?\// { print $3 }'
  )
  cp -R "$PORTAL_RESOURCES/sql" "$PORTAL_RESOURCES/Public" "$2/"
  chmod -R u=rwX,go=rX "$2"
  served=$2/portal
  export PORTAL_RESOURCES=$2 LD_LIBRARY_PATH=$2/lib
  as_portal_user "$served" keys --help >/dev/null 2>&1 || fail "用户 $(portal_user) 无法运行 $served"
}
# portal_keys FILE [COPY]: gives the keys to the user who serves, and nobody else; a copy, where that user cannot reach
# the file. Prints the path to be named in the settings.
portal_keys() {
  if [ "$(id -u)" != 0 ]; then
    chmod 600 "$1"
    echo "$1"
  elif as_portal_user test -x "$(dirname "$1")"; then
    chown portal:portal "$1"
    chmod 600 "$1"
    echo "$1"
  else
    install -o portal -g portal -m 600 "$1" "$2"
    echo "$2"
  fi
}
# portal_serve PROGRAM LOG|-: starts the server as the user who serves, with the exported settings and nothing else of
# this shell's environment; sets portal_pid.
portal_pid=
portal_serve() {
  local name environment=(PATH=/usr/local/bin:/usr/bin:/bin HOME=/nonexistent)
  while IFS= read -r name; do
    case $name in
      PORTAL_DATABASE_OWNER | PORTAL_DEMO_PASSWORD | PORTAL_PASSWORD | PORTAL_TEST_*) ;;
      PORTAL_* | LD_LIBRARY_PATH | LANG | LC_* | TZ) environment+=("$name=${!name}") ;;
      TMPDIR) ! as_portal_user test -w "$TMPDIR" || environment+=("TMPDIR=$TMPDIR") ;;
    esac
  done < <(compgen -e)
  set -m # a group of its own: Ctrl-C reaches this script alone, which ends things in order
  if [ "$2" = - ]; then
    exec_as_portal_user env -i "${environment[@]}" "$1" serve </dev/null 9>&- &
  else
    exec_as_portal_user env -i "${environment[@]}" "$1" serve </dev/null >"$2" 2>&1 9>&- &
  fi
  portal_pid=$!
  set +m
}
# portal_ready HOST PORT SECONDS: false when the portal ended or did not become ready.
portal_ready() {
  local until=$((SECONDS + $3))
  while [ $SECONDS -lt $until ]; do
    kill -0 "$portal_pid" 2>/dev/null || return 1
    [ "$(http_status "$1" "$2" /readyz)" != 200 ] || return 0
    sleep 0.2
  done
  return 1
}
portal_stop() {
  local pid=$portal_pid deadline=$((SECONDS + 20))
  portal_pid=
  [ -n "$pid" ] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    if [ $SECONDS -ge $deadline ]; then
      warn "portal 没有在 20 秒内结束，强制停止"
      kill -KILL "$pid" 2>/dev/null || true
      break
    fi
    sleep 0.1
  done
  wait "$pid" 2>/dev/null || true
}
