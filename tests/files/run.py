# SPDX-License-Identifier: Apache-2.0
"""run.py PROJECT PROGRAM: docs/files.md holds for a search of folders, for the hook, and for --stdin-filename, name by name."""
import os
import re
import subprocess
import sys
import tempfile

project, lint = sys.argv[1:]

COREFILE = ".:53 {\n    forwardd . 192.0.2.53\n}\n"
LINES = "forwardd . 192.0.2.53\n"
MANIFEST = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: |\n" + "".join(
    "    " + line + "\n" for line in COREFILE.splitlines())

# Name: its text, and whether it is looked at.
NAMES = {
    "Corefile": (COREFILE, True),
    "corefile": (COREFILE, True),
    "Corefile.prod": (COREFILE, True),
    "corefile-edge": (COREFILE, True),
    "Corefile_b": (COREFILE, True),
    "deep/er/site.Corefile": (COREFILE, True),
    "edge_corefile": (COREFILE, True),
    "coredns.conf": (COREFILE, True),
    "other.conf": (COREFILE, False),
    "a.server": (COREFILE, True),
    "b.override": (LINES, True),
    "c.yaml": (MANIFEST, True),
    "d.yml": (MANIFEST, True),
    "e.json": ('{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "coredns", "namespace": "kube-system"}, '
               '"data": {"Corefile": ".:53 {\\n  forwardd . 192.0.2.53\\n}\\n"}}\n', True),
    "f.tf": ("resource \"kubernetes_config_map\" \"c\" {\n  data = {\n    Corefile = <<EOT\n" + COREFILE + "EOT\n  }\n}\n", True),
    "g.tf": ("variable \"x\" {}\n", False),
    "Corefile.j2": (COREFILE, False),
    "Corefile.BAK": (COREFILE, False),
    "Corefile.md": (COREFILE, False),
    "MyCorefile": (COREFILE, False),
    "Corefiles": (COREFILE, False),
    "notes.txt": (COREFILE, False),
    "a.tpl": (COREFILE, False),
    "other.yaml": ("kind: Deployment\n", False),
    "chart.yaml": ("metadata:\n  {{- include \"labels\" . | nindent 4 }}\n", False),
    "ignored/Corefile": (COREFILE, False),
    "kept/build.Corefile": (COREFILE, True),
    "build.Corefile": (COREFILE, False),
    "skipped/Corefile": (COREFILE, False),
    ".hidden/Corefile": (COREFILE, False),
}
GITIGNORE = "ignored/\n*build.Corefile\n!kept/build.Corefile\n"


def run(*arguments, text=None):
    done = subprocess.run([lint, "--format", "concise", "--fail-on", "never", "--exclude", "skipped", *arguments], input=text,
                          stdin=subprocess.DEVNULL if text is None else None, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (arguments, done)
    return done.stdout


def reported(output):
    return sorted({line.split(":")[0] for line in output.splitlines()})


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    for name, (text, _) in NAMES.items():
        os.makedirs(os.path.dirname(os.path.join(work, name)), exist_ok=True)
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    with open(".gitignore", "w", encoding="utf-8") as file:
        file.write(GITIGNORE)
    os.mkdir(".git")  # enough for a work tree's top

    wanted = sorted(name for name, (_, looked_at) in NAMES.items() if looked_at)
    hooks = open(os.path.join(project, ".pre-commit-hooks.yaml"), encoding="utf-8").read()
    pattern = re.compile(re.search(r"files: (?:&\w+ )?'(.*)'", hooks).group(1))
    hooked = [name for name in NAMES if pattern.search(name)]
    ways = {
        "a search of the folder": reported(run(".")),
        "a search of the current folder": reported(run()),
        "the hook": reported(run("--force-exclude", *hooked)),
        "names with --force-exclude": reported(run("--force-exclude", *NAMES)),
        "--stdin-filename with --force-exclude": sorted(
            name for name, (text, _) in NAMES.items() if run("--force-exclude", "--stdin-filename", name, "-", text=text)),
    }
    wrong = {way: got for way, got in ways.items() if got != wanted}
    for way, got in wrong.items():
        print(f"{way}: looks at {got}\nand should look at {wanted}")
    # What is named is looked at.
    named = reported(run("skipped/Corefile", "ignored/Corefile", "notes.txt", ".hidden/Corefile"))
    if named != [".hidden/Corefile", "ignored/Corefile", "notes.txt", "skipped/Corefile"]:
        wrong["named"] = named
        print(f"named: looks at {named}")
    everything = reported(run("--no-gitignore", "."))
    if everything != sorted(wanted + ["build.Corefile", "ignored/Corefile"]):
        wrong["--no-gitignore"] = everything
        print(f"--no-gitignore: looks at {everything}")
    print(f"files: {len(NAMES)} names, {len(ways) + 2} ways, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)
