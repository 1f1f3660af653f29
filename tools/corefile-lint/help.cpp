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
  explain RULE    what a rule is about, why it matters and what to do
  rules           all rules
  print FILE      how a file is read: its tokens, its tree, or what CoreDNS would see
  version         this program's version and the CoreDNS releases it knows

Examples:
  corefile-lint Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint -
  corefile-lint --kubernetes 1.31 deploy/
  corefile-lint --diff Corefile
  corefile-lint releases --kubernetes coredns-configmap.yaml
  corefile-lint ask Corefile www.example.org

Exit codes: 0 nothing to report, 1 findings, 2 wrong usage or something that could not be read.

Options: `corefile-lint check --help`, `corefile-lint rules --help` and so on. More is in the README.
)";

constexpr std::string_view check_help = R"(corefile-lint check: checks Corefiles, and Kubernetes manifests that hold one

Usage: corefile-lint [check] [OPTIONS] PATH...

PATH is a file, a folder, or - for standard input. A folder is searched for Corefile, corefile, coredns.conf, *.Corefile,
Corefile.*, *.corefile, *.server, *.override, and YAML or JSON files with a Corefile inside or around one; hidden folders
and templates (Corefile.j2, Corefile.tmpl) are left out.

What is checked for:
  --coredns VERSION        the CoreDNS release, such as 1.11.3, or an image of it, such as
                           v1.11.3-eksbuild.4; without it, the newest known
  --kubernetes VERSION     the release that kubeadm installs with this Kubernetes release, such as 1.31
  --platform NAME[:VERSION]
                           whose CoreDNS it is: aks, digitalocean, docker, eks, gardener, k3s, kubeadm, node-local,
                           openshift, rke2 or talos; without it, by what the manifests tell
  --cluster-domain NAME    the cluster's domain, if it is not cluster.local
  --resolv-conf FILE       the node's own resolv.conf, which `forward . /etc/resolv.conf` reads
  --env NAME=VALUE         what {$NAME} stands for; repeatable. Others are taken as unknown
  --plugins NAME|FILE      plugins built into CoreDNS beside its own: known ones by name, others by a file that describes
                           them as rules/plugins/*.yaml do; repeatable
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

How:
  --format FORMAT          full, concise or json (default: full)
  --color WHEN             auto, always or never (default: auto; NO_COLOR and FORCE_COLOR are heeded)
  -q, --quiet              findings only: no summary, no remarks

Fixes:
  --fix                    apply the safe ones; the text of - goes to standard output
  --unsafe-fixes           with --fix or --diff: those too that may change what is answered
  --diff                   print what --fix would change, and change nothing

Examples:
  corefile-lint Corefile
  kubectl -n kube-system get cm coredns -o yaml | corefile-lint --kubernetes 1.31 -
  corefile-lint --format concise --fail-on error deploy/
  corefile-lint --ignore style --severity missing-cache=off Corefile
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

constexpr std::string_view explain_help = R"(corefile-lint explain: what a rule is about, why it matters and what to do

Usage: corefile-lint explain RULE

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
  --config           what CoreDNS would see: imports and snippets spliced in, variables replaced
  --env NAME=VALUE   with --config: what {$NAME} stands for; repeatable
  --kind KIND        auto, corefile or manifest (default: auto)

Exit codes: 0, or 2 if the file cannot be read.
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
  if (command == "explain") return explain_help;
  if (command == "rules") return rules_help;
  if (command == "print") return print_help;
  if (command == "version") return version_help;
  return overview;
}

}  // namespace corefile::app
