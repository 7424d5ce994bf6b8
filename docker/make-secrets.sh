#!/bin/sh
# Makes the secrets of docker/compose.yaml, once: what is there is kept. Needs openssl.
# The directory is closed to others; the files are readable, because each container reads its own as a user without rights.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 022

make() {
  if [ -e "secrets/$1" ]; then
    echo "kept secrets/$1"
    return
  fi
  # Complete or not at all: a half-written key would be taken for a key.
  printf '%s\n' "$2" > "secrets/.$1"
  mv "secrets/.$1" "secrets/$1"
  chmod 444 "secrets/$1"
  echo "made secrets/$1"
}

make master_key "$(openssl rand -hex 32)"
make token_key "$(openssl rand -hex 32)"
make postgres_password "$(openssl rand -hex 24)"
make postgres_url "postgres://aftercare:$(cat secrets/postgres_password)@postgres:5432/aftercare"
make clickhouse_password "$(openssl rand -hex 24)"
make grafana_password "$(openssl rand -hex 24)"
echo "keep secrets/master_key somewhere else as well: without it nobody can read the personal data of a backup"
