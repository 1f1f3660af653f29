#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""schemas.py CORELINT PROJECT: reports and configuration are what their schemas say, and other readers read them.

With the package jsonschema, docs/report.schema.json and `config schema` are held. Other formats' schemas are not part of the project: where
COREFILE_SCHEMAS names a folder with them, they are held too: sarif.json (OASIS's for SARIF 2.1.0), rdjson.json (reviewdog's
DiagnosticResult.json), junit.xsd (xUnit plugin's junit-10.xsd, which knows no `file` and `line`; needs xmllint). The package sarif-tools
reads SARIF where it is installed. What is skipped is said."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

lint, project = sys.argv[1:]
try:
    import jsonschema
except ImportError:
    jsonschema = None
    print("jsonschema is not installed: schemas are not tried (pip install jsonschema)")

COREFILE = ".:53 {\n    errors\n    cache 30s\n    forwardd . 192.0.2.53\n    forward . /etc/resolv.conf 192.0.2.53\n}\n"


def report(name, folder):
    run = subprocess.run([lint, "--no-config", "--format", name, "a b.Corefile", "coredns.yaml", "absent"], cwd=folder, capture_output=True)
    assert run.returncode == 2, run
    return run.stdout.decode("utf-8")


def validate(value, schema, what):
    if jsonschema is None:
        return
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    faults = list(validator(schema).iter_errors(value))
    assert not faults, (what, faults[:3])
    print(what + ": valid")


def published(name):
    """A schema that is somebody else's."""
    path = os.path.join(os.environ.get("COREFILE_SCHEMAS", ""), name)
    if os.path.isfile(path):
        return path
    print(f"COREFILE_SCHEMAS has no {name}: not tried")
    return None


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def second_reader(folder, sarif):
    """sarif-tools counts what we counted."""
    if not shutil.which("sarif"):
        print("sarif-tools is not installed: SARIF is read by no other program (pip install sarif-tools)")
        return
    path = os.path.join(folder, "report.sarif")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sarif, file)
    told = subprocess.run(["sarif", "summary", path], capture_output=True, text=True, check=True).stdout
    for level in ("error", "warning", "note"):
        wanted = sum(result["level"] == level for result in sarif["runs"][0]["results"])
        assert re.search(rf"^{level}: {wanted}$", told, re.MULTILINE), (level, wanted, told)
    print("sarif-tools: reads it")


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "a b.Corefile"), "w") as file:
        file.write(COREFILE)
    with open(os.path.join(folder, "coredns.yaml"), "w") as file:
        file.write("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  namespace: kube-system\ndata:\n  Corefile: |\n")
        file.writelines("    " + line + "\n" for line in COREFILE.splitlines())

    with open(os.path.join(project, "docs/report.schema.json")) as file:
        validate(json.loads(report("json", folder)), json.load(file), "json")
    kinds = [json.loads(line)["type"] for line in report("jsonl", folder).splitlines()]
    assert kinds[0] == "start" and kinds[-2:] == ["unread", "end"] and set(kinds[1:-2]) == {"finding"}, kinds

    sarif = json.loads(report("sarif", folder))
    run = sarif["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints" and not run["invocations"][0]["executionSuccessful"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] in ("a%20b.Corefile", "coredns.yaml") and place["uriBaseId"] == "%SRCROOT%", place
    spoke = {result["ruleId"] for result in run["results"]}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == spoke, spoke
    if schema := published("sarif.json"):
        validate(sarif, load(schema), "sarif")
    second_reader(folder, sarif)

    issues = json.loads(report("gitlab", folder))
    for issue in issues:
        assert issue["description"] and issue["check_name"] and issue["location"]["path"] and issue["location"]["lines"]["begin"] >= 1, issue
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
    prints = [issue["fingerprint"] for issue in issues]
    assert len(prints) == len(set(prints)) and len(prints) > 4, prints
    rdjson = json.loads(report("rdjson", folder))
    if schema := published("rdjson.json"):
        validate(rdjson, load(schema), "rdjson")
    for diagnostic in rdjson["diagnostics"]:
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO") and diagnostic["location"]["path"], diagnostic
    if (schema := published("junit.xsd")) and shutil.which("xmllint"):
        text = re.sub(r' (file|line)="[^"]*"(?=[^<>]* time=)', "", report("junit", folder))
        subprocess.run(["xmllint", "--noout", "--schema", schema, "-"], input=text.encode(), check=True)
    suites = xml.etree.ElementTree.fromstring(report("junit", folder).encode())
    assert sum(int(suite.get("tests")) for suite in suites) == len(suites.findall("*/testcase")) == int(suites.get("tests"))
    assert len(suites.findall("*/testcase/failure")) == int(suites.get("failures")) and suites.get("errors") == "1"
    files = xml.etree.ElementTree.fromstring(report("checkstyle", folder).encode())
    assert sorted(file.get("name") for file in files) == ["a b.Corefile", "absent", "coredns.yaml"]

    schema = json.loads(subprocess.run([lint, "config", "schema"], capture_output=True, check=True).stdout)
    validate({"ignore": ["cache"], "severity": {"cache": "info"}, "coredns": "1.11.3", "paths": [{"files": "a", "failOn": "error"}]}, schema, "config")
    for wrong in ({"ignor": []}, {"ignore": ["cahce"]}, {"failOn": "fatal"}, {"paths": [{"failOn": "error"}]}, {"severity": {"cache": 1}}):
        assert jsonschema is None or list(jsonschema.validators.validator_for(schema)(schema).iter_errors(wrong)), wrong
