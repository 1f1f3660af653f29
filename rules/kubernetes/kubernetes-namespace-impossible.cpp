// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"

namespace corefile::rules::kubernetes_namespace_impossible {
namespace {

/// RFC 1123 labels, which the API server wants.
bool is_namespace(std::string_view text) {
  constexpr std::size_t longest = 63;
  if (text.empty() || text.size() > longest || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_lower(c) || ascii::is_digit(c) || c == '-'; });
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : kubernetes.properties()) {
    if (line.name() != "namespaces") continue;
    for (const Word& word : line.arguments()) {
      if (word.unknown || is_namespace(word.text)) continue;
      const bool comma = word.text.find(',') != std::string_view::npos;
      Diagnostic& found = report.at(word, fmt::format("`{}` is read as one namespace, and no namespace has such a name", word.text));
      found.label = comma ? "one word" : word.text.find('{') != std::string_view::npos ? "not replaced" : "no namespace";
      found.notes.push_back("Services of namespaces that are not named do not exist for CoreDNS: NXDOMAIN");
      if (comma) {
        found.help = "separate namespaces with blanks";
        std::string apart;
        for (const char c : word.text) apart += c == ',' ? ' ' : c;
        while (apart.ends_with(' ')) apart.pop_back();
        if (word.quoted == 0 && apart.find_first_not_of(' ') == 0 && apart.find("  ") == std::string::npos)
          found.fixes.push_back({"separate them with blanks", Safety::safe, {Fixer(*kubernetes.config).replace(word, apart)}});
      } else {
        found.help =
            word.text == "*" ? "remove `namespaces` to serve all" : "name namespaces as they are called: small letters, digits and `-`";
      }
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .lines = {"namespaces"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::kubernetes_namespace_impossible
