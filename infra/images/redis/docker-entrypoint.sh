#!/bin/sh
# Starts Redis the way the official image does: options alone mean redis-server, and the server
# does not run as root. Debian's server refuses connections from other hosts unless told otherwise;
# the official one does not.
set -eu

case "${1:-}" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis:redis '{}' +
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi

if [ "${1:-}" = redis-server ]; then
  set -- "$@" --protected-mode no
fi

exec "$@"
