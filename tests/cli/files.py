#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""files.py PROGRAM: what --fix does to files as they lie on a disk, and whether git and patch take what --diff prints."""

import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile

lint = os.path.abspath(sys.argv[1])
BAD = b".:53 {\n  cache 30s\n  forward . 192.0.2.1\n}\n"
GOOD = BAD.replace(b"30s", b"30")
failed = []


def expect(what, wanted, got):
    if wanted != got:
        failed.append(what)
        print(f"{what}: should be\n{wanted!r}\nbut is\n{got!r}")


def run(*arguments, **options):
    return subprocess.run([lint, *arguments], capture_output=True, check=False, **options)


def fix(*paths):
    return run("--fix", "--unsafe-fixes", "--fail-on", "never", *paths)


def write(path, text=BAD):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def in_folder(test):
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            test()
        finally:
            os.chdir(before)


def keeps_what_it_is():
    write("Corefile")
    os.chmod("Corefile", 0o640)
    attributes = {}
    try:
        os.setxattr("Corefile", "user.note", b"mine")
        attributes["user.note"] = b"mine"
    except OSError:
        print("this file system has no extended attributes: not tried")
    if shutil.which("setfacl") and subprocess.run(["setfacl", "-m", "u:1:r", "Corefile"], check=False).returncode == 0:
        attributes["system.posix_acl_access"] = os.getxattr("Corefile", "system.posix_acl_access")
    if os.geteuid() == 0:
        os.chown("Corefile", 1, 2)
    os.chmod("Corefile", 0o4640)
    if os.geteuid() == 0:
        # Two capabilities that nothing runs with: what writes to a file takes them away.
        attributes["security.capability"] = bytes.fromhex("0100000200200000000000000000000000000000")
        os.setxattr("Corefile", "security.capability", attributes["security.capability"])
    before = os.stat("Corefile")
    expect("exit code", 0, fix("Corefile").returncode)
    after = os.stat("Corefile")
    expect("text", GOOD, read("Corefile"))
    expect("mode", stat.filemode(before.st_mode), stat.filemode(after.st_mode))
    expect("owner", (before.st_uid, before.st_gid), (after.st_uid, after.st_gid))
    expect("attributes", attributes, {name: os.getxattr("Corefile", name) for name in attributes})
    expect("nothing beside it", ["Corefile"], os.listdir("."))


def takes_no_acl_from_its_folder():
    if not shutil.which("setfacl") or subprocess.run(["setfacl", "-d", "-m", "u:1:rwx", "."], check=False).returncode != 0:
        print("no default ACLs here: not tried")
        return
    write("Corefile")
    os.removexattr("Corefile", "system.posix_acl_access")
    os.chmod("Corefile", 0o640)
    expect("exit code", 0, fix("Corefile").returncode)
    expect("no ACL", [], [name for name in os.listxattr("Corefile") if "acl" in name])
    expect("its mode", "-rw-r-----", stat.filemode(os.stat("Corefile").st_mode))


def refuses(what, path, reason):
    result = fix(path)
    expect(f"{what}: exit code", 2, result.returncode)
    expect(f"{what}: text", BAD, read(path))
    expect(f"{what}: reason", f"corefile-lint: {path}: not rewritten: {reason}\n", result.stderr.decode())
    expect(f"{what}: its finding is told", 1, result.stdout.count(b"cache-ttl-as-zone]"))
    expect(f"{what}: and counted", True, b"1 file could not be rewritten\n" in result.stdout)
    result = run("format", path)
    expect(f"{what}: format", (2, reason in result.stderr.decode(), False),
           (result.returncode, reason in result.stderr.decode(), b"formatted" in result.stderr))


def refuses_aloud():
    write("read-only.corefile")
    os.chmod("read-only.corefile", 0o444)
    refuses("a read-only file", "read-only.corefile", "it is read-only" if os.geteuid() == 0 else "Permission denied")
    write("linked.corefile")
    os.link("linked.corefile", "other-name")
    refuses("a file with two hard links", "linked.corefile", "it has 1 more hard link, which would keep the old text")
    if os.geteuid() == 0 and shutil.which("mount"):
        refuses_on_odd_disks()


def refuses_on_odd_disks():
    """Full, read-only, and a file that is a mount of its own, as in a container."""
    os.mkdir("disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "nr_inodes=2", "none", "disk"], capture_output=True, check=False).returncode != 0:
        print("nothing can be mounted here: full disks are not tried")
        return
    try:
        write("disk/Corefile")
        refuses("a full disk", "disk/Corefile", "beside it: No space left on device")
        subprocess.run(["mount", "-o", "remount,ro", "disk"], check=True)
        refuses("a read-only disk", "disk/Corefile", "Read-only file system")
    finally:
        subprocess.run(["umount", "disk"], check=True)
    write("mounted.corefile")
    write("place.corefile")
    subprocess.run(["mount", "--bind", "mounted.corefile", "place.corefile"], check=True)
    try:
        refuses("a mounted file", "place.corefile", "Device or resource busy")
    finally:
        subprocess.run(["umount", "place.corefile"], check=True)


def follows_links():
    write("real/a.corefile")
    os.symlink("real/a.corefile", "link.corefile")
    result = fix("link.corefile", "./real/a.corefile", "real/a.corefile")
    expect("through a link", GOOD, read("real/a.corefile"))
    expect("the link stays one", True, os.path.islink("link.corefile"))
    expect("the same file once", True, b"applied 1 fix\n" in result.stderr)


def fixes_what_is_imported():
    write("a.corefile", b"a.example {\n    import shared.conf\n}\n")
    write("b.corefile", b"b.example {\n    import shared.conf\n}\n")
    write("shared.conf", b"cache 30s\nforward . 192.0.2.1\n")
    result = run("--format", "concise", "--select", "cache-ttl-as-zone", "a.corefile", "b.corefile")
    expect("an imported file is reported once", 1, result.stdout.count(b"shared.conf:"))
    diff = run("--diff", "--unsafe-fixes", "--select", "cache-ttl-as-zone", "a.corefile", "b.corefile")
    expect("and is in a diff once", 1, diff.stdout.count(b"+cache 30\n"))
    expect("and is counted once", True, b"would apply 1 fix\n" in diff.stderr)
    result = fix("--select", "cache-ttl-as-zone", "a.corefile", "b.corefile")
    expect("and is fixed once", (b"cache 30\nforward . 192.0.2.1\n", True), (read("shared.conf"), b"applied 1 fix\n" in result.stderr))


NAMES = ["plain.corefile", "with blanks/a b.corefile", "tab\there.corefile", 'quo"te.corefile', "back\\slash.corefile", "line\nend.corefile",
         "\u00fcml\u00e4ut.corefile", "-dash.corefile", "blank-at-the-end.corefile "]


def diff_applies(tool, *command):
    if not shutil.which(tool):
        print(f"there is no {tool} here: not tried")
        return

    def test():
        if tool == "git":
            subprocess.run(["git", "init", "--quiet"], check=True)
        for name in NAMES:
            write(name)
        write("elsewhere/real.corefile")
        os.symlink("elsewhere/real.corefile", "link.corefile")
        paths = ["./" + name for name in NAMES] + ["link.corefile"]
        diff = run("--diff", "--unsafe-fixes", *paths).stdout
        applied = subprocess.run(command, input=diff, capture_output=True, check=False)
        expect(f"{tool}'s exit code", (0, b""), (applied.returncode, applied.stderr))
        for name in [*NAMES, "elsewhere/real.corefile"]:
            expect(f"{tool}, {name}", GOOD, read(name))

    in_folder(test)


def killed():
    """Old or new, never half. The moments are spread over the time that one run takes."""
    block = b"".join(b"z%d.example {\n    cache 30s\n    forward . 192.0.2.1\n}\n" % number for number in range(300))
    good = block.replace(b"30s", b"30")
    write("Corefile", block)
    started = os.times().elapsed
    fix("Corefile")
    took = os.times().elapsed - started
    expect("not killed", good, read("Corefile"))
    choice = random.Random(7)
    for _ in range(25):
        write("Corefile", block)
        child = subprocess.Popen([lint, "--fix", "--unsafe-fixes", "Corefile"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(choice.uniform(0.2, 1.1) * took)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        text = read("Corefile")
        expect("killed while it writes", True, text in (block, good))
        # What a killed run leaves is hidden, and no input of the next one.
        expect("what else lies there", [], [name for name in os.listdir(".") if name != "Corefile" and not name.startswith(".")])


def many():
    """More findings than are kept."""
    number = 10500
    write("Corefile", b"".join(b"z%d.example {\n    cache 30s\n    whoami\n}\n" % i for i in range(number)))
    result = fix("--select", "cache-ttl-as-zone", "Corefile")
    expect("all of many", 0, read("Corefile").count(b"30s"))
    expect("their count", True, b"applied %d fixes\n" % number in result.stderr)


def upgrades():
    """What kubeadm wrote in 2018 becomes what the newest release loads, and answers with."""
    old = b""".:53 {
    errors
    health
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       upstream
       fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    proxy . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
"""
    new = old.replace(b"       upstream\n", b"").replace(b"proxy", b"forward")
    write("Corefile", old)
    expect("2018's file is refused", 1, run("--fail-on", "error", "Corefile").returncode)
    fix("Corefile")
    expect("2018's file", new, read("Corefile"))
    expect("it is loaded", 0, run("--fail-on", "error", "Corefile").returncode)
    expect("it answers", True, b"forward" in run("ask", "Corefile", "www.example.org", "A").stdout)


for test in [upgrades, keeps_what_it_is, takes_no_acl_from_its_folder, refuses_aloud, follows_links, fixes_what_is_imported, killed, many]:
    in_folder(test)
diff_applies("git", "git", "apply")
diff_applies("patch", "patch", "-p1", "--quiet")
print(f"files: {len(failed)} wrong")
sys.exit(1 if failed else 0)
