// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::service_port_missing {
namespace {

constexpr std::string_view dns_port = "53";

std::string_view protocol_of(const Port& port) { return port.protocol.empty() ? std::string_view("TCP") : port.protocol; }

const Port* find_port(const Service& service, std::string_view protocol) {
  for (const Port& port : service.ports) {
    if (port.port == dns_port && protocol_of(port) == protocol) return &port;
  }
  return nullptr;
}

void report_protocol(const Service& service, std::string_view protocol, ManifestReport& report) {
  const Port* other = find_port(service, protocol == "UDP" ? "TCP" : "UDP");
  Diagnostic& found = report.at(Place{0, other->span}, fmt::format("{} has no port 53 over {}", shown_name(service.name), protocol));
  found.label = other->protocol.empty() ? "over TCP alone, where no `protocol` is written" : "over " + other->protocol + " alone";
  if (protocol == "TCP") {
    found.severity = Severity::warning;
    found.notes.push_back("an answer that is too long for UDP, such as a headless Service's with 30 addresses, stays cut off");
  } else {
    found.notes.push_back("clients ask over UDP, and get no answer");
  }
  found.help = fmt::format("add `{{name: dns{}, port: 53, protocol: {}}}`", protocol == "TCP" ? "-tcp" : "", protocol);
}

/// Whether something was found.
bool check_target(const Run& run, const Service& service, const Port& port, Release release, ManifestReport& report) {
  std::string number = port.target.empty() ? port.port : port.target;
  if (!read_number(number)) {
    const auto& ports = run.container->ports;
    const auto named = std::find_if(ports.begin(), ports.end(), [&](const Port& one) { return one.name == number; });
    if (named == ports.end()) {
      Diagnostic& found = report.at(Place{0, port.span},
                                    fmt::format("{} sends to the port `{}`, which no container has", shown_name(service.name), number));
      found.notes.push_back("the Service has no endpoint for it, so nobody answers");
      found.help = "name a port of the container, or write its number";
      return true;
    }
    number = named->port;
  }
  const auto ports = listened(run, release);
  if (!ports || ports->empty() || std::find(ports->begin(), ports->end(), number) != ports->end()) return false;
  Diagnostic& found = report.at(
      Place{0, port.span}, fmt::format("{} sends queries to port {}, where CoreDNS does not listen", shown_name(service.name), number));
  found.labels.push_back({run.base.outer(run.base.config.block(0).head()), fmt::format("listens on {}", ports->front())});
  found.notes.push_back("every query over this Service is refused");
  found.help = fmt::format("write `targetPort: {}`", ports->front());
  return true;
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (manifest.bundle.services.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    const std::vector<const Service*> services = services_of(*run.workload, manifest);
    // Load balancers of some clouds take one protocol each: then a Service stands for each.
    if (services.size() == 1) {
      for (const std::string_view protocol : {std::string_view("UDP"), std::string_view("TCP")}) {
        if (find_port(*services.front(), protocol) == nullptr) report_protocol(*services.front(), protocol, report);
      }
    }
    if (!run.base.whole()) continue;
    for (const Service* service : services) {
      for (const Port& port : service->ports) {
        if (port.port == dns_port && check_target(run, *service, port, context.release, report)) break;
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::service_port_missing
