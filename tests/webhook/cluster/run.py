#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run.py PROJECT SHARED SERVER [CASES…]: the webhook as deploy/ would run it, before a real API server, through kubectl.

SHARED/cluster has the scripts that start one, COREFILE_CLUSTER_BIN names the folder with kube-apiserver, etcd and kubectl.
All is played with failurePolicy Ignore, then with Fail. COREFILE_REFRESH=1 rewrites what is expected, with Ignore.
"""

import difflib
import os
import shutil
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases
from cluster import Cluster
from world import World

HERE = os.path.dirname(os.path.abspath(__file__))


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def requirements(shared):
    binaries = os.environ.get("COREFILE_CLUSTER_BIN")
    if not binaries:
        skip("COREFILE_CLUSTER_BIN names no folder with kube-apiserver, etcd and kubectl")
    for program in ("kube-apiserver", "etcd", "kubectl"):
        if not os.access(f"{binaries}/{program}", os.X_OK):
            skip(f"{binaries}/{program} is not there")
    scripts = os.path.normpath(f"{shared}/cluster")
    if not os.path.exists(f"{scripts}/up.sh"):
        skip(f"{scripts}/up.sh, which starts the API server, is not there")
    for program in ("openssl", "curl"):
        if not shutil.which(program):
            skip(f"{program} is not there")
    return scripts, os.path.abspath(binaries)


def play(world, path, refresh):
    """One file of cases; the number of those that went otherwise than written."""
    with open(path) as text:
        preamble, written = cases.read(text.read())
    for program in (line.removeprefix("Needs: ") for line in preamble if line.startswith("Needs: ")):
        if not shutil.which(program):
            print(f"skipped:  {os.path.basename(path)}: {program} is not there")
            return 0
    failed, played = 0, []
    for case in written:
        before = time.monotonic()
        got = world.play(case)
        played.append(got)
        same = got == case
        failed += not same
        verdict = "ok" if same else "refreshed" if refresh else "FAILED"
        print(f"{verdict:9} {world.policy:6} {os.path.basename(path)}: {case.name} ({time.monotonic() - before:.1f} s)", flush=True)
        if not same and not refresh:
            sides = [cases.write([], [side]).splitlines() for side in (case, got)]
            print("\n".join(difflib.unified_diff(*sides, "expected", "got", lineterm="")), flush=True)
    if refresh:
        with open(path, "w") as text:
            text.write(cases.write(preamble, played))
        return 0
    return failed


def play_all(world, paths, refresh):
    failed = 0
    for world.policy in ("Ignore",) if refresh else ("Ignore", "Fail"):
        wrong = [play(world, path, refresh) for path in paths]
        print(f"webhook.cluster: failurePolicy {world.policy}: {len(paths)} files of cases, {sum(wrong)} cases otherwise than written", flush=True)
        failed += sum(wrong)
    return failed


def session(project, shared, server, what):
    """`what` with a cluster that is there for as long as it takes; it says how much went wrong."""
    scripts, binaries = requirements(shared)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="corefile-cluster-")
    cluster, world = Cluster(scripts, binaries, f"{folder}/cluster"), None
    try:
        cluster.start()
        world = World(project, os.path.abspath(server), cluster, folder)
        world.install()
        failed = what(world)
    finally:
        if world:
            world.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


def main(project, shared, server, *chosen):
    paths = list(chosen) or sorted(f"{HERE}/cases/{name}" for name in os.listdir(f"{HERE}/cases"))
    refresh = os.environ.get("COREFILE_REFRESH") == "1"
    return session(project, shared, server, lambda world: play_all(world, paths, refresh))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
