// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::transport_port_collision {
namespace {

bool over_tcp(Transport transport) { return transport != Transport::quic && transport != Transport::https3; }
bool over_udp(Transport transport) { return transport == Transport::dns || !over_tcp(transport); }

struct Listener {
  const Word* word;
  Transport transport;
  std::string port;
  bool bound;
};

void check(const Config& config, const Context& context, Report& report) {
  bool any = false;
  each_key(config, [&](ServerBlock, const Word& word) { any = any || word.text.find("://") != std::string_view::npos; });
  if (!any) return;
  std::vector<Listener> listeners;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || key.transport == Transport::unix_socket || key.port == "0") return;
    // Where addresses are given they may differ.
    listeners.push_back({&word, key.transport, std::move(key.port), block.has(Plugin::bind)});
  });
  for (auto later = listeners.begin(); later != listeners.end(); ++later) {
    const auto collides = [&](const Listener& other) {
      if (other.transport == later->transport || other.port != later->port || other.bound || later->bound) return false;
      return (over_tcp(other.transport) && over_tcp(later->transport)) || (over_udp(other.transport) && over_udp(later->transport));
    };
    const auto earlier = std::find_if(listeners.begin(), later, collides);
    if (earlier == later) continue;
    const std::string_view shared = over_tcp(earlier->transport) && over_tcp(later->transport) ? "TCP" : "UDP";
    Diagnostic& found = report.at(*later->word, fmt::format("`{}` and `{}` listen on one {} port, {}", to_string(earlier->transport),
                                                            to_string(later->transport), shared, later->port));
    found.labels.push_back({config.place(*earlier->word), "listens on it too"});
    found.notes.push_back("CoreDNS opens both sockets with SO_REUSEPORT: the kernel gives each connection to one of them at random");
    found.help = fmt::format("give one of them another port; the usual one for `{}` is {}", to_string(later->transport),
                             default_port(later->transport));
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash};

}  // namespace corefile::rules::transport_port_collision
