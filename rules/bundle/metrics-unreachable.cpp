// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::metrics_unreachable {
namespace {

constexpr std::string_view usual_port = "9153";

bool is_loopback(std::string_view address) {
  return address.starts_with("localhost:") || address.starts_with("127.") || address.starts_with("[::1]:");
}

/// Somebody asks the pods for metrics on this port.
bool is_asked(const Run& run, std::string_view port, const Manifest& manifest) {
  const auto annotation = run.workload->annotations.find("prometheus.io/port");
  if (annotation != run.workload->annotations.end() && annotation->second == port) return true;
  const auto& ports = run.container->ports;
  if (std::any_of(ports.begin(), ports.end(), [port](const Port& one) { return one.port == port; })) return true;
  return std::any_of(manifest.bundle.services.begin(), manifest.bundle.services.end(), [&](const Service& service) {
    return selects(service.selector, run.workload->labels) &&
           std::any_of(service.ports.begin(), service.ports.end(), [port](const Port& one) { return one.port == port; });
  });
}

void check_runs(const std::vector<Run>& runs, const Manifest& manifest, ManifestReport& report) {
  for (const Run& run : runs) {
    for (const Directive directive : run.base.config.directives()) {
      if (!directive.is(Plugin::prometheus)) continue;
      const auto arguments = directive.arguments();
      if (!arguments.empty() && (arguments.front().unknown != 0 || !is_loopback(arguments.front().text))) continue;
      const std::string_view address = arguments.empty() ? std::string_view() : arguments.front().text;
      const std::string_view port = arguments.empty() ? usual_port : address.substr(address.rfind(':') + 1);
      if (!is_asked(run, port, manifest)) continue;
      Diagnostic& found = report.at(run.base.outer(directive.name_word()), "`prometheus` listens inside the pod only");
      found.notes.push_back(fmt::format("{}whoever asks the pod's own address is refused",
                                        arguments.empty() ? fmt::format("without an address it is localhost:{}, and ", usual_port) : ""));
      found.help = fmt::format("write `prometheus :{}`", port);
    }
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  check_runs(read_runs(manifest), manifest, report);
  check_runs(read_other_runs(manifest), manifest, report);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::metrics_unreachable
