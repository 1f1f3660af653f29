#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mutants.py [--steps] PROGRAM CORPUS COUNT SEED RELEASE=COMMAND…: the webhook's verdicts about slips in good Corefiles beside CoreDNS's own.

PROGRAM is webhook_reviews, CORPUS a folder with *.corefile or *.Corefile. COMMAND asks that release: a line of JSON in,
{"id", "corefile"}, and one out, {"id", "ok", "error"}.
A text over which it ends, or takes too long, has no verdict; these are counted.
What passes though it is refused is listed by what CoreDNS says, and what is held though it loads; so is whether a warning said that
something outside decides. Exit code 1 if a case passes in silence or is held wrongly.

--steps: of two slips one is mended. No such step may be denied, unless the text loads before, as far as the text decides, and does not
load after it.
"""

import collections
import glob
import json
import os
import random
import re
import subprocess
import sys


def altered(token, words, chance):
    """One slip of the hand in a word or in the space between two."""
    kind = chance.randrange(6)
    if kind == 0:
        return ""
    if kind == 1:
        return token + token + " "
    if kind == 2:
        return chance.choice(words)
    if kind == 3:
        return chance.choice(words) + " " + token
    cut = chance.randrange(len(token) + (kind == 5))
    if kind == 4 and len(token) > 1:
        return token[:cut] + token[cut + 1:]
    return token[:cut] + chance.choice("{}\"#\\,:/.0a\n \r\v\0\x85\xa0\ufeff\u2028é$%*()-|@") + token[cut:]


def tokens_of(text):
    return re.findall(r"\s+|[^\s]+", text)


def slip(text, words, chance):
    """One to three slips of the hand."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        tokens = tokens_of(text)
        at = chance.randrange(len(tokens))
        if chance.randrange(7) == 0:
            other = chance.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        else:
            tokens[at] = altered(tokens[at], words, chance)
        text = "".join(tokens) or "."
    return text


def step(text, words, chance):
    """A text with two slips, and the same with one of them mended."""
    tokens = tokens_of(text)
    at = sorted(chance.sample(range(len(tokens)), 2))
    before, after = list(tokens), list(tokens)
    for i in at:
        before[i] = altered(tokens[i], words, chance)
    left = chance.choice(at)
    after[left] = before[left]
    return "".join(before) or ".", "".join(after) or "."


def made(make, corpus, count, seed):
    seeds = []
    for path in sorted(glob.glob(f"{corpus}/**/*.[Cc]orefile", recursive=True)):
        with open(path, encoding="utf-8") as file:
            seeds.append(file.read())
    words = sorted({word for text in seeds for word in text.split()})
    chance = random.Random(seed)
    return [make(chance.choice(seeds), words, chance) for _ in range(count)]


BATCH = 500  # texts for one process, which would grow with each


def asked(command, texts):
    """One process: its answers, in order, until it ends."""
    lines = "".join(json.dumps({"id": str(i), "corefile": text}) + "\n" for i, text in enumerate(texts))
    done = subprocess.run(["sh", "-c", command], input=lines, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return [json.loads(line) for line in done.stdout.split("\n") if line.endswith("}")]


def oracle(command, texts):
    """A verdict for each text, None where there is none."""
    at = ended = 0
    while at < len(texts):
        batch = texts[at:at + BATCH]
        answers = asked(command, batch)
        ended = 0 if answers else ended + 1
        if ended == 3:
            raise RuntimeError(f"it does not answer: {command}")
        for answer in answers:
            yield None if answer.get("stage") == "timeout" else answer
        if len(answers) < len(batch):
            yield None
        at += min(len(answers) + 1, len(batch))


def review(text, before=None):
    old, new = (one and {"metadata": {"name": "coredns", "namespace": "kube-system"}, "data": {"Corefile": one}} for one in (before, text))
    request = {"uid": "1", "kind": {"group": "", "version": "v1", "kind": "ConfigMap"}, "operation": "UPDATE" if old else "CREATE",
               "resource": {"group": "", "version": "v1", "resource": "configmaps"}, "namespace": "kube-system", "name": "coredns",
               "userInfo": {"username": "mutants"}, "object": new, "oldObject": old}
    return json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request})


def judged(program, release, reviews):
    """The response to each."""
    done = subprocess.run([program, f"--coredns={release}"], input="\n".join(reviews) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line)["response"] for line in done.stdout.split("\n") if line]


def cause(error):
    """What CoreDNS says, without what differs from text to text."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'|\"[^\"]*\"", "…", error))[:120]


def hangs_outside(response):
    """Whether it is let in with a warning about what only the pods can have."""
    return response["allowed"] and any("[outside]" in warning for warning in response.get("warnings", []))


def serves_nothing(response):
    """CoreDNS loads it, with a server block of its own in place of the cluster's."""
    return "error[empty-corefile]" in response["status"]["message"]


class Cases:
    """How many there are by cause, and the first of each."""

    def __init__(self):
        self.count, self.first = collections.Counter(), {}

    def add(self, why, *texts):
        self.count[why] += 1
        self.first.setdefault(why, texts)

    def total(self):
        return sum(self.count.values())

    def show(self, name):
        for why, number in self.count.most_common():
            print(f"  {name} {number}: {why}")
            for text in self.first[why]:
                print(f"    {json.dumps(text)}")


def compare(program, release, command, texts):
    told, silent, held = Cases(), Cases(), Cases()
    refused = emptied = unknown = 0
    for text, truth, response in zip(texts, oracle(command, texts), judged(program, release, map(review, texts))):
        if truth is None:
            unknown += 1
            continue
        refused += not truth["ok"]
        if truth["ok"] == response["allowed"]:
            continue
        if truth["ok"] and serves_nothing(response):
            emptied += 1
        elif truth["ok"]:
            held.add(response["status"]["message"].split("\n")[1][:160], text)
        else:
            (told if hangs_outside(response) else silent).add(cause(truth["error"]), text)
    print(f"{release}: {len(texts)} texts, {unknown} without a verdict, {refused} refused by CoreDNS; of these pass {told.total()} with a warning "
          f"and {silent.total()} in silence; {held.total()} held wrongly, {emptied} because they serve nothing")
    told.show("told")
    silent.show("SILENT")
    held.show("HELD")
    return silent.total() + held.total()


def compare_steps(program, release, command, steps):
    wrong, denied, unknown = Cases(), 0, 0
    verdicts = oracle(command, [text for one in steps for text in one])
    responses = judged(program, release, [review(after, before) for before, after in steps])
    alone = judged(program, release, [review(before) for before, _ in steps])
    for (before, after), was, is_, response, old in zip(steps, verdicts, verdicts, responses, alone):
        if None in (was, is_):
            unknown += 1
            continue
        denied += not response["allowed"]
        if response["allowed"] or (not is_["ok"] and (was["ok"] or hangs_outside(old))):
            continue
        wrong.add(response["status"]["message"].split("\n")[1][:160], before, after)
    print(f"{release}: {len(steps)} steps that mend one of two slips, {unknown} without a verdict; {denied} denied, {wrong.total()} of these wrongly")
    wrong.show("DENIED")
    return wrong.total()


def main(*arguments):
    steps = arguments[0] == "--steps"
    program, corpus, count, seed, *releases = arguments[steps:]
    texts = made(step if steps else slip, corpus, int(count), int(seed))
    judge = compare_steps if steps else compare
    wrong = sum(judge(os.path.abspath(program), *release.split("=", 1), texts) for release in releases)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
