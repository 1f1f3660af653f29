// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "reading.hpp"

namespace corefile::rules::probe_unanswered {
namespace {

/// Where a plugin answers: its first argument, or what it listens on without one.
struct Endpoint {
  Plugin plugin;
  std::string_view path, address;
};
constexpr std::array<Endpoint, 3> endpoints{
    {{Plugin::health, "/health", ":8080"}, {Plugin::ready, "/ready", ":8181"}, {Plugin::prometheus, "/metrics", "localhost:9153"}}};

struct Listener {
  const Endpoint* endpoint;
  std::string host, port;
  Directive directive;
};

/// None if one of them is not known.
std::optional<std::vector<Listener>> listeners(const Config& config) {
  std::vector<Listener> out;
  for (const Directive directive : config.directives()) {
    const auto endpoint = std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& e) { return directive.is(e.plugin); });
    if (endpoint == endpoints.end()) continue;
    std::string_view address = endpoint->address;
    if (!directive.arguments().empty()) {
      if (directive.arguments().front().unknown != 0) return {};
      address = directive.arguments().front().text;
    }
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos) return {};
    out.push_back({&*endpoint, std::string(address.substr(0, colon)), std::string(address.substr(colon + 1)), directive});
  }
  return out;
}

std::string port_number(const Container& container, const std::string& port) {
  if (!port.empty() && port.find_first_not_of("0123456789") == std::string::npos) return port;
  for (const Port& one : container.ports) {
    if (one.name == port) return one.port;
  }
  return {};
}

bool only_loopback(std::string_view host) { return host == "localhost" || host.starts_with("127.") || host == "[::1]"; }

void report_one(const Read& base, const Probe& probe, const std::string& port, const std::vector<Listener>& all, ManifestReport& report) {
  const std::string consequence =
      probe.what == "readinessProbe" ? "the pod never becomes ready" : "the kubelet restarts the container for ever";
  const auto here = std::find_if(all.begin(), all.end(), [&](const Listener& one) { return one.port == port; });
  if (here == all.end()) {
    const auto meant = std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& e) { return e.path == probe.path; });
    const auto moved = std::find_if(all.begin(), all.end(), [&](const Listener& one) { return one.endpoint->path == probe.path; });
    if (moved != all.end()) {
      Diagnostic& found =
          report.at(base.outer(moved->directive.name_word()),
                    fmt::format("`{}` listens on port {}, and the probe asks port {}", moved->directive.name(), moved->port, port));
      found.labels.push_back({{0, probe.span}, consequence});
      const std::string_view host = only_loopback(moved->host) ? std::string_view() : moved->host;
      found.help = fmt::format("write `{} {}:{}`, or probe port {}", moved->directive.name(), host, port, moved->port);
      return;
    }
    const std::string plugin = meant == endpoints.end() ? "ready" : std::string(to_string(meant->plugin));
    const Place asked{0, probe.span};
    Place place = asked;
    bool cluster = false;
    for (const Directive directive : base.config.directives()) {
      if (!directive.is(Plugin::kubernetes)) continue;
      place = base.outer(base.config.block(directive.block()).head());
      cluster = true;
    }
    Diagnostic& found = report.at(place, fmt::format("nothing in this Corefile answers `{}` on port {}", probe.path, port));
    if (cluster) {
      found.labels.push_back({asked, consequence});
    } else {
      found.label = consequence;
    }
    found.help = fmt::format("write `{}` into {}, or probe a port that it listens on", plugin,
                             cluster ? "the block with `kubernetes`" : "one of the server blocks");
    return;
  }
  if (only_loopback(here->host)) {
    Diagnostic& found =
        report.at(base.outer(here->directive.name_word()),
                  fmt::format("`{}` listens on {} only, and the kubelet asks the pod's address", here->directive.name(), here->host));
    found.labels.push_back({{0, probe.span}, consequence});
    found.help = fmt::format("write `{} :{}`", here->directive.name(), port);
    return;
  }
  const bool served =
      std::any_of(all.begin(), all.end(), [&](const Listener& one) { return one.port == port && one.endpoint->path == probe.path; });
  if (served) return;
  Diagnostic& found = report.at(Place{0, probe.span}, fmt::format("`{}` on port {} is answered with 404", probe.path, port));
  found.label = consequence;
  found.labels.push_back({base.outer(here->directive.name_word()), fmt::format("answers `{}` there", here->endpoint->path)});
  found.help = fmt::format("probe `{}`", here->endpoint->path);
}

void check_run(const Run& run, ManifestReport& report) {
  if (!run.base.whole()) return;
  const auto all = listeners(run.base.config);
  if (!all) return;
  for (const Probe& probe : run.container->probes) {
    const std::string port = port_number(*run.container, probe.port);
    if (!probe.path.empty() && !port.empty()) report_one(run.base, probe, port, *all, report);
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) check_run(run, report);
  for (const Run& run : read_local_runs(manifest)) check_run(run, report);
  for (const Run& run : read_other_runs(manifest)) check_run(run, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::probe_unanswered
