// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::hosts_file_pattern {
namespace {

void check(Directive hosts, const Context& context, Report& report) {
  if (hosts.arguments().empty() || !context.load->loads()) return;
  const Word& file = hosts.arguments().front();
  const std::size_t star = file.text.find('*');
  if (file.unknown || star == std::string_view::npos || (file.text.starts_with('*') && file.text.find('/') == std::string_view::npos))
    return;
  Diagnostic& found = report.at(file, fmt::format("`hosts` reads one file, and takes `{}` for its name", file.text));
  found.label = "no pattern";
  found.notes.push_back("CoreDNS goes on without the file, and knows none of its names");
  found.help =
      "write one file, and the entries of the others into it or into the block of `hosts`; a second `hosts` needs a second server block";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .needs = Precondition::asterisk};

}  // namespace corefile::rules::hosts_file_pattern
