// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <string>

namespace corefile::rules::etcd_endpoints_in_one_word {
namespace {

void check(Directive etcd, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : etcd.properties()) {
    if (line.name() != "endpoint") continue;
    for (const Word& word : line.arguments()) {
      if (word.unknown || word.quoted || word.text.find(',') == std::string_view::npos) continue;
      Diagnostic& found = report.at(word, fmt::format("`{}` is taken for one address", word.text));
      found.label = "commas belong to it";
      found.notes.push_back("endpoints are words of their own; one that is not an address is never connected to, and each query fails");
      std::string meant(word.text);
      std::replace(meant.begin(), meant.end(), ',', ' ');
      found.help = "write blanks instead of commas";
      found.fixes.push_back({found.help, Safety::safe, {{etcd.config->place(word), meant}}});
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::etcd}, .lines = {"endpoint"}, .fixes = Fixes::always};

}  // namespace corefile::rules::etcd_endpoints_in_one_word
