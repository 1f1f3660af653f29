#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check.py PROJECT LINT [WEBHOOK]: what deploy/ says in several places agrees, and means what it should. Parts that need a program
which is not there say that they are skipped: kustomize or kubectl, helm, jsonschema."""

import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: Python has no yaml (python3-yaml)")
    sys.exit(77)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import dockerfile

faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def same(what, *values):
    expect(all(value == values[0] for value in values), f"{what}: {' is not '.join(map(repr, values))}")


def skip(part, why):
    print(f"skipped: {part}: {why}")


class Strict(yaml.SafeLoader):
    """No key twice."""


def mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    if len(keys) != len(set(keys)):
        raise yaml.YAMLError(f"a key stands twice{node.start_mark}")
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


Strict.add_constructor("tag:yaml.org,2002:map", mapping)


def documents(text):
    return [document for document in yaml.load_all(text, Loader=Strict) if document is not None]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def load(path):
    try:
        return documents(read(path))
    except yaml.YAMLError as error:
        expect(False, f"{path}: {error}")
        return []


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, **more)


class Objects(dict):
    """By kind; two of a kind by kind and name."""

    def __init__(self, all_of_them):
        super().__init__()
        for one in all_of_them:
            for part in ("apiVersion", "kind", "metadata"):
                expect(one.get(part), f"no {part} in {str(one)[:60]}")
            kind, name = one.get("kind"), one.get("metadata", {}).get("name")
            expect((kind, name) not in self, f"{kind} {name} stands twice")
            self[kind] = self[kind, name] = one

    def __missing__(self, key):
        raise RuntimeError(f"there is no {key}")


# -- what every rendering must say


def check_objects(objects, what):
    deployment, service = objects["Deployment"], objects["Service"]
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    arguments = dict(argument.split("=", 1) for argument in container["args"])
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    mounts = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    name, namespace = service["metadata"]["name"], service["metadata"]["namespace"]

    same(f"{what}: port of reviews", arguments["--listen"], f":{ports['webhook']}")
    same(f"{what}: port of metrics", arguments["--metrics-listen"], f":{ports['metrics']}")
    for port in service["spec"]["ports"]:
        expect(port["targetPort"] in ports, f"{what}: the Service leads to a port {port['targetPort']} that the pods have not")
    for probe in ("readinessProbe", "livenessProbe"):
        expect(container[probe]["httpGet"]["port"] == "metrics", f"{what}: {probe} asks another port than that of metrics")
    policy = objects["NetworkPolicy"]["spec"]
    same(f"{what}: ports that the NetworkPolicy lets in", sorted(ports), sorted(p["port"] for rule in policy["ingress"] for p in rule["ports"]))
    expect(policy["policyTypes"] == ["Ingress", "Egress"] and not policy["egress"], f"{what}: something goes out")

    for flag in ("--tls-cert", "--tls-key", "--config"):
        expect(os.path.dirname(arguments[flag]) in mounts, f"{what}: {flag} is in no volume")
    for mount in mounts.values():
        expect(mount["readOnly"] is True and "subPath" not in mount, f"{what}: {mount['mountPath']} can be written, or is never renewed")
        expect(mount["name"] in volumes, f"{what}: no volume {mount['name']}")
    same(f"{what}: files of the Secret", sorted(os.path.basename(arguments[flag]) for flag in ("--tls-cert", "--tls-key")), ["tls.crt", "tls.key"])
    config = objects["ConfigMap", volumes["config"]["configMap"]["name"]]
    expect(os.path.basename(arguments["--config"]) in config["data"], f"{what}: --config names no key of the ConfigMap")
    grace = int(arguments["--drain-delay"]) + int(arguments["--drain-timeout"])
    expect(grace < pod["terminationGracePeriodSeconds"], f"{what}: {grace} s of draining do not fit into the pod's time to end")

    labels = deployment["spec"]["template"]["metadata"]["labels"]
    chosen = [deployment["spec"]["selector"]["matchLabels"], service["spec"]["selector"], policy["podSelector"]["matchLabels"],
              objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
              *(term["podAffinityTerm"]["labelSelector"]["matchLabels"]
                for term in pod["affinity"]["podAntiAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"]),
              *(spread["labelSelector"]["matchLabels"] for spread in pod["topologySpreadConstraints"])]
    for selector in chosen:
        expect(selector and selector.items() <= labels.items(), f"{what}: {selector} does not select the pods")

    security, own = pod["securityContext"], container["securityContext"]
    expect(security["runAsNonRoot"] is True and security["runAsUser"] > 0, f"{what}: may run as root")
    same(f"{what}: seccomp", security["seccompProfile"], {"type": "RuntimeDefault"})
    same(f"{what}: the container's rights", own, {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}})
    for holder in (pod, objects["ServiceAccount"]):
        expect(holder["automountServiceAccountToken"] is False, f"{what}: a token is mounted")
    same(f"{what}: the pods' account", pod["serviceAccountName"], objects["ServiceAccount"]["metadata"]["name"])
    expect(not any(key in str(list(objects)) for key in ("Role", "RoleBinding")), f"{what}: there are rights that nobody needs")
    expect(pod["dnsPolicy"] == "Default", f"{what}: the pods ask the DNS that they guard")
    check_webhook(objects["ValidatingWebhookConfiguration"], name, namespace, service, what)
    for key, one in objects.items():
        if key[0] == "Certificate" and "dnsNames" in one["spec"]:
            expect(f"{name}.{namespace}.svc" in one["spec"]["dnsNames"], f"{what}: the certificate does not name the Service")
            same(f"{what}: the certificate's Secret", one["spec"]["secretName"], volumes["tls"]["secret"]["secretName"])
            same(f"{what}: who fills in the CA", objects["ValidatingWebhookConfiguration"]["metadata"]["annotations"],
                 {"cert-manager.io/inject-ca-from": f"{namespace}/{one['metadata']['name']}"})


def check_webhook(configuration, name, namespace, service, what):
    for webhook in configuration["webhooks"]:
        wanted = {"name": name, "namespace": namespace, "path": "/validate", "port": 443}
        same(f"{what}: where reviews go", webhook["clientConfig"]["service"], wanted)
        expect(443 in [port["port"] for port in service["spec"]["ports"]], f"{what}: the Service has no port 443")
        same(f"{what}: what is asked about", webhook["rules"], [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps"],
                                                              "operations": ["CREATE", "UPDATE", "DELETE"], "scope": "Namespaced"}])
        expect(webhook["failurePolicy"] == "Ignore" and webhook["timeoutSeconds"] == 5, f"{what}: a server that is away is in the way")
        same(f"{what}: side effects", webhook["sideEffects"], "None")
        same(f"{what}: namespaces", webhook["namespaceSelector"], {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}})
        names = webhook["matchConditions"][0]["expression"]
        for one in ("coredns", "coredns-custom", "node-local-dns", "nodelocaldns"):
            expect(f"'{one}'" in names, f"{what}: {one} is not asked about")


# -- the parts


def check_yaml(deploy):
    for path in sorted(glob.glob(f"{deploy}/**/*.yaml", recursive=True)):
        if "/templates/" not in path:
            expect(load(path), f"{path}: nothing in it")
    for path in sorted(glob.glob(f"{deploy}/*/kustomization.yaml")):
        folder = os.path.dirname(path)
        listed = {resource for resource in load(path)[0]["resources"] if resource.endswith(".yaml")}
        there = {os.path.basename(file) for file in glob.glob(f"{folder}/*.yaml")} - {"kustomization.yaml"}
        same(f"{path}: files", sorted(listed), sorted(there))


def kustomize(deploy, folder):
    for command in (("kustomize", "build"), ("kubectl", "kustomize")):
        if shutil.which(command[0]):
            done = run(*command, f"{deploy}/{folder}")
            if done.returncode:
                raise RuntimeError(f"{' '.join(command)} {folder}: {done.stdout}")
            return documents(done.stdout)
    return None


def check_kustomize(deploy):
    base = kustomize(deploy, "base")
    if base is None:
        skip("renderings of kustomize", "neither kustomize nor kubectl is there")
        return None
    check_objects(Objects(base), "base")
    check_objects(Objects(kustomize(deploy, "cert-manager")), "cert-manager")
    expect(not any("caBundle" in webhook["clientConfig"] for webhook in Objects(base)["ValidatingWebhookConfiguration"]["webhooks"]),
           "base: a caBundle would undo what filled it in")
    return base


def helm_template(deploy, namespace, settings, *more):
    # A helm that was built without its release's flags takes an old Kubernetes for granted.
    return run("helm", "template", "corefile-webhook", f"{deploy}/chart", "--kube-version", "1.36.0", "--skip-tests", "--namespace", namespace,
               *(word for one in ("config.coredns=1.11.3", *settings) for word in ("--set", one)), *more)


def template(deploy, *settings, namespace="corefile-webhook"):
    done = helm_template(deploy, namespace, settings)
    if done.returncode:
        raise RuntimeError(f"helm template {settings}: {done.stdout}")
    return documents(done.stdout)


GUARD = ("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding")


def without_labels(objects):
    """As the API server sees them but for labels, which Helm has its own of, and texts as what they mean."""
    out = {}
    for one in objects:
        text = json.dumps(one)
        text = re.sub(r'"app.kubernetes.io/instance": "[^"]*", |, "app.kubernetes.io/instance": "[^"]*"', "", text)
        copy = json.loads(text)
        copy["metadata"].pop("labels", None)
        copy["metadata"].pop("annotations", None)
        if copy["kind"] == "ConfigMap":
            # The chart insists on a release; the manifests leave it to whoever applies them.
            copy["data"] = {key: [{word: mean for word, mean in one.items() if word != "coredns"} for one in documents(value)]
                            for key, value in copy["data"].items()}
        if copy["kind"] != "Namespace":
            out[f"{copy['kind']} {copy['metadata']['name']}"] = copy
    return out


def check_helm(deploy, base):
    if not shutil.which("helm"):
        skip("renderings of the chart", "helm is not there")
        return
    done = run("helm", "lint", "--strict", "--kube-version", "1.36.0", f"{deploy}/chart")
    expect(done.returncode == 0, f"helm lint: {done.stdout}")
    for source in ("generated", "cert-manager", "secret"):
        check_objects(Objects(template(deploy, f"certificate.source={source}")), f"chart, {source}")
    for source, folder in (("secret", "base"), ("cert-manager", "cert-manager")):
        if base is not None:
            of_helm, of_kustomize = without_labels(template(deploy, f"certificate.source={source}")), without_labels(kustomize(deploy, folder))
            guard = {name: of_helm.pop(name) for name in list(of_helm) if name.split()[0] in GUARD}
            same(f"chart, {source}: what the API server denies by itself", guard, without_labels(kustomize(deploy, "policy")))
            same(f"chart, {source}: objects", sorted(of_helm), sorted(of_kustomize))
            for name in set(of_helm) & set(of_kustomize):
                same(f"chart, {source}: {name}", of_helm[name], of_kustomize[name])
    check_options(deploy)
    for wrong in ("failurePolicy=Maybe", "config.enforce=error", "timeoutSeconds=0", "nonsense=1", "mainCorefile.enabled=true", "config.coredns="):
        expect(helm_template(deploy, "corefile-webhook", [wrong]).returncode != 0, f"the chart takes {wrong}")


def check_options(deploy):
    """What the chart adds where it is asked to."""
    older = run("helm", "template", "x", f"{deploy}/chart", "--kube-version", "1.29.0", "--set", "config.coredns=1.11.3")
    expect(older.returncode == 0 and not any(kind in older.stdout for kind in GUARD), "before 1.30 there are no such policies")
    rendered = template(deploy, "policy.enabled=false", "audit.enabled=true", "serviceMonitor.enabled=true", "prometheusRule.enabled=true",
                        "serviceMonitor.labels.release=prometheus", "namespaces={kube-system,dns}", "networkPolicy.apiServer={192.0.2.1/32}")
    objects = Objects(one for one in rendered if not one["metadata"]["name"].endswith("-audit"))
    expect(not any(kind in dict(objects) for kind in GUARD), "policy.enabled=false leaves a policy")
    same("who may send reviews", objects["NetworkPolicy"]["spec"]["ingress"][0].get("from"), [{"ipBlock": {"cidr": "192.0.2.1/32"}}])
    monitor, service = objects["ServiceMonitor"], objects["Service"]
    expect(monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items(), "the ServiceMonitor does not select the Service")
    expect(monitor["spec"]["endpoints"][0]["port"] in [port["name"] for port in service["spec"]["ports"]], "the ServiceMonitor asks a port that is not there")
    same("labels for the Prometheus operator", monitor["metadata"]["labels"].get("release"), "prometheus")
    for namespace in ("kube-system", "dns"):
        job = next(one for one in rendered if one["kind"] == "CronJob" and one["metadata"]["namespace"] == namespace)
        pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        same(f"audit of {namespace}: what is mounted", [mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]],
             ["/config", *(f"/live/{namespace}/{name}" for name in ("coredns", "coredns-custom", "node-local-dns", "nodelocaldns"))])
        same(f"audit of {namespace}: volumes", {mount["name"] for mount in pod["containers"][0]["volumeMounts"]}, {one["name"] for one in pod["volumes"]})
        expect(pod["automountServiceAccountToken"] is False, f"audit of {namespace}: a token is mounted")
        expect(all(one["configMap"].get("optional") for one in pod["volumes"][1:]), f"audit of {namespace}: it does not start without each ConfigMap")
    known = read(f"{deploy}/../metrics.cpp")
    for rule in objects["PrometheusRule"]["spec"]["groups"][0]["rules"]:
        for name in re.findall(r"corefile_webhook_(\w+)", rule["expr"]):
            expect(f'"{name}"' in known, f"{rule['alert']}: the server has no metric {name}")
    probe = Objects(documents(run("helm", "template", "x", f"{deploy}/chart", "--kube-version", "1.36.0", "--set", "config.coredns=1.11.3", "-s",
                                  "templates/tests/probe.yaml").stdout))
    same("what the probe may do", probe["Role"]["rules"],
         [{"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["coredns"], "verbs": ["patch"]}])
    for key, one in probe.items():
        same(f"{key}: when", one["metadata"]["annotations"]["helm.sh/hook"], "test")


def check_schema(deploy):
    values, schema = load(f"{deploy}/chart/values.yaml")[0], json.loads(read(f"{deploy}/chart/values.schema.json"))

    def walk(value, part, path):
        """Every value is described, and every description has a value."""
        properties = part.get("properties")
        if properties is None or not isinstance(value, dict) or path == "config":
            return
        for key in value:
            expect(key in properties, f"values.yaml: {path}.{key} is not in the schema")
        for key in properties:
            expect(key in value or key == "global", f"values.schema.json: {path}.{key} has no default")
            if key in value:
                walk(value[key], properties[key], key)

    walk(values, schema, "")
    try:
        import jsonschema
    except ImportError:
        skip("values.yaml against its schema in full", "Python has no jsonschema")
        return
    validator = jsonschema.Draft7Validator(schema)
    jsonschema.Draft7Validator.check_schema(schema)
    expect(not list(validator.iter_errors(values)), f"values.yaml: {[error.message for error in validator.iter_errors(values)]}")
    for key, wrong in (("failurePolicy", "Maybe"), ("timeoutSeconds", 31), ("namespaces", []), ("config", {"enforce": "error"}), ("config", {"x": 1})):
        expect(list(validator.iter_errors(dict(values, **{key: wrong}))), f"the schema takes {key} = {wrong}")


def check_image(project, deploy, pod):
    build, final = dockerfile.stages(f"{deploy}/Dockerfile")
    given = dockerfile.included(f"{deploy}/Dockerfile.dockerignore")
    for source in given:
        expect(os.path.exists(f"{project}/{source}"), f"Dockerfile.dockerignore: {source} is not there")
    same("what the image is built from", sorted(given), sorted({source for source, _ in dockerfile.copies(build)}))
    needed = set(re.search(r"^base='([^']*)'", read(f"{project}/dev"), re.M).group(1).split())
    expect(needed <= set(dockerfile.packages(build)), f"Dockerfile: not installed: {sorted(needed - set(dockerfile.packages(build)))}")
    there = {source for source, _ in dockerfile.copies(build)} | {word for kind, rest in build if kind == "RUN" for word in shlex.split(rest)}
    for source, _ in dockerfile.copies(final):
        expect(source.removeprefix(dict(build)["WORKDIR"] + "/") in there, f"Dockerfile: nothing makes {source}")
    last, security, container = dict(final), pod["securityContext"], pod["containers"][0]
    same("the image's user", last["USER"], f"{security['runAsUser']}:{security['runAsGroup']}")
    same("the image's ports", last["EXPOSE"].split(), [str(port["containerPort"]) for port in container["ports"]])
    expect("command" not in container, "the Deployment has a command of its own")
    expect(json.loads(last["ENTRYPOINT"])[0] in [target for _, target in dockerfile.copies(final)], "the image's program is not in it")


def check_flags(program, pod):
    if not program:
        skip("flags of the Deployment", "the server is not built")
        return
    known = set(re.findall(r"--[a-z-]+", run(program, "--help").stdout))
    for argument in pod["containers"][0]["args"] + ["--configmap=", "--main-corefile=", "--audit=", "--probe="]:
        expect(argument.split("=")[0] in known, f"the server has no {argument.split('=')[0]}")


EVERYTHING = """
config:
  enforce: none
  coredns: 1.11.3
  outside: deny
  inPods: [/etc/coredns/zones/*, $NODE_IP]
  override: text
  mayDelete: ["system:serviceaccount:kube-system:helm-rke2-coredns"]
  releases: {node-local-dns: 1.11.1}
  clusterDomain: cluster.example
  ignore: [cache-missing]
  severity: {cache-ttl-as-zone: off, forward-to-resolv-conf: error}
  plugins: [k8s_gateway]
  configMaps: [x, team/y]
  labels: [a/b=c]
  namespaces:
    team: {enforce: warnings, kubernetes: "1.31", clusterDomain: x.example, ignore: [load], severity: {cache-ttl-as-zone: off}, plugins: [], suppressions: true}
"""


def check_config(program, deploy):
    """The server takes the configuration files that deploy/ shows or writes."""
    if not program:
        skip("configuration files", "the server is not built")
        return
    configs = {"README.md": re.search(r"```yaml\n(.*?)```", read(f"{deploy}/README.md"), re.S).group(1),
               "base": load(f"{deploy}/base/config.yaml")[0]["data"]["config.yaml"]}
    with tempfile.TemporaryDirectory() as folder:
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt")
        if shutil.which("helm"):
            with open(f"{folder}/values.yaml", "w", encoding="utf-8") as values:
                values.write(EVERYTHING)
            done = helm_template(deploy, "corefile-webhook", [], "--values", f"{folder}/values.yaml")
            expect(done.returncode == 0, f"the chart does not take every key of the configuration: {done.stdout}")
            config = Objects(documents(done.stdout))["ConfigMap"]["data"]["config.yaml"] if done.returncode == 0 else ""
            same("the configuration that the chart writes", documents(config.replace('"off"', "off")), [documents(EVERYTHING)[0]["config"]])
            configs["chart"] = config
        else:
            skip("the configuration that the chart writes", "helm is not there")
        for name, config in configs.items():
            with open(f"{folder}/config.yaml", "w", encoding="utf-8") as file:
                file.write(config)
            done = run(program, "--check", f"--tls-cert={folder}/tls.crt", f"--tls-key={folder}/tls.key", f"--config={folder}/config.yaml")
            expect(done.returncode == 0, f"{name}: the server does not take this configuration: {done.stdout}")


def check_walk(project):
    """The README's command and what it prints are those of the suite."""
    sys.path.insert(0, f"{project}/tests/webhook/cluster")
    import cases
    _, written = cases.read(read(f"{project}/tests/webhook/cluster/cases/apply.txt"))
    step = next(case for case in written if case.name.startswith("the README's walk")).steps[1]
    readme = read(f"{project}/README.md")
    expect(f"    {step.command}\n" in readme, f"README.md: not the suite's command: {step.command}")
    message = "\n".join(step.output[:-1])
    expect(f"```\n{message}\n```" in readme, f"README.md: not the message of the suite:\n{message}")


def main(project, lint, webhook=""):
    deploy = f"{project}/tools/corefile-webhook/deploy"
    check_yaml(deploy)
    base = check_kustomize(deploy)
    pod = load(f"{deploy}/base/deployment.yaml")[0]["spec"]["template"]["spec"]
    check_helm(deploy, base)
    check_schema(deploy)
    check_image(project, deploy, pod)
    check_flags(webhook, pod)
    check_config(webhook, deploy)
    check_walk(project)
    done = run(lint, deploy)
    expect(done.returncode == 0, f"corefile-lint: {done.stdout}")
    print("\n".join(faults) if faults else "deploy/ agrees with itself")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except RuntimeError as error:
        sys.exit(str(error))
