// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <vector>

#include "../load/reading.hpp"
#include "go/net.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::hosts_address_nearly_another {
namespace {

constexpr std::size_t most_compared = 256;  // a longer list is a program's

struct Entry {
  const Word* word;
  Upstream address;
};

/// The three networks for documentation, which stand for private ones.
bool is_documentation(const go::Ip& ip) noexcept {
  const auto is = [&ip](int a, int b, int c) { return ip.bytes[12] == a && ip.bytes[13] == b && ip.bytes[14] == c; };
  return is(192, 0, 2) || is(198, 51, 100) || is(203, 0, 113);
}

bool is_own(const Entry& entry) noexcept { return is_private(entry.address) || is_documentation(entry.address.address); }

/// The first three numbers.
std::string_view network(std::string_view address) { return address.substr(0, address.rfind('.')); }

bool one_slip_apart(const Entry& a, const Entry& b) {
  const std::string_view x = network(a.word->text);
  const std::string_view y = network(b.word->text);
  return x.substr(x.find('.')) == y.substr(y.find('.')) || nearly(x, y);
}

void check(Directive hosts, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::vector<Entry> entries;
  for (const Property line : hosts.properties()) {
    const Word& word = line.words.front();
    if (word.unknown || line.arguments().empty() || !go::parse_ip(word.text)) continue;
    Entry entry{&word, read_upstream(word)};
    if (!entry.address.address.is4 || entry.address.loopback) continue;
    entries.push_back(entry);
    if (entries.size() > most_compared) return;
  }
  for (const Entry& entry : entries) {
    if (is_own(entry)) continue;
    const auto near =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& other) { return is_own(other) && one_slip_apart(entry, other); });
    if (near == entries.end()) continue;
    Diagnostic& found = report.at(
        *entry.word, fmt::format("`{}` is a public address, and one slip from the network of `{}`", entry.word->text, near->word->text));
    found.labels.push_back({hosts.config->place(*near->word), "this network?"});
    found.notes.push_back("clients are sent to whoever has that address");
    found.help = fmt::format("write `{}{}` if the same network is meant", network(near->word->text),
                             entry.word->text.substr(entry.word->text.rfind('.')));
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .severity = Severity::info};

}  // namespace corefile::rules::hosts_address_nearly_another
