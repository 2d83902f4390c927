#!/usr/bin/env bash
# Starts PostgreSQL the way the official image does, as far as compositions rely on it: the same
# variables, the same folder of initial scripts, and the same two phases (a first server on a
# socket only, then the real one), because readiness is judged by exactly that difference.
set -euo pipefail

fail() {
  printf 'Error: %s\n' "$1" >&2
  exit 1
}

# A variable's value may also come from the file that NAME_FILE names.
read_from_file() {
  local name="$1" file_name="${1}_FILE"
  if [[ -n "${!file_name:-}" ]]; then
    [[ -z "${!name:-}" ]] || fail "both $name and $file_name are set (but are exclusive)"
    printf -v "$name" '%s' "$(<"${!file_name}")"
    export "${name?}"
  fi
}

prepare_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 0700 "$PGDATA" || true
  chmod 03775 /var/run/postgresql || true
  if [[ "$(id -u)" == 0 ]]; then
    find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres:postgres '{}' +
  fi
}

create_cluster() {
  local authentication="${POSTGRES_HOST_AUTH_METHOD:-}"
  if [[ -z "$POSTGRES_PASSWORD" && "$authentication" != trust ]]; then
    fail "the database is uninitialized and no superuser password is given. Set POSTGRES_PASSWORD
       to a value that is not empty, or POSTGRES_HOST_AUTH_METHOD=trust to allow every connection
       without a password (not recommended)."
  fi
  local -a arguments=()
  if [[ -n "${POSTGRES_INITDB_ARGS:-}" ]]; then
    eval "arguments=($POSTGRES_INITDB_ARGS)"
  fi
  if [[ -n "${POSTGRES_INITDB_WALDIR:-}" ]]; then
    arguments+=(--waldir "$POSTGRES_INITDB_WALDIR")
  fi
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
    "${arguments[@]}" "$PGDATA"
  if [[ -z "$authentication" ]]; then
    authentication="$(postgres -C password_encryption)"
  fi
  printf '\nhost all all all %s\n' "$authentication" >>"$PGDATA/pg_hba.conf"
}

run_sql() {
  PGPASSWORD="$POSTGRES_PASSWORD" PGHOST='' PGHOSTADDR='' psql --set ON_ERROR_STOP=1 \
    --no-password --no-psqlrc --username "$POSTGRES_USER" "$@"
}

run_initial_script() {
  local script="$1"
  printf '%s: running %s\n' "$0" "$script"
  case "$script" in
    *.sh)
      if [[ -x "$script" ]]; then
        "$script"
      else
        # shellcheck disable=SC1090 # Which scripts there are is the user's choice.
        . "$script"
      fi
      ;;
    *.sql) run_sql --dbname "$POSTGRES_DB" --file "$script" ;;
    *.sql.gz) gunzip --stdout "$script" | run_sql --dbname "$POSTGRES_DB" ;;
    *) printf '%s: ignoring %s\n' "$0" "$script" ;;
  esac
}

# Nobody can connect over TCP before this is done: the first server listens on a socket only.
initialize() {
  pg_ctl --pgdata "$PGDATA" --options "-c listen_addresses='' -p ${PGPORT:-5432}" --wait start
  if [[ "$POSTGRES_DB" != postgres ]]; then
    run_sql --dbname postgres --set database="$POSTGRES_DB" <<<'CREATE DATABASE :"database";'
  fi
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    [[ -e "$script" ]] || continue
    run_initial_script "$script"
  done
  pg_ctl --pgdata "$PGDATA" --mode fast --wait stop
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

if [[ "${1:-}" == -* ]]; then
  set -- postgres "$@"
fi

if [[ "${1:-}" == postgres ]]; then
  read_from_file POSTGRES_PASSWORD
  read_from_file POSTGRES_USER
  read_from_file POSTGRES_DB
  export POSTGRES_USER="${POSTGRES_USER:-postgres}"
  export POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"
  export POSTGRES_PASSWORD="${POSTGRES_PASSWORD:-}"
  prepare_folders
  if [[ "$(id -u)" == 0 ]]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups \
      env HOME=/var/lib/postgresql bash "$0" "$@"
  fi
  if [[ -s "$PGDATA/PG_VERSION" ]]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    create_cluster
    initialize
  fi
fi

exec "$@"
