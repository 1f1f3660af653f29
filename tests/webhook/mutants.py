#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mutants.py SERVER CORPUS COUNT SEED RELEASE=COMMAND…: the webhook's verdicts about slips in good Corefiles beside CoreDNS's own.

CORPUS is a folder with *.corefile or *.Corefile. COMMAND asks that release: a line of JSON in, {"id", "corefile"}, and one out, {"id", "ok", "error"}.
What passes though it is refused is listed by what CoreDNS says, and what is held though it loads; so is whether a warning said that
something outside decides. Exit code 1 if a case passes in silence or is held wrongly.
"""

import collections
import glob
import http.client
import json
import os
import random
import re
import ssl
import subprocess
import sys
import tempfile


def slip(text, words, chance):
    """One to three slips of the hand."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        tokens = re.findall(r"\s+|[^\s]+", text)
        at = chance.randrange(len(tokens))
        kind = chance.randrange(7)
        if kind == 0:
            del tokens[at]
        elif kind == 1:
            tokens.insert(at, tokens[at] + " ")
        elif kind == 2:
            tokens[at] = chance.choice(words)
        elif kind == 3:
            tokens.insert(at, chance.choice(words) + " ")
        elif kind == 4 and len(tokens[at]) > 1:
            cut = chance.randrange(len(tokens[at]))
            tokens[at] = tokens[at][:cut] + tokens[at][cut + 1:]
        elif kind == 5:
            cut = chance.randrange(len(tokens[at]) + 1)
            tokens[at] = tokens[at][:cut] + chance.choice("{}\"#\\,:/.0a\n ") + tokens[at][cut:]
        else:
            other = chance.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        text = "".join(tokens) or "."
    return text


def mutants(corpus, count, seed):
    seeds = []
    for path in sorted(glob.glob(f"{corpus}/**/*.[Cc]orefile", recursive=True)):
        with open(path, encoding="utf-8") as file:
            seeds.append(file.read())
    words = sorted({word for text in seeds for word in text.split()})
    chance = random.Random(seed)
    return [slip(chance.choice(seeds), words, chance) for _ in range(count)]


def oracle(command, texts):
    asked = "".join(json.dumps({"id": str(i), "corefile": text}) + "\n" for i, text in enumerate(texts))
    done = subprocess.run(["sh", "-c", command], input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    return [answers.get(str(i)) for i in range(len(texts))]


class Webhook:
    def __init__(self, server, release, folder):
        self.process = subprocess.Popen([server, "--listen=127.0.0.1:0", "--metrics-listen=127.0.0.1:0", f"--tls-cert={folder}/tls.crt",
                                         f"--tls-key={folder}/tls.key", f"--coredns={release}", "--review-timeout=30"],
                                        stderr=subprocess.PIPE, text=True)
        address = next(json.loads(line)["address"] for line in self.process.stderr if '"listening"' in line)
        # Nobody reads its log any more.
        self.process.stderr.close()
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        self.connection = http.client.HTTPSConnection(address, context=trust)

    def ask(self, text):
        object_ = {"metadata": {"name": "coredns", "namespace": "kube-system"}, "data": {"Corefile": text}}
        request = {"uid": "1", "kind": {"group": "", "version": "v1", "kind": "ConfigMap"}, "operation": "CREATE", "name": "coredns",
                   "resource": {"group": "", "version": "v1", "resource": "configmaps"}, "namespace": "kube-system",
                   "userInfo": {"username": "mutants"}, "object": object_, "oldObject": None}
        review = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
        self.connection.request("POST", "/validate", json.dumps(review), {"Content-Type": "application/json"})
        return json.loads(self.connection.getresponse().read())["response"]

    def end(self):
        self.process.kill()
        self.process.wait()


def cause(error):
    """What CoreDNS says, without what differs from text to text."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'|\"[^\"]*\"", "…", error))[:120]


def compare(server, release, command, texts, folder):
    webhook, told, silent, held = Webhook(server, release, folder), collections.Counter(), {}, {}
    refused = passed = 0
    for text, truth in zip(texts, oracle(command, texts)):
        if truth is None or truth.get("stage") == "timeout":
            continue
        response = webhook.ask(text)
        refused += not truth["ok"]
        passed += not truth["ok"] and response["allowed"]
        if truth["ok"] == response["allowed"]:
            continue
        if truth["ok"]:
            held.setdefault(response["status"]["message"].split("\n")[1][:160], text)
        elif any("[outside]" in warning for warning in response.get("warnings", [])):
            told[cause(truth["error"])] += 1
        else:
            silent.setdefault(cause(truth["error"]), text)
    webhook.end()
    print(f"{release}: {len(texts)} texts, {refused} refused by CoreDNS, of which {passed} pass; {sum(told.values())} of these with a warning")
    for why, number in told.most_common():
        print(f"  told {number}: {why}")
    for name, cases in (("SILENT", silent), ("HELD", held)):
        for why, text in cases.items():
            print(f"  {name}: {why}\n    {json.dumps(text)}")
    return len(silent) + len(held)


def main(server, corpus, count, seed, *releases):
    texts = mutants(corpus, int(count), int(seed))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", f"{folder}/tls.key",
                        "-out", f"{folder}/tls.crt"], check=True, stderr=subprocess.DEVNULL)
        wrong = sum(compare(os.path.abspath(server), *release.split("=", 1), texts, folder) for release in releases)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
