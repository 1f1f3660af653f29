# SPDX-License-Identifier: Apache-2.0
"""The webhook in front of the cluster, and the words that cases have beside the shell's."""

import base64
import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import urllib.request

import cases
from cluster import until

HERE = os.path.dirname(os.path.abspath(__file__))
NAMESPACE = NAME = "corefile-webhook"
CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
DEFAULTS = {"timeout": None, "to": "server", "ca": "right"}


def listener():
    """Takes connections and never says a word."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen(64)
    return taken


def free_port():
    with listener() as taken:
        return taken.getsockname()[1]


class World:
    def __init__(self, project, server, cluster, folder):
        self.project, self.program, self.cluster, self.folder = project, server, cluster, folder
        self.deploy = f"{project}/tools/corefile-webhook/deploy"
        self.silent, self.process = listener(), None
        self.policy = "Ignore"  # where a case does not say which
        self.ports = {"SERVER": free_port(), "METRICS": free_port(), "SILENT": self.silent.getsockname()[1], "NOBODY": free_port()}
        self.environment = dict(os.environ, KUBECONFIG=cluster.config, HOME=folder, LC_ALL="C", DEPLOY=self.deploy, WEBHOOK=server, CA=f"{cluster.folder}/ca.crt",
                                KUBERNETES_SERVICE_HOST="127.0.0.1", KUBERNETES_SERVICE_PORT=cluster.url.rsplit(":", 1)[1],
                                PATH=f"{cluster.binaries}:{os.environ['PATH']}")
        self.words = {"register": self.register, "unregister": self.unregister, "serve": self.serve, "mount": self.mount, "reviews": self.reviews,
                      "settle": cluster.settle}

    # -- what deploy/ says, and what a kubelet would make of it

    def shell(self, command, folder, check=False):
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120, text=True)
        if check and done.returncode:
            raise RuntimeError(f"{command}: {done.stdout}")
        return done.stdout, done.returncode

    def install(self):
        """The manifests and the self-signed certificate, by the README's two commands; then the Service leads to this machine."""
        self.shell('kubectl apply -k "$DEPLOY/base"', self.folder, check=True)
        self.shell('"$DEPLOY/self-signed"', self.folder, check=True)
        service = {"spec": {"type": "ExternalName", "externalName": "localhost"}}
        self.cluster.must("PATCH", f"/api/v1/namespaces/{NAMESPACE}/services/{NAME}", service, "application/merge-patch+json")
        self.configuration = self.cluster.must("GET", f"{CONFIGURATIONS}/{NAME}")
        metadata = self.configuration["metadata"]
        self.configuration["metadata"] = {key: metadata[key] for key in ("name", "labels", "annotations")}
        deployment = self.cluster.must("GET", f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments/{NAME}")
        self.pod = deployment["spec"]["template"]["spec"]
        with open(f"{self.cluster.folder}/ca.crt", "rb") as other:
            self.wrong = other.read()
        os.makedirs(f"{self.folder}/tls")
        os.makedirs(f"{self.folder}/config")
        with open(f"{self.folder}/config/config.yaml", "w") as text:
            data = self.cluster.must("GET", f"/api/v1/namespaces/{NAMESPACE}/configmaps/{NAME}")["data"]
            text.write(data["config.yaml"])
        self.swap()
        self.served = self.registered = self.known = None
        self.counted = 0

    def swap(self):
        """Puts the Secret's files where its volume is mounted, all at once, as a kubelet does: `..data` is a symlink."""
        mounted = f"{self.folder}/tls"
        fresh = f"..{len(os.listdir(mounted))}"
        os.mkdir(f"{mounted}/{fresh}")
        for name, content in self.cluster.secret(NAMESPACE, f"{NAME}-tls").items():
            with open(f"{mounted}/{fresh}/{name}", "wb") as file:
                file.write(content)
            if not os.path.lexists(f"{mounted}/{name}"):
                os.symlink(f"..data/{name}", f"{mounted}/{name}")
        os.symlink(fresh, f"{mounted}/..new")
        os.rename(f"{mounted}/..new", f"{mounted}/..data")

    def arguments(self):
        """The Deployment's, on this machine's ports and folders."""
        addresses = {"--listen": f"127.0.0.1:{self.ports['SERVER']}", "--metrics-listen": f"127.0.0.1:{self.ports['METRICS']}"}
        for argument in self.pod["containers"][0]["args"]:
            flag, _, value = argument.partition("=")
            value = addresses.get(flag, f"{self.folder}{value}" if value.startswith("/") else value)
            yield f"{flag}={value}"

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def metrics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['METRICS']}/metrics", timeout=10) as answer:
            return answer.read().decode()

    def ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended with {self.process.returncode}; its log: {open(f'{self.folder}/server.log').read()}")
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.ports['METRICS']}/readyz", timeout=10).status == 200
        except OSError:
            return False

    # -- the words

    def serve(self, *arguments):
        """serve ARGUMENT…: the server once more, with these arguments after the Deployment's."""
        if self.served == arguments:
            return
        self.stop()
        with open(f"{self.folder}/server.log", "ab") as log:
            self.process = subprocess.Popen([self.program, *self.arguments(), "--drain-delay=0", *arguments], cwd=self.folder, stderr=log)
        until("the server to be ready", self.ready)
        self.served, self.counted = arguments, 0

    def register(self, *settings):
        """register [policy=Fail] [timeout=N] [to=server|silent|nobody|missing] [ca=wrong]: the configuration of deploy/, changed so far."""
        wanted = dict(DEFAULTS, policy=self.policy)
        wanted.update(setting.split("=") for setting in settings)
        if wanted == self.registered and self.version() == self.known:
            return
        configuration = json.loads(json.dumps(self.configuration))
        trusted = self.wrong if wanted["ca"] == "wrong" else self.cluster.secret(NAMESPACE, f"{NAME}-tls")["ca.crt"]
        for webhook in configuration["webhooks"]:
            webhook["failurePolicy"] = wanted["policy"]
            webhook["timeoutSeconds"] = int(wanted["timeout"] or webhook["timeoutSeconds"])
            client = webhook["clientConfig"]
            client["service"]["port"] = self.ports.get(wanted["to"].upper(), 443)
            if wanted["to"] == "missing":
                client["service"]["name"] = "missing"
            client["caBundle"] = base64.b64encode(trusted).decode()
        self.cluster.put(CONFIGURATIONS, NAME, configuration)
        self.cluster.settle()
        self.registered, self.known = wanted, self.version()

    def version(self):
        return self.cluster.call("GET", f"{CONFIGURATIONS}/{NAME}")[1].get("metadata", {}).get("resourceVersion")

    def unregister(self):
        """unregister: nobody is asked any more."""
        self.cluster.call("DELETE", f"{CONFIGURATIONS}/{NAME}")
        self.cluster.settle()
        self.registered = None

    def mount(self):
        """mount: the Secret as it is now, in the server's folder and in use."""
        self.swap()
        wanted = ssl.PEM_cert_to_DER_cert(open(f"{self.folder}/tls/tls.crt").read())
        address = ("127.0.0.1", self.ports["SERVER"])
        until("the new certificate", lambda: ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(address)) == wanted)
        return "mounted and in use\n"

    def reviews(self):
        """reviews: how many there were since this was last asked."""
        counts = re.findall(r"^corefile_webhook_reviews_total\{[^}]*\} (\d+)", self.metrics(), re.M)
        total = sum(map(int, counts))
        since, self.counted = total - self.counted, total
        return f"{since}\n"

    # -- a case

    def plain(self, text):
        """Without what is another in each run."""
        for name, port in self.ports.items():
            text = re.sub(rf":{port}\b", f":{name}", text)
        text = re.sub(r"^(\{.{100}).{200,}$", r"\1…", text, flags=re.M)  # a patch that kubectl shows in full
        return text.replace(self.folder, "FOLDER").replace(self.cluster.url, "https://CLUSTER")

    def play(self, case):
        self.cluster.clear(["kube-system", "default"])
        self.serve()
        self.register()
        self.reviews()
        folder = f"{self.folder}/case"
        shutil.copytree(f"{HERE}/given", folder)
        for path, lines in case.files:
            with open(f"{folder}/{path}", "w") as file:
                file.write("\n".join(lines) + "\n")
        steps = []
        for step in case.steps:
            word, *rest = shlex.split(step.command)
            output, code = (self.words[word](*rest) or "", 0) if word in self.words else self.shell(step.command, folder)
            lines = [line.rstrip() for line in self.plain(output).splitlines()]
            steps.append(cases.Step(step.command, lines + ([f"[{code}]"] if code else [])))
        shutil.rmtree(folder)
        return cases.Case(case.name, case.files, steps)
