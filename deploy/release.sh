#!/usr/bin/env bash
# Builds a release into the folder dist: the web app once, a static program for each processor, the licences of all that is in them, the files
# and pages for operators, and sums. It needs the tools of `make build`, and the static C library. For arm64 it needs aarch64-linux-gnu-gcc,
# and leaves that program out without it. Two builds of a commit give the same bytes. The version is the commit's tag, such as v1.0.0.
#
#   deploy/release.sh               # KEEP_WEB=1 takes the web app that is in web/dist
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -n "$(git status --porcelain)" ]; then
	echo "Commit everything first: a release is made of a commit." >&2
	exit 1
fi
[ -n "${KEEP_WEB:-}" ] || make web
[ -f web/dist/index.html ] || { echo "The web app is not built." >&2; exit 1; }

rm -rf dist
mkdir -p dist/{data,deploy,docs}

# build PROCESSOR COMPILER
build() {
	local program=dist/usher-linux-$1
	CGO_ENABLED=1 GOOS=linux GOARCH=$1 CC=$2 go build -trimpath -buildvcs=true -tags netgo,osusergo,sqlite_omit_load_extension \
		-ldflags '-s -w -linkmode external -extldflags "-static -Wl,--build-id=none"' -o "$program" .
	go version -m "$program" >"$program.modules"
}
case $(go env GOHOSTARCH) in
amd64) build amd64 "${CC:-gcc}" ;;
*) build amd64 x86_64-linux-gnu-gcc ;;
esac
if command -v aarch64-linux-gnu-gcc >/dev/null; then
	build arm64 aarch64-linux-gnu-gcc
else
	echo "There is no program for arm64, because aarch64-linux-gnu-gcc is missing." >&2
fi
node deploy/notices.mjs "$(ls dist/usher-linux-*64 | head -n 1)" >dist/NOTICES.txt
cp deploy/{nginx.conf,Caddyfile,haproxy.cfg,usher.service,Dockerfile,compose.yaml,alerts.yml,grafana.json} dist/deploy/
cp docs/{operating,upgrading,security,versions,performance}.md dist/docs/
cp LICENSE CHANGELOG.md dist/
(cd dist && find . -type f | sed 's,^\./,,' | LC_ALL=C sort | xargs -d '\n' sha256sum >../SHA256SUMS && mv ../SHA256SUMS .)
cat dist/SHA256SUMS
