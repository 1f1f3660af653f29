# SPDX-License-Identifier: Apache-2.0
"""Sessions at a shell as text.

    === name
    >>> file PATH
    TEXT
    >>> steps
    $ COMMAND
    what it prints, standard output and standard error as they come
    [1]                                its exit code, if that is not 0

What stands in front of the first case is kept. A file's last line is never empty.
"""

from dataclasses import dataclass, field


@dataclass
class Step:
    command: str
    output: list = field(default_factory=list)


@dataclass
class Case:
    name: str
    files: list = field(default_factory=list)  # of (path, lines)
    steps: list = field(default_factory=list)


def read(text):
    preamble, cases, into = [], [], None
    into = preamble
    for line in text.splitlines():
        if line.startswith("=== "):
            cases.append(Case(line[4:]))
            into = None
        elif line.startswith(">>> file ") and cases:
            cases[-1].files.append((line[9:], []))
            into = cases[-1].files[-1][1]
        elif line == ">>> steps" and cases:
            into = None
        elif line.startswith("$ ") and cases:
            cases[-1].steps.append(Step(line[2:]))
            into = cases[-1].steps[-1].output
        elif into is not None:
            into.append(line)
        elif line:
            raise ValueError(f"neither a step nor a file: {line!r}")
    for lines in [preamble] + [lines for case in cases for _, lines in case.files] + [step.output for case in cases for step in case.steps]:
        while lines and not lines[-1]:
            lines.pop()
    return preamble, cases


def write(preamble, cases):
    lines = list(preamble)
    for case in cases:
        lines += [""] if lines else []
        lines.append(f"=== {case.name}")
        for path, text in case.files:
            lines += [f">>> file {path}", *text]
        if case.files:
            lines.append(">>> steps")
        for step in case.steps:
            lines += [f"$ {step.command}", *step.output]
    return "\n".join(lines) + "\n"
