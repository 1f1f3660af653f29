// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"
#include "resolvers.hpp"

namespace corefile::rules::private_reverse_to_public {
namespace {

constexpr std::size_t most_files = 16;
constexpr std::size_t longest = 1 << 20;

/// `10.`, `192.168.` or `172.16.` to `172.31.` at the begin of a word of an address record.
std::string_view private_address(std::string_view text) {
  for (std::size_t at = text.find_first_of("0123456789"); at != std::string_view::npos; at = text.find_first_of("0123456789", at)) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const bool apart = (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t') &&
                       (end == text.size() || text[end] == ' ' || text[end] == '\t' || text[end] == '\r' || text[end] == '\n');
    if (apart) {
      if (const auto ip = go::parse_ip(word)) {
        Upstream host;
        host.kind = Upstream::Kind::address;
        host.address = *ip;
        if (is_private(host)) return word;
      }
    }
    at = end;
  }
  return {};
}

/// A zone file beside the Corefile that holds a private address.
std::string known_private(const Config& config, const Files& files) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive file : config.block(i).directives()) {
      if (!file.is(Plugin::file) || file.arguments().empty() || file.arguments().front().unknown || ++count > most_files) continue;
      const Files::Content content = files.read(std::string(file.arguments().front().text));
      if (content.status != Files::Status::ok || content.text.size() > longest) continue;
      if (const std::string_view found = private_address(content.text); !found.empty()) return std::string(found);
    }
  }
  return {};
}

bool serves_reverse(const Config& config) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& key : config.block(i).keys()) {
      if (key.unknown || is_reverse_text(zone_of(key))) return true;
    }
    for (const Directive directive : config.block(i).directives()) {
      for (const Word& zone : directive.own_zones()) {
        if (zone.unknown || is_reverse_text(zone_of(zone))) return true;
      }
      if (directive.is(Plugin::template_) || directive.is(Plugin::hosts)) return true;
    }
  }
  return false;
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.files == nullptr || !config.has(Plugin::file) || !context.load->loads() || has_unresolved_import(config)) return;
  for (const Directive forward : forwarders(config)) {
    const Word* from = from_word(forward);
    const ServerBlock block = config.block(forward.block());
    if (from == nullptr || !zone_of(*from).empty() || from->unknown || block.fragment() || !any_covers(block.keys(), "")) continue;
    const std::span<const Word> upstreams = forward.upstreams();
    if (upstreams.empty() ||
        !std::all_of(upstreams.begin(), upstreams.end(), [](const Word& word) { return is_public(read_upstream(word)); }))
      continue;
    if (serves_reverse(config)) return;
    const std::string address = known_private(config, *context.files);
    if (address.empty()) return;
    Diagnostic& found = report.at(upstreams, fmt::format("a reverse lookup of `{}` is asked of a public resolver", address));
    found.label = "PTR of private addresses too";
    found.notes.push_back("it cannot know who has the address at this site, and learns which ones are in use");
    found.help = "add a block for the reverse zone, such as `192.168.0.0/16`, with `file` or the site's resolver";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .severity = Severity::info};

}  // namespace corefile::rules::private_reverse_to_public
