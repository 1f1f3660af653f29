// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/fingerprint.hpp>
#include <corefile/visible.hpp>
#include <tuple>
#include <utility>

namespace corefile {
namespace {

constexpr std::string_view head = "# corefile-lint baseline 1: findings that are not told. FINGERPRINT RULE PATH: MESSAGE\n";
constexpr std::size_t print_size = 16;

struct Entry {
  std::string path;
  std::string_view rule, message;
  std::string print;
};

bool is_print(std::string_view word) {
  return word.size() == print_size && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string print_baseline(std::span<const Analysis> analyses, const NameOf& name_of) {
  std::vector<Entry> entries;
  for (const Analysis& analysis : analyses) {
    const std::vector<std::string> prints = fingerprints(analysis, name_of);
    for (std::size_t i = 0; i < prints.size(); ++i) {
      const Diagnostic& found = analysis.diagnostics[i];
      const std::string& name = analysis.sources[found.place.document].name();
      entries.push_back({name_of ? name_of(name) : name, found.rule, found.message, prints[i]});
    }
  }
  const auto order = [](const Entry& entry) { return std::tie(entry.path, entry.rule, entry.message, entry.print); };
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return order(a) < order(b); });
  std::string out(head);
  for (const Entry& entry : entries) {
    out += fmt::format("{} {} {}: {}\n", entry.print, visible(entry.rule), visible(entry.path), visible(entry.message));
  }
  return out;
}

bool read_baseline(std::string_view text, FingerprintSet& out, std::string& fault) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t rule = line.find(' ');
    const std::string_view print = line.substr(0, rule);
    if (!is_print(print)) {
      fault = fmt::format("line {} is not `FINGERPRINT RULE PATH: MESSAGE`", number);
      return false;
    }
    out.emplace(print);
  }
  return true;
}

std::size_t subtract(const FingerprintSet& baseline, Analysis& analysis, FingerprintSet& seen, const NameOf& name_of) {
  if (analysis.diagnostics.empty() || baseline.empty()) return 0;
  const std::vector<std::string> prints = fingerprints(analysis, name_of);
  std::vector<Diagnostic> left;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    if (baseline.find(prints[i]) == baseline.end()) {
      left.push_back(std::move(analysis.diagnostics[i]));
    } else {
      seen.insert(prints[i]);
    }
  }
  const std::size_t taken = analysis.diagnostics.size() - left.size();
  analysis.diagnostics = std::move(left);
  return taken;
}

}  // namespace corefile
