# SPDX-License-Identifier: Apache-2.0
"""changed.py PROGRAM: --changed in a repository with a branch, names with blanks and letters beyond ASCII, and a folder below the top."""
import os
import shutil
import subprocess
import sys
import tempfile

lint = sys.argv[1]
if shutil.which("git") is None:
    print("skipped: git is not there")
    sys.exit(77)

ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
               "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}
for variable in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
    ENVIRONMENT.pop(variable, None)
FAULTY = ".:53 {\n    forwardd . 192.0.2.53\n}\n"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, stdin=subprocess.DEVNULL)


def git(*arguments):
    assert run("git", *arguments).returncode == 0, arguments


def write(path, text):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


wrong = 0


def expect(wanted, *arguments):
    global wrong
    got = sorted({line.split(":")[0] for line in run(lint, "--format", "concise", *arguments).stdout.splitlines()})
    if got != sorted(wanted):
        wrong += 1
        print(f"{arguments}: looks at {got}\nand should look at {sorted(wanted)}")


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    git("init", "-q", "-b", "main")
    for name in ("Corefile", "old.Corefile", "sub/Corefile", "b c.Corefile", "é.Corefile", "gone.Corefile"):
        write(name, FAULTY)
    git("add", ".")
    git("commit", "-qm", "one")
    expect([], "--changed")
    git("checkout", "-qb", "branch")
    write("sub/Corefile", FAULTY + "# more\n")
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    write("old.Corefile", FAULTY + "# main moved on\n")
    git("commit", "-qam", "three")
    git("checkout", "-q", "branch")
    write("b c.Corefile", FAULTY + "# not committed\n")
    write("é.Corefile", FAULTY + "# staged\n")
    git("add", "é.Corefile")
    write("new.Corefile", FAULTY)
    write(".gitignore", "ignored.Corefile\n")
    write("ignored.Corefile", FAULTY)
    os.remove("gone.Corefile")
    expect(["b c.Corefile", "é.Corefile", "new.Corefile"], "--changed")
    expect(["b c.Corefile", "é.Corefile", "new.Corefile", "sub/Corefile"], "--changed=main")
    expect(["b c.Corefile"], "--changed", "b c.Corefile", "Corefile")
    os.chdir("sub")
    expect(["Corefile"], "--changed=main")
    unknown = run(lint, "--changed=nothing", ".")
    if unknown.returncode != 2 or "corefile-lint: --changed: git does not know what has changed" not in unknown.stderr:
        wrong += 1
        print(f"an unknown revision: {unknown}")
    print(f"changed: 6 runs, {wrong} wrong")
    sys.exit(1 if wrong else 0)
