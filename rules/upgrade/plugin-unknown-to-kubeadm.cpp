// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::plugin_unknown_to_kubeadm {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  // Where nobody names the release, nobody is about to upgrade.
  if (context.role != Role::cluster || context.release_assumed || !context.load->loads()) return;
  Diagnostic& found =
      report.at(directive.name_word(), fmt::format("`kubeadm upgrade` cannot migrate a Corefile with `{}`", directive.name()));
  found.label = "not known to its migration";
  found.notes.push_back("CoreDNS loads it; kubeadm stops before the upgrade, as it knows what releases changed for some plugins alone");
  found.help =
      "upgrade with `--ignore-preflight-errors=CoreDNSUnsupportedPlugins`, or `CoreDNSMigration`, and see to the Corefile yourself";
}

}  // namespace

extern constinit const Rule rule{
    .check = check,
    // What github.com/coredns/corefile-migration, migration/versions.go, has no entry for in any release.
    .directives = {Plugin::acl,       Plugin::any,      Plugin::auto_,    Plugin::azure,   Plugin::bind,        Plugin::bufsize,
                   Plugin::cancel,    Plugin::chaos,    Plugin::clouddns, Plugin::debug,   Plugin::dns64,       Plugin::dnssec,
                   Plugin::dnstap,    Plugin::erratic,  Plugin::etcd,     Plugin::file,    Plugin::geoip,       Plugin::grpc,
                   Plugin::header,    Plugin::local,    Plugin::metadata, Plugin::minimal, Plugin::multisocket, Plugin::nomad,
                   Plugin::nsid,      Plugin::pprof,    Plugin::root,     Plugin::route53, Plugin::secondary,   Plugin::sign,
                   Plugin::template_, Plugin::timeouts, Plugin::tls,      Plugin::trace,   Plugin::tsig,        Plugin::view,
                   Plugin::whoami},
    .severity = Severity::info,
};

}  // namespace corefile::rules::plugin_unknown_to_kubeadm
