#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""image.py PROJECT: what the Dockerfile says, step by step in a plain folder instead of a container engine, and the result's program
alone in a root file system of its own. It builds everything anew, so it waits for COREFILE_IMAGE=1."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import dockerfile


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def installed(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True)
    # Boost's packages exclude one another.
    return done.stdout == "installed" or "boost" in package and os.path.exists("/usr/include/boost/beast/version.hpp")


def build(project, deploy, stage, folder):
    """The first stage: its WORKDIR is the folder, and what it installs must be here."""
    missing = [package for package in dockerfile.packages(stage) if not installed(package)]
    if missing:
        skip(f"not installed: {' '.join(missing)}")
    given = dockerfile.included(f"{deploy}/Dockerfile.dockerignore")
    for source, target in dockerfile.copies(stage):
        if source not in given:
            raise ValueError(f"{source} is kept out by Dockerfile.dockerignore")
        if os.path.isdir(f"{project}/{source}"):
            shutil.copytree(f"{project}/{source}", f"{folder}/{target}")
        else:
            shutil.copy2(f"{project}/{source}", f"{folder}/{target}")
    for word, rest in stage:
        if word == "RUN" and "apt-get" not in rest:
            print(f"$ {rest}", flush=True)
            subprocess.run(["sh", "-ec", rest], cwd=folder, check=True)


def assemble(stage, workdir, folder, root):
    for source, target in dockerfile.copies(stage):
        shutil.copy2(folder + source.removeprefix(workdir), root + target)


def answer(address):
    """What it says to a DELETE of the live Corefile."""
    place = {"name": "coredns", "namespace": "kube-system"}
    kind, resource = {"group": "", "version": "v1", "kind": "ConfigMap"}, {"group": "", "version": "v1", "resource": "configmaps"}
    request = {"uid": "1", "operation": "DELETE", "kind": kind, "resource": resource, **place,
               "object": None, "oldObject": {"metadata": place, "data": {"Corefile": ". {\n}\n"}}}
    review = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(f"https://{address}/validate", json.dumps(review).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, context=unverified, timeout=30) as reply:
        return json.load(reply)["response"]


def alone(root, user, program, deploy):
    """Runs the program as the user it will be, with the Deployment's arguments, where there is nothing but itself and its volumes."""
    if os.geteuid() != 0:
        print("skipped: chroot needs root")
        return
    os.chmod(root, 0o755)
    for folder in ("tls", "config"):
        os.mkdir(f"{root}/{folder}")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=corefile-webhook",
                    "-keyout", f"{root}/tls/tls.key", "-out", f"{root}/tls/tls.crt"], check=True, capture_output=True)
    os.chmod(f"{root}/tls/tls.key", 0o644)
    with open(f"{root}/config/config.yaml", "w") as config:
        config.write("enforce: errors\n")
    with open(f"{deploy}/base/deployment.yaml") as deployment:
        arguments = re.findall(r"^ *- (--\S+)$", deployment.read(), re.M)
    here = ["--listen=127.0.0.1:0", "--metrics-listen=127.0.0.1:0", "--drain-delay=0"]
    kept = [argument for argument in arguments if argument.split("=")[0] not in [one.split("=")[0] for one in here]]
    process = subprocess.Popen([shutil.which("chroot"), f"--userspec={user}", root, program, *kept, *here], stderr=subprocess.PIPE, text=True, env={})
    try:
        for line in process.stderr:
            if json.loads(line)["msg"] == "listening":
                response = answer(json.loads(line)["address"])
                break
        else:
            raise RuntimeError(f"it ended with {process.wait()}")
    finally:
        process.terminate()
        process.stderr.read()
        ended = process.wait(60)
    if response["allowed"] or response["uid"] != "1" or ended:
        raise RuntimeError(f"alone in its root: {response}, and ended with {ended}")
    print("alone in its root: reviews over HTTPS, ends at SIGTERM")


def main(project):
    if os.environ.get("COREFILE_IMAGE") != "1":
        skip("COREFILE_IMAGE=1 is not set")
    deploy = f"{project}/tools/corefile-webhook/deploy"
    first, last = dockerfile.stages(f"{deploy}/Dockerfile")
    with tempfile.TemporaryDirectory(prefix="corefile-image-") as work:
        folder, root = f"{work}/source", f"{work}/root"
        os.makedirs(folder)
        os.makedirs(root)
        build(project, deploy, first, folder)
        assemble(last, dict(first)["WORKDIR"], folder, root)
        for name in sorted(os.listdir(root)):
            print(f"/{name}: {os.path.getsize(f'{root}/{name}')} bytes")
        alone(root, dict(last)["USER"], dict(last)["ENTRYPOINT"].strip('["]'), deploy)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
