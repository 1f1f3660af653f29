// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zones.hpp"

namespace corefile::rules::unknown_scheme {
namespace {

struct Meant {
  std::string_view scheme, transport;
};
constexpr std::array meant{Meant{"dot", "tls"},     Meant{"doq", "quic"},   Meant{"doh", "https"},
                           Meant{"doh3", "https3"}, Meant{"h3", "https3"},  Meant{"udp", "dns"},
                           Meant{"tcp", "dns"},     Meant{"http", "https"}, Meant{"ssl", "tls"}};

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const std::size_t slashes = word.text.find("://");
    if (slashes == std::string_view::npos || slashes == 0) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || key.zone_text.find("://") == std::string_view::npos) return;
    const std::string_view scheme = key.zone_text.substr(0, key.zone_text.find("://"));
    const Place at = part(config, word, scheme);
    Diagnostic& found = report.at(at, fmt::format("CoreDNS {} knows no transport `{}://`", to_string(context.release), scheme));
    found.label = "part of the zone's name";
    found.notes.push_back(fmt::format("the block serves plain DNS for a zone named `{}`, which nobody asks for", key.zones.front()));
    found.help = "use `dns://` (the default), `tls://`, `quic://`, `https://`, `https3://` or `grpc://`";
    const std::string small = ascii::to_lower(scheme);
    if (small != scheme && read_key(small + "://.", context.release).zone_text == ".") {
      found.help = fmt::format("schemes are lower-case: write `{}://`", small);
      found.fixes.push_back({fmt::format("write `{}://`", small), Safety::safe, {{at, small}}});
      return;
    }
    // Another one may be a transport of a build of one's own.
    found.severity = Severity::info;
    if (read_key(small + "://.", newest_release()).zone_text == ".") {
      found.severity = Severity::warning;
      found.help = "use another transport, or a newer release: this one came later";
    }
    for (const Meant& other : meant) {
      if (other.scheme != small) continue;
      found.severity = Severity::warning;
      if (small == "http") {
        found.help = block.has(Plugin::tls) ? "write `https://` for DNS over HTTPS; for plain HTTP behind a proxy, leave `tls` out as well"
                                            : "write `https://`: in a block without `tls` it is plain HTTP, for a proxy in front";
        // 1.8.0 to 1.8.6 refuse `https://` without `tls`.
        if (block.has(Plugin::tls) || context.release < Release{1, 8, 7}) continue;
      }
      found.fixes.push_back({fmt::format("write `{}://`", other.transport), Safety::unsafe, {{at, std::string(other.transport)}}});
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::unknown_scheme
