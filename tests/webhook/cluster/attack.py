#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""attack.py PROJECT SHARED SERVER [WORD]: the cases of ../attack before a real API server, which must hold what they hold, with the same
words, and let pass what they let pass, with the same warnings; with failurePolicy Ignore, then with Fail. WORD: those whose names have it.
"""

import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from cluster import until
from run import session

sys.setrecursionlimit(10_000)  # for JSON that is nested as deep as attackers like it

NAMESPACE = "/api/v1/namespaces/kube-system/configmaps"
DENIED = 'admission webhook "validate.corefile-lint.dev" denied the request: '
MOST_WARNED = 4096  # bytes of warnings that an API server passes on


def repeated(text):
    """@@N@@TEXT@@: TEXT N times, with its number for %N."""
    one = re.compile(r"@@(\d+)@@(.*?)@@", re.S)
    return one.sub(lambda found: "".join(found[2].replace("%N", str(i)) for i in range(int(found[1]))), text)


class Case:
    def __init__(self, text):
        self.name, rest = text.split("\n", 1)
        command, *sections = re.split(r"^>>> ", rest, flags=re.M)
        self.arguments = command.split()[4:]  # behind `$ corefile-webhook --review -`
        self.sections = dict(section.split("\n", 1) for section in sections)
        self.request = json.loads(repeated(self.sections["stdin"]))["request"]
        self.expected = json.loads(self.sections["stdout"])["response"]
        self.allowed = self.expected["allowed"]

    def files(self):
        return {title[5:]: text for title, text in self.sections.items() if title.startswith("file ")}


def cases(folder):
    for name in sorted(os.listdir(folder)):
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            for text in re.split(r"^=== ", file.read(), flags=re.M)[1:]:
                yield Case(text)


def give_rights(cluster, users):
    """To whoever the reviews say that it is, as editors of that namespace have them. No controller fills `edit` here."""
    subjects = [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": user} for user in sorted(users)]
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:aggregate-to-edit"}
    path = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings"
    cluster.put(path, "attackers", {"metadata": {"name": "attackers"}, "roleRef": role, "subjects": subjects})
    for user in users:
        until(f"rights of {user}", lambda: cluster.call("DELETE", f"{NAMESPACE}/nothing", user=user)[0] == 404)


def send(cluster, request):
    path, user = f"{NAMESPACE}/{request['name']}", request["userInfo"]["username"]
    if request["operation"] == "DELETE":
        return cluster.exchange("DELETE", path, user=user)
    if request["operation"] == "CREATE":
        return cluster.exchange("POST", NAMESPACE, request["object"], user=user)
    return cluster.exchange("PUT", path, request["object"], user=user)


def attack(world, case):
    """What went otherwise than the case says; an empty list if nothing did."""
    cluster = world.cluster
    world.unregister()
    cluster.clear(["kube-system"])
    old = case.request.get("oldObject")
    if old:
        cluster.must("POST", NAMESPACE, old)
    for name, text in case.files().items():
        world.served = None  # it starts with these
        os.makedirs(os.path.dirname(f"{world.folder}/{name}"), exist_ok=True)
        with open(f"{world.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    # What is decided is compared, however slow the machine.
    world.serve(*case.arguments, "--review-timeout=24")
    world.register("timeout=30")
    status, answer, warned = send(cluster, case.request)
    if world.reviews() != "1\n":
        return [f"it was not reviewed: {status} {answer.get('message', '')[:200]}"]
    wrong = []
    if (status < 300) != case.allowed:
        wrong.append(f"{'passed' if status < 300 else 'held'}: {status} {answer.get('message', '')[:200]}")
    elif not case.allowed and answer["message"] != DENIED + case.expected["status"]["message"]:
        wrong.append(f"other words: {answer['message']}")
    if not shown(case.expected.get("warnings", []), warned):
        wrong.append(f"other warnings: {warned}")
    return wrong


def shown(wanted, warned):
    """All of them, or as many as an API server passes on."""
    return warned == wanted or (len("".join(wanted).encode()) > MOST_WARNED // 2 and warned == wanted[:len(warned)] != [])


def let_in_unasked(world):
    text = world.shell("kubectl get --raw /metrics", world.folder, check=True)[0]
    return sum(float(value) for value in re.findall(r'^apiserver_admission_webhook_fail_open_count\{name="validate[^}]*\} (\S+)', text, re.M))


def play(world, word=""):
    chosen = [case for case in cases(f"{HERE}/../attack") if word in case.name]
    give_rights(world.cluster, {case.request["userInfo"]["username"] for case in chosen})
    wrong = 0
    for world.policy in ("Ignore", "Fail"):
        unasked = let_in_unasked(world)
        passed = held = other = 0
        for case in chosen:
            found = attack(world, case)
            print(f"{'FAILED' if found else 'ok':9} {world.policy:6} {case.name}", *found, sep="\n    " if found else " ", flush=True)
            passed += any(text.startswith(("passed", "it was not")) for text in found)
            held += any(text.startswith("held") for text in found)
            other += bool(found)
        unasked = let_in_unasked(world) - unasked
        print(f"webhook.attack: failurePolicy {world.policy}: {len(chosen)} cases before the API server: {passed} pass, {held} held, "
              f"{other} otherwise than written; {unasked:.0f} let in because no answer came", flush=True)
        wrong += other + unasked
    return wrong


if __name__ == "__main__":
    project, shared, server, *word = sys.argv[1:]
    sys.exit(session(project, shared, server, lambda world: play(world, *word)))
