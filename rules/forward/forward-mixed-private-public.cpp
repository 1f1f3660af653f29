// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"

namespace corefile::rules {
namespace {

// Resolvers that answer for the whole Internet, and for no site's own names.
constexpr std::array<std::string_view, 26> public_resolvers{"8.8.8.8",
                                                            "8.8.4.4",
                                                            "1.1.1.1",
                                                            "1.0.0.1",
                                                            "9.9.9.9",
                                                            "149.112.112.112",
                                                            "208.67.222.222",
                                                            "208.67.220.220",
                                                            "114.114.114.114",
                                                            "223.5.5.5",
                                                            "223.6.6.6",
                                                            "119.29.29.29",
                                                            "180.76.76.76",
                                                            "4.2.2.1",
                                                            "4.2.2.2",
                                                            "64.6.64.6",
                                                            "64.6.65.6",
                                                            "94.140.14.14",
                                                            "94.140.15.15",
                                                            "77.88.8.8",
                                                            "2001:4860:4860::8888",
                                                            "2001:4860:4860::8844",
                                                            "2606:4700:4700::1111",
                                                            "2606:4700:4700::1001",
                                                            "2620:fe::fe",
                                                            "2620:fe::9"};

bool is_public(const Upstream& upstream) {
  return upstream.kind == Upstream::Kind::address && std::find(public_resolvers.begin(), public_resolvers.end(),
                                                               upstream.host.substr(0, upstream.host.find('%'))) != public_resolvers.end();
}

// RFC 1918, RFC 6598, RFC 4193.
bool is_private(const Upstream& upstream) {
  if (upstream.kind != Upstream::Kind::address) return false;
  const auto& b = upstream.address.bytes;
  if (!upstream.address.is4) return (b[0] & 0xFE) == 0xFC;
  return b[12] == 10 || (b[12] == 172 && (b[13] & 0xF0) == 16) || (b[12] == 192 && b[13] == 168) || (b[12] == 100 && (b[13] & 0xC0) == 64);
}

void check(Directive directive, const Context&, Report& report) {
  const auto words = upstream_words(directive);
  if (words.size() < 2) return;
  const Word* own = nullptr;
  const Word* open = nullptr;
  bool file = false;
  for (const Word& word : words) {
    const Upstream upstream = read_upstream(word);
    if (is_public(upstream)) {
      open = open == nullptr ? &word : open;
    } else if (is_private(upstream) || names_resolv_conf(upstream)) {
      if (own == nullptr) file = names_resolv_conf(upstream);
      own = own == nullptr ? &word : own;
    }
  }
  if (own == nullptr || open == nullptr) return;
  const auto policy = directive.properties().find("policy");
  const std::string_view chosen = policy && policy->words.size() > 1 ? policy->words[1].text : std::string_view("random");
  if (chosen != "random" && chosen != "round_robin") return;
  const std::string inside = "`" + std::string(own->text) + "`";
  const std::string outside = "`" + std::string(open->text) + "`";
  Diagnostic& found = report.at(*open, inside + " and the public " + outside + " are asked " +
                                           (chosen == "random" ? "at random" : "in turn") + ", not one after the other");
  if (file) found.severity = Severity::info;
  found.label = "knows no names of this site";
  found.labels.push_back({directive.config->place(*own), file ? "whatever the file names" : "a private address"});
  found.notes.push_back("names that only " + inside + " knows do not exist whenever " + outside +
                        " is asked: NXDOMAIN is an answer, and final");
  found.help = "give the site's own zones a server block that forwards to " + inside + " alone; where " + outside +
               " is only a spare, `policy sequential` asks it when the first fails";
}

}  // namespace

extern constinit const Rule forward_mixed_private_public{
    .name = "forward-mixed-private-public",
    .summary = "A site's resolver and a public one are asked at random",
    .check = check,
    .directives = {"forward"},
    .severity = Severity::warning,
};

}  // namespace corefile::rules
