// SPDX-License-Identifier: Apache-2.0
#include "flags.hpp"

namespace corefile::webhook {

std::string_view help() noexcept {
  return R"(corefile-webhook: keeps Corefiles out of a Kubernetes cluster that CoreDNS would not load

Usage: corefile-webhook --tls-cert FILE --tls-key FILE [OPTIONS]
       corefile-webhook --review FILE|- [OPTIONS]
       corefile-webhook --audit FOLDER [OPTIONS]
       corefile-webhook --probe NAMESPACE/NAME

A validating admission webhook: the API server POSTs AdmissionReviews (admission.k8s.io/v1) to /validate.

Where it listens:
  --listen ADDR:PORT           HTTPS (default :8443); :PORT is every address
  --metrics-listen ADDR:PORT   HTTP for /healthz, /readyz and /metrics (default :8080)
  --tls-cert FILE              certificate with its chain, PEM; read again when it changes
  --tls-key FILE               its key, PEM; read again when it changes
  --client-ca FILE             only clients with a certificate of one of these CAs, PEM; read again when it changes
  --client-name NAME           and of these only those with this name, CN or DNS, such as kube-apiserver; repeatable

What it says:
  --enforce LEVEL              errors, warnings or none: new findings from here on deny (default: errors)
  --unchecked deny|allow       what becomes of a text that is beyond a limit of size or time (default: deny)
  --outside warn|deny          what becomes of a change that needs a file, variable or interface which only the pods can have
                               (default: warn)
  --override reason|text       what the annotation corefile-lint.dev/override needs: a reason, or a reason and the hash of the texts
                               that it is for (default: reason)
  --coredns VERSION            the CoreDNS release, such as 1.11.3, or an image of it, such as v1.11.3-eksbuild.4;
                               without it, the newest known
  --kubernetes VERSION         the release that kubeadm installs with this Kubernetes release, such as 1.31
  --cluster-domain NAME        the cluster's domain, if it is not cluster.local
  --config FILE                YAML, see below; read again when it changes
  --main-corefile FILE         the cluster's own Corefile (ConfigMap coredns as a volume): coredns-custom is then judged with it
  --custom-folder FOLDER       ConfigMap coredns-custom as a volume: the cluster's own Corefile is then judged with what it imports of it
  --main-namespace NAME        where both are from (default: any namespace)
  --configmap [NAMESPACE/]NAME review this ConfigMap too, besides coredns, coredns-custom, node-local-dns and
                               nodelocaldns; repeatable
  --label KEY[=VALUE]          review ConfigMaps with this label too; repeatable

Annotations of a ConfigMap, whose value is the reason; both are logged:
  corefile-lint.dev/override      lets a ConfigMap pass that would be denied
  corefile-lint.dev/allow-delete  lets the live Corefile be deleted

Limits:
  --threads N                  threads for connections, and as many for light reviews (default: one a processor, at least 2)
  --heavy-threads N            threads for reviews that take long or much memory, up to 80 MiB each (default 2)
  --queue N                    of these, how many may wait; more are answered 503 (default 64)
  --review-timeout SECONDS     for a review; then --unchecked decides (default 3, and at most 4/5 of the API server's own)
  --max-connections N          connections; beyond, the slowest is closed (default 512)
  --max-body BYTES             of a review (default 41943040: 3 MiB before and after, as JSON)
  --timeout SECONDS            for a handshake, a request's header, its body and the answer, each (default 10)
  --idle-timeout SECONDS       between the reviews of a connection (default 120; the API server's own is 90)
  --drain-delay SECONDS        after SIGTERM /readyz fails, and service goes on this long (default 5)
  --drain-timeout SECONDS      then reviews that are under way have this long to end (default 20)

Others:
  --review FILE                answer this AdmissionReview (- is standard input) and serve nothing; exit code 1 if it is denied
  --audit FOLDER               judge FOLDER/NAMESPACE/NAME/KEY, ConfigMaps as volumes, as if they were created; prints the gauge
                               corefile_live_errors; exit code 1 if there is an error
  --probe NAMESPACE/NAME       break this ConfigMap's Corefile in a dry run, from a pod; exit code 0 if the webhook was asked, 1 if not
  --service-account FOLDER     token and ca.crt for --probe (default /var/run/secrets/kubernetes.io/serviceaccount)
  --check                      read the files, say what is wrong with them, and serve nothing
  --log-contents               log what findings say, which quotes the Corefile; without it only rules and places are logged
  --version                    print the version
  --help                       print this

The configuration file, whose keys win over the command line; all may be left out:
  enforce: errors
  unchecked: deny
  outside: warn
  inPods: [/etc/coredns/zones/*, $NODE_IP]  # files, interfaces, variables that the pods have
  override: reason
  mayDelete: ["system:serviceaccount:kube-system:helm-rke2-coredns"]  # who may delete the live Corefile
  coredns: 1.11.3                           # or kubernetes: "1.31"
  clusterDomain: cluster.local
  mainCorefile: /etc/corefile/main/Corefile
  customFolder: /etc/corefile/custom
  mainNamespace: kube-system
  releases: {node-local-dns: 1.11.3}        # of ConfigMaps whose pods run another one
  configMaps: [team/dns-config, other-name]
  labels: ["dns.example/corefile=true"]
  ignore: [cache-missing]                   # rules or groups
  severity: {forward-to-resolv-conf: off}   # error, warning, info or off
  plugins: [k8s_gateway]                    # built into CoreDNS beside its own
  namespaces:                               # the same again for one namespace, but for what is mounted, releases, configMaps and labels
    staging: {enforce: none}

Exit codes: 0 after SIGTERM or SIGINT; 1 --review denied; 2 wrong usage, or a file or address that cannot be used.
Logs go to standard error, a JSON object a line. Nothing that a Corefile names is read, resolved or run.
)";
}

}  // namespace corefile::webhook
