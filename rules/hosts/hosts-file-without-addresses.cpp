// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::hosts_file_without_addresses {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

/// hosts/hostsfile.go, parse: a line without an address and a name behind it is passed over.
bool is_passed_over(std::string_view line) {
  const std::string_view first = line.substr(0, line.find_first_of(blanks));
  const std::size_t second = line.find_first_not_of(blanks, first.size());
  return second == std::string_view::npos || !go::parse_ip(first.substr(0, first.find('%')));
}

struct Lines {
  std::size_t passed_over = 0, read = 0;
  Span first{};  // of those that are passed over
};

Lines lines_of(std::string_view text) {
  Lines out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    line = line.substr(0, line.find('#'));
    const std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
    line = line.substr(begin, line.find_last_not_of(blanks) + 1 - begin);
    if (!line.empty() && is_passed_over(line)) {
      if (++out.passed_over == 1)
        out.first = {static_cast<std::uint32_t>(at + begin), static_cast<std::uint32_t>(at + begin + line.size())};
    } else if (!line.empty()) {
      ++out.read;
    }
    at = end + 1;
  }
  return out;
}

void check(Directive hosts, const Context& context, Report& report) {
  if (context.files == nullptr || hosts.arguments().empty() || !context.load->loads()) return;
  const Config& config = *hosts.config;
  const Word& word = hosts.arguments().front();
  if (word.unknown || word.text.empty() || config.block(hosts.block()).has(Plugin::root)) return;
  const std::string name(word.text);
  const std::string path =
      name.starts_with('/') ? name : resolve_detail::join(resolve_detail::folder_of(config.document(0).source().name()), name);
  Files::Content content = context.files->read(path);
  if (content.status != Files::Status::ok) return;
  const Source file(path, std::move(content.text));
  const Lines lines = lines_of(file.text());
  if (lines.passed_over == 0) return;
  const std::string_view line = file.text(lines.first);
  const bool address_alone = go::parse_ip(line).has_value();
  Diagnostic& found = report.at(report.beside(file, lines.first, word),
                                address_alone ? fmt::format("no name stands behind `{}`, and `hosts` passes over the line", line)
                                              : fmt::format("`hosts` passes over `{}`: no address begins the line", line.substr(0, 60)));
  found.label = "not read";
  found.labels.push_back({config.place(word), "loaded here"});
  if (lines.passed_over > 1 || lines.read == 0) {
    found.notes.push_back(
        fmt::format("{} of the file's {} lines are such, and nothing is logged", lines.passed_over, lines.passed_over + lines.read));
  } else {
    found.notes.push_back("nothing is logged about it");
  }
  const bool list = lines.read == 0 && line.find_first_of(blanks) == std::string_view::npos && line.find('|') == std::string_view::npos;
  found.help = list            ? fmt::format("write an address in front of each name, `0.0.0.0 {}`", line)
               : address_alone ? "write a name behind the address"
                               : "write `ADDRESS NAME…`; lists for ad blockers are to be had in the form of hosts files, too";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}};

}  // namespace corefile::rules::hosts_file_without_addresses
