# SPDX-License-Identifier: Apache-2.0
"""watch.py PROGRAM: `--watch` tells anew whenever a file, an import or the configuration changes, and ends with Ctrl-C.

Nothing sleeps: each report ends with a line on standard error, for which this waits before it makes the next change."""
import os
import select
import signal
import subprocess
import sys
import tempfile

lint = os.path.abspath(sys.argv[1])
SOUND = ".:53 {\n    errors\n    import more/*.conf\n    cache 30\n    forward . 192.0.2.53\n}\n"
failed = 0


def write(path, text):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path + "~", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + "~", path)


class Watched:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([lint, "--watch", "--format", "concise", "--fail-on", "never", *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def report(self):
        """What one round says on both streams, up to the line that ends it."""
        errors = []
        while not errors or b": watching " not in errors[-1]:
            line = self.process.stderr.readline()
            assert line, "it ended: " + b"".join(errors).decode()
            errors.append(line)
        out = b""
        while select.select([self.process.stdout], [], [], 0)[0]:
            out += os.read(self.process.stdout.fileno(), 65536)
        return out.decode() + b"".join(errors).decode()


def expect(what, got, *wanted):
    global failed
    text = "".join(line + "\n" for line in wanted)
    if got != text:
        failed += 1
        print(f"{what}: should be\n{text}but is\n{got}")


ENDS = "corefile-lint: watching for changes; Ctrl-C ends it"


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    write("Corefile", SOUND.replace("errors", "erors"))
    write("more/a.conf", "")
    watched = Watched(".")
    unknown = "Corefile:2:5: error[unknown-directive] CoreDNS has no plugin `erors`"
    expect("the first report", watched.report(), unknown, ENDS)
    write("Corefile", SOUND)
    expect("a file was mended", watched.report(), ENDS)
    write("more/a.conf", "    looop\n")
    imported = "more/a.conf:1:5: error[unknown-directive] CoreDNS has no plugin `looop`"
    expect("an import changed", watched.report(), imported, ENDS)
    write("more/b.conf", "    relaod\n")
    expect("an import came", watched.report(), "more/b.conf:1:5: error[unknown-directive] CoreDNS has no plugin `relaod`", imported, ENDS)
    os.remove("more/b.conf")
    expect("an import went", watched.report(), imported, ENDS)
    write(".corefile-lint.yaml", "coredns: 1.11.3\nenv: {NOBODY: asks}\nselect: [cache]\n")
    expect("a configuration came", watched.report(), ENDS)
    write(".corefile-lint.yaml", "ignor: []\n")
    expect("a configuration is wrong", watched.report(), "corefile-lint: .corefile-lint.yaml:1: there is no key `ignor`; did you mean `ignore`?",
           ENDS)
    os.remove(".corefile-lint.yaml")
    expect("a configuration went", watched.report(), imported, ENDS)
    write("deep/er/Corefile", SOUND.replace("errors", "erors"))
    expect("a file came", watched.report(), imported, "deep/er/" + unknown, ENDS)
    os.remove("Corefile")
    expect("a file went", watched.report(), "deep/er/" + unknown, ENDS)
    watched.process.send_signal(signal.SIGINT)
    expect("Ctrl-C", f"{watched.process.wait()} {watched.process.stdout.read()}\n", f"{-signal.SIGINT} b''")
    refused = subprocess.run([lint, "--watch", "-"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    expect("standard input", f"{refused.returncode} {refused.stderr}", "2 corefile-lint: --watch: standard input does not change",
           "Try `corefile-lint check --help`.")
sys.exit(1 if failed else 0)
