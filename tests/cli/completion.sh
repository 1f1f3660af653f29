#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# completion.sh PROGRAM: what bash offers with the program's completions; zsh and fish at least read theirs. And man reads the manual page.
set -eu
PATH=$(dirname "$1"):$PATH
export PATH
command -v bash >/dev/null 2>&1 || {
  echo 'skipped: bash is not there'
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
: >Corefile
failed=0
corefile-lint completion bash >bash
corefile-lint completion zsh >zsh
corefile-lint completion fish >fish
corefile-lint man >corefile-lint.1

# offers WANTED WORD…: the last word is the one that is being typed.
offers() {
  wanted=$1
  shift
  got=$(bash -c '. ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _corefile_lint; printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | head -n 4 | xargs)
  [ "$got" = "$wanted" ] && return
  printf '%s: should offer\n%s\nbut offers\n%s\n' "$*" "$wanted" "$got"
  failed=1
}
offers 'releases' corefile-lint rel
offers 'Corefile' corefile-lint Core
offers 'Corefile' corefile-lint check Core
offers '--fail-on' corefile-lint check --fail
offers '--force-exclude --format' corefile-lint --fo
offers 'error warning info never' corefile-lint check --fail-on ''
offers 'text' corefile-lint releases --format t
offers 'unclosed-brace' corefile-lint explain unclosed-b
offers 'unclosed-brace' corefile-lint --ignore unclosed-b
offers 'bash zsh fish' corefile-lint completion ''

if command -v zsh >/dev/null 2>&1; then zsh -n ./zsh || failed=1; fi
if command -v fish >/dev/null 2>&1; then HOME=$work fish -n ./fish || failed=1; fi
if command -v man >/dev/null 2>&1 && command -v groff >/dev/null 2>&1; then
  MANWIDTH=100 man --warnings -l ./corefile-lint.1 >text 2>complaints || failed=1
  [ ! -s complaints ] || { cat complaints; failed=1; }
  grep -q -- '--statistics' text || { echo 'the manual page has no --statistics'; failed=1; }
fi
exit $failed
