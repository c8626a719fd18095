#!/bin/sh
# Makes every PNG icon anew from resources/icons/drover.svg and the shapes in make.mjs.
# The PNGs are kept in the repository, so only someone who changes the icons needs this.
# It needs rsvg-convert:  apt-get install librsvg2-bin  |  brew install librsvg
set -eu
command -v rsvg-convert >/dev/null || {
  echo "make.sh: rsvg-convert is missing: apt-get install librsvg2-bin, or brew install librsvg" >&2
  exit 69
}
exec node "$(dirname "$0")/make.mjs"
