// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::chart_server_without_port {
namespace {

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  for (const ChartValues& chart : manifest.bundle.charts) {
    for (const Written& zone : chart.glued) {
      const std::string written = zone.text + '{';
      Diagnostic& found =
          report.at({0, zone.span}, fmt::format("this server has no `port`, and the chart writes `{}` for its zone", written));
      found.label = "glued to the brace";
      found.notes.push_back("the blank in front of the `{` comes with the port alone");
      if (const Key key = read_key(written, context.release); !key.error.empty()) {
        found.severity = Severity::error;
        found.notes.push_back(fmt::format("CoreDNS {} refuses the file: {}", to_string(context.release), key.error));
      } else {
        found.notes.push_back("the brace becomes the last letter of the zone, and nobody asks for that");
      }
      found.help = "give the server a `port`, as `port: 53`";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::chart_server_without_port
