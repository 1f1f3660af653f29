# SPDX-License-Identifier: Apache-2.0
"""gitignore.py PROGRAM: a search of folders leaves out what `git ls-files` calls ignored, for random patterns in random folders."""
import os
import random
import shutil
import subprocess
import sys
import tempfile

lint = sys.argv[1]
if shutil.which("git") is None:
    print("skipped: git is not there")
    sys.exit(77)

FOLDERS = ["", "a", "b", "a/b", "a/b/c", "b/a", "c d"]
NAMES = ["Corefile", "x.Corefile", "Corefile.x", "[y].Corefile"]
PATTERNS = ["Corefile", "*.Corefile", "/Corefile", "a", "a/", "/a", "b/", "a/b", "/a/b/", "**/b", "a/**", "a/**/c", "**/c/**", "!Corefile", "!a/",
            "!x.Corefile", "!/a/b", "*", "!*/", "# a", "\\#", "Corefile.?", "[!C]*.Corefile", "[a-b]", "c d/", "c\\ d", "Corefile ", "Corefile\\ ",
            "\\[y\\].Corefile", "", "/", "**", "/*", "!/a", "Corefile/", "b/*", "*/b", "!!a", "\\!a", "a//b", "x*"]
ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
for variable in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
    ENVIRONMENT.pop(variable, None)


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, stdin=subprocess.DEVNULL).stdout


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    output("git", "init", "-q")
    for folder in FOLDERS:
        os.makedirs(os.path.join(work, folder), exist_ok=True)
        for name in NAMES:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write("forwardd\n")
    choose = random.Random(1)
    wrong = 0
    for trial in range(150):
        written = {}
        for folder in choose.sample(FOLDERS, choose.randint(1, 3)):
            written[folder] = [choose.choice(PATTERNS) for _ in range(choose.randint(1, 4))]
            with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
                file.write("\n".join(written[folder]) + "\n")
        wanted = sorted(output("git", "ls-files", "-z", "--others", "--exclude-standard", "--", ":!.gitignore", ":!**/.gitignore").split("\0")[:-1])
        got = sorted({line.split(":")[0] for line in output(lint, "--format", "concise", ".").splitlines()})
        if got != wanted:
            wrong += 1
            print(f"{written}\nleft by git and not here: {sorted(set(wanted) - set(got))}\nleft here and not by git: {sorted(set(got) - set(wanted))}")
        for folder in written:
            os.remove(os.path.join(folder, ".gitignore"))
    print(f"gitignore: 150 trials, {wrong} wrong")
    sys.exit(1 if wrong else 0)
