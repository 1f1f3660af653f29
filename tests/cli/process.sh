#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# process.sh PROGRAM: streams and exit codes of the real program.
set -u
lint=$1
failed=0
expect() { # WHAT WANTED GOT
  [ "$2" = "$3" ] && return
  printf '%s: should be\n%s\nbut is\n%s\n' "$1" "$2" "$3"
  failed=1
}

out=$("$lint" --format concise --select unclosed-brace - <<'END'
. {
    cache 30 {
END
)
expect 'exit code with a finding' 1 $?
expect 'a finding' 'error[unclosed-brace]' "$(printf '%s\n' "$out" | sed -n '1s/.*\(error.*\]\).*/\1/p')"

out=$(printf '. {\n}\n' | "$lint" --quiet --select unclosed-brace -)
expect 'exit code of a clean file' 0 $?
expect 'output for a clean file' '' "$out"

out=$("$lint" --quiet no/such/file 2>/dev/null)
expect 'exit code of a missing file' 2 $?
expect 'standard output for a missing file' 'error: no/such/file: No such file or directory' "$out"

"$lint" version >/dev/full 2>/dev/null
expect 'exit code where nothing can be written' 2 $?
exit $failed
