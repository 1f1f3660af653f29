# SPDX-License-Identifier: Apache-2.0
"""The few words of a Dockerfile that ours has."""

import re


def stages(path):
    """What each FROM begins, as (word, the rest of the line)."""
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"\\\n\s*", "", file.read())
    out = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            out.append([])
        elif word and not word.startswith("#"):
            out[-1].append((word, rest))
    return out


def copies(stage):
    """(source, target) of each file, without --from."""
    for word, rest in stage:
        if word == "COPY":
            *sources, target = [part for part in rest.split() if not part.startswith("--")]
            yield from ((source, target) for source in sources)


def packages(stage):
    for word, rest in stage:
        for found in re.findall(r"apt-get install ([^&]*)", rest) if word == "RUN" else ():
            yield from (part for part in found.split() if not part.startswith("-"))


def included(path):
    """What the build is given of the project: a .dockerignore of `*` and exceptions."""
    with open(path, encoding="utf-8") as file:
        first, *others = file.read().split()
    if first != "*" or not all(line.startswith("!") for line in others):
        raise ValueError(f"{path}: not `*` and exceptions")
    return [line[1:] for line in others]
