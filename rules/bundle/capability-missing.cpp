// SPDX-License-Identifier: Apache-2.0
#include <corefile/key.hpp>

#include "reading.hpp"

namespace corefile::rules::capability_missing {
namespace {

constexpr Release file_capability_since{1, 11, 0};

bool names(const std::vector<Written>& capabilities, std::string_view name) {
  return std::any_of(capabilities.begin(), capabilities.end(), [name](const Written& one) {
    std::string_view text = one.text;
    if (text.starts_with("CAP_")) text.remove_prefix(4);
    return text == name || text == "ALL" || text == "all";
  });
}

bool low_port(const Config& config, Release release) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& key : config.block(i).keys()) {
      const auto port = key.unknown != 0 ? std::nullopt : read_number(read_key(key.text, release).port);
      if (port && *port > 0 && *port < 1024) return true;
    }
  }
  return false;
}

void report_dropped(const Run& run, bool in_file, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, run.container->security.dropped.front().span},
                                "all capabilities are dropped, and CoreDNS's program needs `NET_BIND_SERVICE`");
  found.notes.push_back(
      in_file ? "since 1.11.0 the image's program file has that capability; where it may not be had, the program cannot even be started: "
                "`operation not permitted`, whatever the port"
              : "CoreDNS ends at once: listen tcp :53: bind: permission denied");
  found.help = "write `add: [NET_BIND_SERVICE]` beside `drop`";
}

void report_user(const Written& user, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, user.span}, "CoreDNS cannot listen on port 53 as a user other than root");
  found.severity = Severity::warning;  // not under every runtime
  found.notes.push_back(
      "before 1.11.0 the image's program file has no capability, and one that is added to the container does not reach it: "
      "`listen tcp :53: bind: permission denied`");
  found.help = "take an image of 1.11.0 or later, or a port from 1024 on and the Service's `targetPort`";
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    if (!is_official_image(run.container->image.text)) continue;
    const auto release = release_of_image(run.container->image.text);
    if (!release) continue;
    const Security& own = run.container->security;
    if (*release >= file_capability_since) {
      if (names(own.dropped, "ALL") && !names(own.added, "NET_BIND_SERVICE")) report_dropped(run, true, report);
      continue;
    }
    const Written& user = own.user.text.empty() ? run.workload->security.user : own.user;
    const auto& sysctls = run.workload->security.sysctls;
    const bool opened = std::find(sysctls.begin(), sysctls.end(), "net.ipv4.ip_unprivileged_port_start") != sysctls.end();
    const bool root = user.text.empty() || user.text == "0";
    if (!root && !opened && low_port(run.base.config, context.release)) {
      report_user(user, report);
    } else if (root && names(own.dropped, "ALL") && !names(own.added, "NET_BIND_SERVICE") && low_port(run.base.config, context.release)) {
      report_dropped(run, false, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::capability_missing
