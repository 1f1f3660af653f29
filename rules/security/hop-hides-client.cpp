// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <set>

#include "lint/circles.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hop_hides_client {
namespace {

/// A network, or an address, that 127.0.0.1 or ::1 lies in.
bool holds_loopback(std::string_view text) {
  if (const auto ip = go::parse_ip(text)) return go::is_loopback(*ip);
  const auto net = go::parse_cidr(text);
  if (!net) return true;
  const auto own = go::parse_ip(net->network.is4 ? "127.0.0.1" : "::1");
  return go::is_loopback(net->network) || (own && go::masked(*own, net->ones) == net->network);
}

/// A network of clients that a rule of it names; null if it names none, or loopback among them.
const Word* network_of(Directive acl) {
  const Word* first = nullptr;
  for (const Property rule : acl.properties()) {
    bool nets = false;
    for (const Word& word : rule.arguments()) {
      if (word.unknown) return nullptr;
      if (same_name(word.text, "net") || same_name(word.text, "type")) {
        nets = same_name(word.text, "net");
        continue;
      }
      if (!nets || word.text == "*") continue;
      if (holds_loopback(word.text)) return nullptr;
      if (first == nullptr) first = &word;
    }
  }
  return first;
}

/// The words of an expression that looks at the client's address, and not for loopback.
std::span<const Word> expression_of(Directive view) {
  for (const Property line : view.properties()) {
    if (line.name() != "expr") continue;
    bool client = false;
    for (const Word& word : line.arguments()) {
      if (word.unknown || word.text.find("127.") != std::string_view::npos || word.text.find("::1") != std::string_view::npos) return {};
      client = client || word.text.find("client_ip()") != std::string_view::npos;
    }
    if (client) return line.words;
  }
  return {};
}

struct Hop {
  Directive forwarder;
  const Word& upstream;
};

void tell(Directive judge, std::span<const Word> words, const Hop& hop, Report& report) {
  const Config& config = *judge.config;
  const bool is4 = read_upstream(hop.upstream).address.is4;
  Diagnostic& found =
      report.at(words, fmt::format("for queries that `{}` sends here the client is `{}`", hop.forwarder.name(), is4 ? "127.0.0.1" : "::1"));
  found.label = "sees this server's own address";
  found.labels.push_back({config.place(hop.upstream), "sends them here"});
  found.notes.push_back(judge.is(Plugin::acl)
                            ? "a forwarded query does not bear the address of who asked, so these rules judge the server itself"
                            : "a forwarded query does not bear the address of who asked: none of them comes into this view");
  found.help = fmt::format("put `{}` into the block that clients ask", judge.name());
}

void look_at(ServerBlock block, const Hop& hop, Report& report) {
  for (const Directive judge : block.directives()) {
    if (judge.is(Plugin::acl)) {
      if (const Word* network = network_of(judge); network != nullptr) return tell(judge, {network, 1}, hop, report);
    } else if (judge.is(Plugin::view)) {
      if (const std::span<const Word> words = expression_of(judge); !words.empty()) return tell(judge, words, hop, report);
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || !config.has(Plugin::forward)) return;
  const Listeners listeners(config, context.release);
  std::set<std::uint32_t> told;
  for (const Directive forwarder : forwarders(config)) {
    if (!forwarder.is(Plugin::forward)) continue;
    const std::string from = from_zone(forwarder, context.release);
    for (const Word& word : forwarder.upstreams()) {
      const Upstream upstream = read_upstream(word);
      if (!upstream.loopback || from.empty()) continue;
      for (const std::string& zone : listeners.zones(forwarder.block())) {
        if (!is_below(zone, from) && !is_below(from, zone)) continue;
        const auto receiver = listeners.receiver(upstream, is_below(zone, from) ? zone : from);
        if (receiver && *receiver != forwarder.block() && told.insert(*receiver).second)
          look_at(config.block(*receiver), {forwarder, word}, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl, Plugin::view}};

}  // namespace corefile::rules::hop_hides_client
