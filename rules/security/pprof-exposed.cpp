// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "go/net.hpp"
#include "lint/fixer.hpp"

namespace corefile::rules::pprof_exposed {
namespace {

void check(Directive pprof, const Context& context, Report& report) {
  if (!context.load->loads() || pprof.arguments().empty()) return;
  const Word& word = pprof.arguments().front();
  const auto parts = word.unknown ? std::nullopt : go::split_host_port(word.text);
  if (!parts) return;
  const auto address = go::parse_ip(parts->host);
  const bool all = parts->host.empty() || (address && go::is_unspecified(*address));
  if (!all) return;
  Diagnostic& found = report.at(word, "anybody who reaches this machine can profile CoreDNS");
  found.label = "all addresses";
  found.notes.push_back("pprof hands out memory contents and costs processor time, and asks for no password");
  const std::string meant = fmt::format("localhost:{}", parts->port);
  found.help = fmt::format("write `pprof {}`", meant);
  found.fixes.push_back({fmt::format("listen on `{}`", meant), Safety::unsafe, {Fixer(*pprof.config).replace(word, meant)}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::pprof}, .fixes = Fixes::always};

}  // namespace corefile::rules::pprof_exposed
