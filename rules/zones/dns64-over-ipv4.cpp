// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::dns64_over_ipv4 {
namespace {

constexpr Release allow_ipv4{1, 8, 7};

bool has_word(Directive dns64, std::string_view word) {
  const std::span<const Word> words = dns64.words();
  return std::any_of(words.begin(), words.end(), [word](const Word& one) { return one.text == word; });
}

enum class Bound : std::uint8_t { everywhere, ipv4, otherwise };

Bound bound(ServerBlock block) {
  const auto bind = block.find(Plugin::bind);
  if (!bind) return Bound::everywhere;
  const std::span<const Word> addresses = bind->arguments();
  const auto is_ipv4 = [](const Word& word) {
    const auto ip = go::parse_ip(word.text);
    return word.unknown == 0 && ip && ip->is4;
  };
  return !addresses.empty() && std::all_of(addresses.begin(), addresses.end(), is_ipv4) ? Bound::ipv4 : Bound::otherwise;
}

void check(Directive dns64, const Context& context, Report& report) {
  const ServerBlock block = dns64.config->block(dns64.block());
  if (!context.load->loads() || has_word(dns64, "allow_ipv4") || has_unresolved_import(*dns64.config)) return;
  const Bound where = bound(block);
  // A cluster of IPv6 alone asks over IPv6.
  if (where == Bound::otherwise || (where == Bound::everywhere && context.role != Role::standalone)) return;
  Diagnostic& found =
      report.at(dns64.name_word(), where == Bound::ipv4 ? "`dns64` does nothing here: clients reach this block over IPv4 alone"
                                                        : "`dns64` translates for clients that come over IPv6 alone");
  if (where == Bound::everywhere) found.severity = Severity::info;
  found.label = "passed by for IPv4";
  found.notes.push_back("who asks over IPv4 is not translated for, whatever addresses it has besides");
  if (context.release < allow_ipv4) {
    found.help = "let clients ask over IPv6; `allow_ipv4` came with CoreDNS 1.8.7";
    return;
  }
  found.help = "write `allow_ipv4` in the block of `dns64`, or let clients ask over IPv6";
  if (where == Bound::ipv4 && dns64.arguments().empty()) {
    if (auto edit = Fixer(*dns64.config).add_property(dns64, "allow_ipv4"))
      found.fixes.push_back({"insert `allow_ipv4`", Safety::unsafe, {*edit}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dns64}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::dns64_over_ipv4
