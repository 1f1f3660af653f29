// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "base/ascii.hpp"
#include "lint/zones.hpp"
#include "reading.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::weights_file_refused {
namespace {

constexpr unsigned most_weight = 255;  // strconv.ParseUint(…, 10, 8)
constexpr Release says_small{1, 12, 2};

struct Fault {
  Span at{};
  std::string message, says, help;
};

std::vector<Span> fields_of(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view blanks = " \t\r\v\f";
  std::vector<Span> out;
  while (begin < end) {
    begin = std::min(text.find_first_not_of(blanks, begin), end);
    const std::size_t stop = std::min(text.find_first_of(blanks, begin), end);
    if (begin < stop) out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(stop)});
    begin = stop;
  }
  return out;
}

bool is_weight(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), ascii::is_digit)) return false;
  unsigned value = 0;
  for (const char c : text) value = std::min(value * 10 + static_cast<unsigned>(c - '0'), most_weight + 1);
  return value > 0 && value <= most_weight;
}

/// plugin/loadbalance/weighted.go, parseWeights: one line of it. `named`: a name stands above.
std::optional<Fault> fault_of(const Source& file, const std::vector<Span>& fields, bool& named) {
  const auto word = [&](std::size_t i) { return std::string(file.text(fields[i])); };
  const Span line{fields.front().begin, fields.back().end};
  if (fields.size() == 1) {
    named = true;
    if (!go::parse_ip(word(0))) return {};
    return Fault{line, fmt::format("no weight stands behind `{}`", word(0)), "wrong domain name:\"" + word(0) + '"',
                 fmt::format("write `{} 1`, or any weight up to 255", word(0))};
  }
  if (fields.size() > 2)
    return Fault{line, "a line of weights holds an address and a number, or a name",
                 "could not parse weight line:\"" + std::string(file.text(line)) + '"',
                 file.text(line).find('#') == std::string_view::npos ? "write each address on a line of its own, with its weight"
                                                                     : "put the comment on a line of its own"};
  if (!go::parse_ip(word(0)))
    return Fault{fields[0], fmt::format("`{}` is not an address", shown(word(0))), "wrong IP address:\"" + word(0) + '"',
                 "write the name alone on its line, and its addresses with their weights below"};
  if (!is_weight(word(1)))
    return Fault{fields[1], fmt::format("`{}` is not a weight from 1 to 255", shown(word(1))), "wrong weight value:\"" + word(1) + '"',
                 "write a whole number from 1 to 255: only what weights are to one another counts"};
  if (named) return {};
  return Fault{line, fmt::format("`{}` stands below no name", word(0)), "missing domain name",
               "write the name that has this address alone on the line above"};
}

std::optional<Fault> first_fault(const Source& file) {
  const std::string_view text = file.text();
  bool named = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::vector<Span> fields = fields_of(text, at, end);
    at = end + 1;
    if (fields.empty() || file.text(fields.front()).front() == '#') continue;
    if (auto fault = fault_of(file, fields, named)) return fault;
  }
  return {};
}

void check(Directive balance, const Context& context, Report& report) {
  const std::span<const Word> arguments = balance.arguments();
  if (arguments.size() != 2 || context.files == nullptr || !context.load->loads() || !all_known(arguments) ||
      arguments[0].text != "weighted")
    return;
  const Config& config = *balance.config;
  if (config.block(balance.block()).has(Plugin::root)) return;
  const std::string name(arguments[1].text);
  const std::string path =
      name.starts_with('/') ? name : resolve_detail::join(resolve_detail::folder_of(config.document(0).source().name()), name);
  Files::Content content = context.files->read(path);
  if (content.status != Files::Status::ok) return;
  const Source file(path, std::move(content.text));
  const auto fault = first_fault(file);
  if (!fault) return;
  Diagnostic& found = report.at(report.beside(file, fault->at, arguments[1]), fault->message);
  found.labels.push_back({config.place(arguments[1]), "read at the start"});
  std::string says = fault->says;
  if (context.release < says_small) says.front() = static_cast<char>(says.front() - 'a' + 'A');
  found.notes.push_back(fmt::format("CoreDNS {} ends at the start: plugin/loadbalance: {}", to_string(context.release), says));
  found.help = fault->help;
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::loadbalance}, .severity = Severity::error};

}  // namespace corefile::rules::weights_file_refused
