# SPDX-License-Identifier: Apache-2.0
"""A real API server, its objects, and when it has taken note of a webhook."""

import base64
import json
import os
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.request

CLEANER = "system:serviceaccount:kube-system:namespace-controller"


def until(what, condition, seconds=30):
    """Waits for a condition, not for a time; the time only ends a wait that is in vain."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise RuntimeError(f"in vain: {what}")
        time.sleep(0.02)


def warnings(answer):
    """What stands in quotes in `Warning: 299 - "…"`."""
    texts = [value.encode("latin-1").decode() for value in answer.headers.get_all("Warning", [])]
    return [re.sub(r"\\(.)", r"\1", text[text.index('"') + 1:-1]) for text in texts]


class Cluster:
    def __init__(self, scripts, binaries, folder):
        self.scripts, self.binaries, self.folder = scripts, binaries, folder
        self.generation = 0

    def start(self):
        os.makedirs(self.folder)
        with open(f"{self.folder}/up.log", "wb") as log:
            # A pipe would stay open for as long as etcd runs.
            subprocess.run(["sh", f"{self.scripts}/up.sh", self.binaries, self.folder], stdout=log, stderr=log, check=True, timeout=180)
        self.config = f"{self.folder}/kubeconfig"
        with open(self.config) as text:
            self.url = next(word for word in text.read().replace('"', " ").split() if word.startswith("https://")).rstrip(",")
        self.trust = ssl.create_default_context(cafile=f"{self.folder}/ca.crt")
        until("kube-system", lambda: self.call("GET", "/api/v1/namespaces/kube-system")[0] == 200)

    def stop(self):
        subprocess.run(["sh", f"{self.scripts}/down.sh", self.folder], timeout=60)

    def call(self, *args, **more):
        return self.exchange(*args, **more)[:2]

    def exchange(self, method, path, body=None, kind="application/json", user=None):
        """Status, answer and warnings."""
        request = urllib.request.Request(self.url + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Authorization", "Bearer admin")
        request.add_header("Content-Type", kind)
        if user:
            request.add_header("Impersonate-User", user)
        try:
            with urllib.request.urlopen(request, context=self.trust, timeout=60) as answer:
                return answer.status, json.load(answer), warnings(answer)
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            return error.code, json.loads(text) if text.startswith("{") else {"message": text}, warnings(error)

    def must(self, *args, **more):
        status, answer = self.call(*args, **more)
        if status >= 300:
            raise RuntimeError(f"{args[0]} {args[1]}: {status} {answer.get('message')}")
        return answer

    def put(self, path, name, body):
        """Creates an object, or replaces what is there."""
        status, found = self.call("GET", f"{path}/{name}")
        if status == 404:
            return self.must("POST", path, body)
        body["metadata"]["resourceVersion"] = found["metadata"]["resourceVersion"]
        return self.must("PUT", f"{path}/{name}", body)

    def settle(self):
        """Waits until the API server acts on every webhook configuration written so far. It hears of all of them in order, through
        one watch, so the last to be written is one that turns a certain name away, because nobody listens where it points."""
        self.generation += 1
        name = f"probe-{self.generation}"
        path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
        probe = {
            "name": "probe.suite.test",
            "admissionReviewVersions": ["v1"],
            "sideEffects": "None",
            "failurePolicy": "Fail",
            "matchConditions": [{"name": "probe", "expression": f"request.name == '{name}'"}],
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps"], "operations": ["CREATE"]}],
            "clientConfig": {"url": "https://127.0.0.1:1/"},
        }
        self.put(path, "suite-probe", {"metadata": {"name": "suite-probe"}, "webhooks": [probe]})
        body = {"metadata": {"name": name}}
        until(name, lambda: self.call("POST", "/api/v1/namespaces/default/configmaps?dryRun=All", body)[0] == 500)

    def secret(self, namespace, name):
        data = self.must("GET", f"/api/v1/namespaces/{namespace}/secrets/{name}")["data"]
        return {key: base64.b64decode(value) for key, value in data.items()}

    def clear(self, namespaces):
        """Removes every ConfigMap, as a user whom the webhook is not asked about."""
        for namespace in namespaces:
            self.must("DELETE", f"/api/v1/namespaces/{namespace}/configmaps", user=CLEANER)
