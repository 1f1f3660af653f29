// SPDX-License-Identifier: Apache-2.0
#include <corefile/key.hpp>

#include "reading.hpp"

namespace corefile::rules::service_port_unserved {
namespace {

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

bool selects(const Service& service, const Workload& workload) {
  if (service.selector.empty() || !same_space(service.name.name_space, workload.name.name_space)) return false;
  return std::all_of(service.selector.begin(), service.selector.end(), [&](const auto& label) {
    const auto its = workload.labels.find(label.first);
    return its != workload.labels.end() && its->second == label.second;
  });
}

/// The ports that some block serves; none: one of them is not known.
std::optional<std::vector<std::string>> served_ports(const Config& config, Release release) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& word : config.block(i).keys()) {
      const Key key = read_key(word.text, release);
      if (word.unknown != 0 || !key.error.empty()) return {};
      out.push_back(key.port);
    }
  }
  return out;
}

/// `-dns.port=1053`: what blocks without a port listen on.
bool moves_the_port(const Container& container) {
  return std::any_of(container.arguments.begin(), container.arguments.end(), [](const Written& written) {
    const std::string_view argument = written.text;
    return argument.find("dns.port") != std::string_view::npos || argument == "-p" || argument.starts_with("-p=") ||
           argument.starts_with("--p");
  });
}

/// The number of the port that the Service sends to; empty: not known.
std::string target_of(const Port& port, const Container& container) {
  const std::string& target = port.target.empty() ? port.port : port.target;
  if (is_number(target)) return target;
  for (const Port& one : container.ports) {
    if (one.name == target && is_number(one.port)) return one.port;
  }
  return {};
}

bool is_dns(const Port& port) { return port.port == "53" || port.name.starts_with("dns"); }

/// The block that the pods' names are answered in.
ServerBlock asked_block(const Config& config) {
  for (const Directive directive : config.directives()) {
    if (directive.is(Plugin::kubernetes)) return config.block(directive.block());
  }
  return config.block(0);
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (manifest.bundle.services.empty() || manifest.bundle.workloads.empty()) return;
  for (const Read& base : read_bases(manifest)) {
    const Workload* workload = workload_of(*base.text, manifest);
    const Container* container = workload == nullptr ? nullptr : container_of(*workload);
    if (container == nullptr || !base.whole() || base.config.block_count() == 0 || moves_the_port(*container)) continue;
    const auto served = served_ports(base.config, context.release);
    if (!served) continue;
    std::vector<std::string> told;
    for (const Service& service : manifest.bundle.services) {
      if (!selects(service, *workload)) continue;
      for (const Port& port : service.ports) {
        std::string target = is_dns(port) ? target_of(port, *container) : std::string();
        if (target.empty() || std::find(served->begin(), served->end(), target) != served->end()) continue;
        if (std::find(told.begin(), told.end(), target) != told.end()) continue;
        const ServerBlock block = asked_block(base.config);
        Diagnostic& found =
            report.at(base.outer(block.head()), fmt::format("no block listens on port {}, where the cluster's queries arrive", target));
        found.labels.push_back({{0, service.name.span}, fmt::format("sends port {} to port {} of the pods", port.port, target)});
        found.notes.push_back("pods get no answer at all from this Service");
        found.help = fmt::format("write `:{}` behind the zones, or `targetPort: {}` into the Service", target, served->front());
        told.push_back(std::move(target));
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "service-port-unserved",
    .summary = "The Service sends queries to a port that no block listens on",
    .check = check,
    .severity = Severity::error,
};

}  // namespace corefile::rules::service_port_unserved
