// SPDX-License-Identifier: Apache-2.0
#include "help.hpp"

namespace corefile::app {
namespace {

constexpr std::string_view overview = R"(corefile-lint: finds what is wrong with a Corefile before CoreDNS does

Usage: corefile-lint [check] [OPTIONS] PATH...
       corefile-lint COMMAND ...

Commands:
  check PATH...   check Corefiles and Kubernetes manifests that hold one (the default)
  releases FILE   which CoreDNS releases load a file, and why others refuse it
  ask FILE NAME   which way a query goes: block, plugins, who answers what, which upstreams are asked
  diff OLD NEW    which queries two files answer otherwise
  upgrade FILE    what becomes of a file when CoreDNS is upgraded: refused, or answered otherwise
  test FILE...    tests of a Corefile: queries and what must become of them, promises about all names
  format PATH...  write white space in one way: four spaces a block, none at a line's end
  hash FILE       the hash that CoreDNS's reload logs: is this what runs?
  config          what the configuration file says: show, schema, init
  explain RULE    what a rule is about, why it matters and what to do
  rules           all rules
  print FILE      how a file is read: its tokens, its tree, or what CoreDNS would see
  completion SHELL  completions for bash, zsh or fish
  man             the manual page
  coredns-validate  with coredns's own flags: would it load this Corefile?
  version         this program's version and the CoreDNS releases it knows

Examples:
  corefile-lint Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint -
  corefile-lint --kubernetes 1.31 deploy/
  corefile-lint --diff Corefile
  corefile-lint releases --kubernetes coredns-configmap.yaml
  corefile-lint ask Corefile www.example.org
  corefile-lint diff Corefile.old Corefile
  corefile-lint upgrade --kubernetes 1.30..1.34 Corefile

Exit codes: 0 nothing to report, 1 findings, 2 wrong usage or something that could not be read.

Options: `corefile-lint help check`, `corefile-lint help rules` and so on. More is in the README.
)";

constexpr std::string_view check_help = R"(corefile-lint check: checks Corefiles, and Kubernetes manifests that hold one

Usage: corefile-lint [check] [OPTIONS] PATH...

PATH is a file, a folder, or - for standard input; without one, standard input where something is piped in, else the
current folder. A folder is searched for Corefile, Corefile.*, *.Corefile and the like, coredns.conf, *.server, *.override,
and YAML or JSON files with a Corefile inside or around one; hidden folders and what git ignores are left out.

What is checked for:
  --coredns VERSION        the CoreDNS release, such as 1.11.3, or an image of it, such as
                           v1.11.3-eksbuild.4; without it, the newest known
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release, such as 1.31
  --platform NAME          whose CoreDNS it is: aks, digitalocean, docker, eks, gardener, gke, k3s, kubeadm, lke,
                           microk8s, node-local, openshift, rke2 or talos, and NAME:VERSION; without it, by what the
                           manifests tell
  --cluster-domain NAME    the cluster's domain, if it is not cluster.local
  --service-subnet CIDR    where Services have their addresses, such as 10.96.0.0/12, one of each family with a comma;
                           without it, by what the manifests tell
  --pod-subnet CIDR        where pods have theirs
  --resolv-conf FILE       the node's own resolv.conf, which `forward . /etc/resolv.conf` reads
  --env NAME=VALUE         what {$NAME} stands for; repeatable. Others are taken as unknown
  --plugins NAME|FILE      plugins built into CoreDNS beside its own, by name or by a file that describes them as
                           rules/plugins/*.yaml do; repeatable. Of a name that is not known here nothing is checked
  --kind KIND              auto, corefile or manifest: what the files are (default: auto, by name and first lines)
  --role ROLE              standalone, cluster, node-local, server or override: what a Corefile is to its cluster
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  --together               all manifests are one cluster's. Without it those of one folder are, unless two of them hold
                           the same object; a stream is a cluster of its own
  --apart                  no manifest counts for another

What is reported:
  --select NAMES           only these rules; names of rules or groups, or ALL, with commas or repeated
  --ignore NAMES           not these; the most precise name wins, and of equally precise ones the last. What CoreDNS
                           refuses stays an error until the rule it comes from is ignored
  --severity RULE=LEVEL    another severity: error, warning, info or off; also for a group
  --fail-on LEVEL          error, warning, info or never: findings from here on give exit code 1 (default: warning)

  --no-suppressions        also what comments and annotations ignore
  --add-ignore REASON      write `# corefile-lint: ignore[RULE] REASON` to the lines of all findings but errors
  --baseline FILE          not what is in this file
  --write-baseline         write all findings to the file of --baseline, and report nothing

Which files:
  --exclude GLOB           not these: a line of a .gitignore, in the current folder; repeatable
  --force-exclude          what a search of folders leaves out is left out even if it is named; for hooks and editors
  --no-gitignore           also what git ignores
  --changed[=REVISION]     only what was changed since REVISION (default: HEAD), and what git does not know yet

Configuration (.corefile-lint.yaml in the folder of a file, or the closest one above):
  --config FILE            this file for all inputs
  --no-config              none

How:
  --format FORMAT          full, concise, grouped, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or
                           markdown (default: full, or what COREFILE_LINT_FORMAT says); repeatable
  --output FILE            where the report of the --format before it goes, instead of standard output
  --color WHEN             auto, always or never (default: auto; NO_COLOR and FORCE_COLOR are heeded)
  --statistics             how often each rule spoke, in place of the findings
  --watch                  check again whenever a file, an import or the configuration changes, until Ctrl-C
  -j, --jobs N             so many threads (default: by the number of files)
  -q, --quiet              findings only: no summary, no remarks

Fixes:
  --fix                    apply the safe ones, in files that are imported too; the text of - goes to standard output. Safe is
                           what gives the same configuration, better written, or the one obviously meant
  --unsafe-fixes           with --fix or --diff: those too that may change what is answered
  --diff                   print what --fix would change, and change nothing

Examples:
  corefile-lint Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint --kubernetes 1.31 -
  corefile-lint --format concise --fail-on error deploy/
  corefile-lint --ignore zones --severity cache-missing=off Corefile
  corefile-lint --diff Corefile | git apply

Exit codes: 0 nothing at or above --fail-on; 1 findings, or --diff would change something; 2 wrong usage, or a file that
cannot be read or written.
The report goes to standard output, troubles to standard error. Nothing is sent anywhere. More: the README.
)";

constexpr std::string_view releases_help = R"(corefile-lint releases: which CoreDNS releases load a file, and why others refuse it

Usage: corefile-lint releases [OPTIONS] FILE

FILE is a Corefile, a manifest, or - for standard input. Neighbouring releases of which the same is to be said share a
line, which gives the first thing that CoreDNS would stop at.

  --kubernetes             by Kubernetes release, with the CoreDNS release that kubeadm installs
  --coredns VERSION        the release that the exit code speaks of, such as 1.11.3; without it, the newest shown
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --plugins NAME|FILE      plugins built into CoreDNS beside its own; repeatable
  --kind KIND              auto, corefile or manifest (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  --format FORMAT          text or json (default: text)
  --color WHEN             auto, always or never (default: auto)

Examples:
  corefile-lint releases Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint releases --kubernetes -

Exit codes: 0 that release loads the file; 1 it does not; 2 wrong usage, or a file that cannot be read.
)";

constexpr std::string_view ask_help = R"(corefile-lint ask: which way a query goes

Usage: corefile-lint ask [OPTIONS] FILE NAME [TYPE] [NAME [TYPE]]...

FILE is a Corefile, a manifest, or - for standard input. A name without a type is asked for A and AAAA, an address for its
PTR record; - alone reads names from standard input. The way is shown as CoreDNS goes it: the server block, the plugins
in their order, look-ups on the way, the upstreams that are asked, and the answer. What hangs on something that is not
given here is said to depend on it.

  --coredns VERSION        the CoreDNS release, such as 1.11.3; without it, the newest known
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release, such as 1.31
  --from ADDRESS           the client's address (default: 10.240.0.1)
  --listener LISTENER      where it comes in, such as dns://:53 (the default where there is one) or tls://:853
  --tcp                    it comes over TCP
  --cluster FILE           what `kubernetes` knows: kubectl get svc,endpointslices,pods,namespaces -A -o yaml
  --resolv-conf FILE       what stands in /etc/resolv.conf where CoreDNS runs
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --plugins NAME|FILE      plugins built into CoreDNS beside its own; repeatable
  --kind KIND              auto, corefile or manifest (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  --format FORMAT          text or json (default: text)

Examples:
  corefile-lint ask Corefile www.example.org
  corefile-lint ask --cluster cluster.yaml coredns.yaml web.demo.svc.cluster.local A 10.96.0.77

Exit codes: 0 it was asked; 2 wrong usage, a file that cannot be read, or one that the release refuses.
)";

constexpr std::string_view diff_help = R"(corefile-lint diff: which queries two files answer otherwise

Usage: corefile-lint diff [OPTIONS] OLD NEW

OLD and NEW are Corefiles, manifests, or - for standard input. The names, zones, patterns, types, clients and listeners
that either file tells apart divide the space of queries, and one query of each part is followed through both. Parts that
change in the same way are told together, the gravest change first. What is not given here is imagined, the same for both:
a cluster with a Service and a Pod of each kind, and upstreams that answer, deny or fail. What caches hold is not looked at.

  --coredns VERSION        the CoreDNS release, such as 1.11.3; without it, the newest known
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release, such as 1.31
  --cluster FILE           what `kubernetes` knows: kubectl get svc,endpointslices,pods,namespaces -A -o yaml
  --resolv-conf FILE       what stands in /etc/resolv.conf where CoreDNS runs
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --plugins NAME|FILE      plugins built into CoreDNS beside its own; repeatable
  --kind KIND              auto, corefile or manifest (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  --format FORMAT          text or json (default: text)

Example:
  git show HEAD:Corefile | corefile-lint diff - Corefile

Exit codes: 0 every query is answered as before; 1 some are not; 2 wrong usage, a file that cannot be read, or one that
the release refuses.
)";

constexpr std::string_view upgrade_help = R"(corefile-lint upgrade: what becomes of a file when CoreDNS is upgraded

Usage: corefile-lint upgrade [OPTIONS] FILE

FILE is a Corefile, a manifest, or - for standard input. It is read by each known release on the way. Told is the release
that refuses it first, what releases on the way answer otherwise than the one before, as `corefile-lint diff` tells it, and
which defaults are others, as far as is known.

  --from VERSION           the CoreDNS release that runs now, such as 1.8.6
  --to VERSION             the one to come; without it, the newest known
  --kubernetes A..B        instead of both: the releases that kubeadm installs with these Kubernetes releases
  --cluster FILE           what `kubernetes` knows: kubectl get svc,endpointslices,pods,namespaces -A -o yaml
  --resolv-conf FILE       what stands in /etc/resolv.conf where CoreDNS runs
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --plugins NAME|FILE      plugins built into CoreDNS beside its own; repeatable
  --kind KIND              auto, corefile or manifest (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  --format FORMAT          text or json (default: text)

Examples:
  corefile-lint upgrade --from 1.8.6 Corefile
  corefile-lint upgrade --kubernetes 1.30..1.34 coredns.yaml

Exit codes: 0 nothing changes; 1 it is refused, or queries are answered otherwise; 2 wrong usage, or a file that cannot
be read.
)";

constexpr std::string_view test_help = R"(corefile-lint test: tests of a Corefile, run without CoreDNS and without a cluster

Usage: corefile-lint test [OPTIONS] FILE...
       corefile-lint test --init COREFILE

FILE is YAML beside the Corefile (docs/corefile-test.schema.json):

  corefile: Corefile              # from the file's folder; also coredns, kubernetes, cluster, resolv-conf
  tests:
  - ask: git.corp.example A       # also from, listener, tcp
    answer: 10.0.0.11             # the records' data; none
    by: hosts
    rcode: NOERROR                # none: nothing is sent
    upstreams: [10.0.0.53]        # addresses, networks, /etc/resolv.conf, any, none
  - never: {names: cluster.local, upstreams: any}
  - always: {names: corp.example, types: [A, AAAA], upstreams: 10.0.0.0/8}

A promise is held against one query of each part of the space that the Corefile tells apart; one that does not keep it is
shown.

  --coverage               name plugins that no test comes to
  --init                   print a first file of tests for a Corefile
  --coredns VERSION        the CoreDNS release, whatever the files say
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --plugins NAME|FILE      plugins built into CoreDNS beside its own; repeatable
  --format FORMAT          text, json or junit (default: text)

Exit codes: 0 all hold; 1 some do not; 2 wrong usage, a file that cannot be read, or one that the release refuses.
)";

constexpr std::string_view format_help = R"(corefile-lint format: writes white space in one way

Usage: corefile-lint format [OPTIONS] PATH...

Each block is indented by four spaces, words are one space apart, lines end without blanks and the last one ends. Nothing is
aligned, no line comes, goes or moves, and comments and empty lines stay: CoreDNS reads the same words on the same lines, and
its `reload` sees no change. A Corefile in a manifest is written in place, in its scalar's style. A file is left as it is,
and this is said, where CoreDNS's parser refuses it or another program fills it in.

PATH is a file, a folder, or - for standard input, whose text goes to standard output.

  --check                  change nothing; print the names of files that would change
  --diff                   change nothing; print what would change
  --exclude GLOB           not these: a line of a .gitignore, in the current folder; repeatable
  --force-exclude          what a search of folders leaves out is left out even if it is named; for hooks and editors
  --kind KIND              auto, corefile or manifest: what the files are (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind
  -q, --quiet              no remarks

Examples:
  corefile-lint format Corefile
  corefile-lint format --check deploy/

Exit codes: 0; 1 with --check or --diff, if something would change; 2 wrong usage, a file that cannot be read or written, or
one that CoreDNS's parser refuses.
)";

constexpr std::string_view hash_help = R"(corefile-lint hash: the hash that CoreDNS logs for a file

Usage: corefile-lint hash [OPTIONS] FILE

FILE is a Corefile, a manifest, or - for standard input. `reload` logs `Running configuration SHA512 = …` when CoreDNS starts
and when it has read the file anew (MD5 up to 1.9.0, nothing up to 1.6.0). If the pods log what this prints, this file is
what runs. Comments and blanks do not count, lines do.

  --conf PATH              the Corefile's path where CoreDNS runs, which its imports start from (default: the file's own;
                           /etc/coredns/Corefile for a manifest and standard input)
  --coredns VERSION        the CoreDNS release, such as 1.11.3; without it, the newest known
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release, such as 1.31
  --env NAME=VALUE         what {$NAME} stands for; repeatable
  --kind KIND              auto, corefile or manifest (default: auto, by name and first lines)
  --stdin-filename NAME    what to call standard input; its ending tells the kind

Examples:
  corefile-lint hash Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint hash --kubernetes 1.31 -
  kubectl -n kube-system logs -l k8s-app=kube-dns --tail=-1 | grep 'Running configuration'

Exit codes: 0; 2 wrong usage, a file that cannot be read, or one that CoreDNS's parser refuses or whose imports or variables
are not known.
)";

constexpr std::string_view config_help = R"(corefile-lint config: the configuration file, .corefile-lint.yaml

Usage: corefile-lint config show [FILE]
       corefile-lint config schema
       corefile-lint config init

show prints what the configuration says for FILE (default: Corefile), each value with the file and line it comes from;
schema the JSON Schema of the configuration, for editors; init writes a file with every key as a comment.

  --config FILE   with show: this configuration file

The closest file counts: in the folder of what is checked, or above, up to the top of the git work tree. The command line
counts more.

Exit codes: 0, or 2 for a file that cannot be read or is wrong.
)";

constexpr std::string_view explain_help = R"(corefile-lint explain: what a rule is about, why it matters and what to do

Usage: corefile-lint explain [--color WHEN] RULE

  --color WHEN   auto, always or never (default: auto)

Example:
  corefile-lint explain unclosed-brace

`corefile-lint rules` lists all. Exit codes: 0, or 2 for an unknown rule.
)";

constexpr std::string_view rules_help = R"(corefile-lint rules: all rules

Usage: corefile-lint rules [--format FORMAT]

  --format FORMAT   table, json or markdown (default: table)
)";

constexpr std::string_view print_help = R"(corefile-lint print: how a file is read

Usage: corefile-lint print --tokens|--tree|--config FILE

FILE is a Corefile, a manifest, or - for standard input.

  --tokens           every byte's token
  --tree             server blocks, snippets, imports, directives
  --config           what CoreDNS would see, as a Corefile that loads to the same: imports and snippets spliced in, variables
                     replaced; where no text does, its first line says so
  --env NAME=VALUE   with --config: what {$NAME} stands for; repeatable
  --kind KIND        auto, corefile or manifest (default: auto)

Exit codes: 0, or 2 if the file cannot be read.
)";

constexpr std::string_view completion_help = R"(corefile-lint completion: completions for bash, zsh or fish

Usage: corefile-lint completion SHELL

Examples:
  corefile-lint completion bash > ~/.local/share/bash-completion/completions/corefile-lint
  corefile-lint completion zsh > ~/.zfunc/_corefile-lint
  corefile-lint completion fish > ~/.config/fish/completions/corefile-lint.fish
)";

constexpr std::string_view man_help = R"(corefile-lint man: the manual page

Usage: corefile-lint man

Example:
  corefile-lint man | man -l -
)";

constexpr std::string_view coredns_validate_help = R"(corefile-lint coredns-validate: with coredns's own flags: would it load this Corefile?

Usage: corefile-lint coredns-validate [-conf FILE] [-dns.port PORT] [-quiet]

coredns itself has no flag that only checks. `corefile-lint -conf FILE` is the same. Warnings are shown, and only errors
count.

  -conf FILE       the Corefile; without it, Corefile in the current folder
  -dns.port PORT   is taken, and changes nothing
  -quiet           findings only
  -validate        is taken, and changes nothing; so are -dry-run and -test

Examples:
  corefile-lint coredns-validate -conf /etc/coredns/Corefile
  corefile-lint -conf Corefile

Exit codes: 0 the newest known CoreDNS loads it; 1 it does not, or it cannot be read; 2 wrong usage.
)";

constexpr std::string_view version_help = R"(corefile-lint version: this program's version and the CoreDNS releases it knows

Usage: corefile-lint version [--json]

  --json   as one object
)";

}  // namespace

std::string_view help(std::string_view command) {
  if (command == "check") return check_help;
  if (command == "releases") return releases_help;
  if (command == "ask") return ask_help;
  if (command == "diff") return diff_help;
  if (command == "upgrade") return upgrade_help;
  if (command == "test") return test_help;
  if (command == "format") return format_help;
  if (command == "hash") return hash_help;
  if (command == "config") return config_help;
  if (command == "explain") return explain_help;
  if (command == "rules") return rules_help;
  if (command == "print") return print_help;
  if (command == "completion") return completion_help;
  if (command == "man") return man_help;
  if (command == "coredns-validate") return coredns_validate_help;
  if (command == "version") return version_help;
  return overview;
}

}  // namespace corefile::app
