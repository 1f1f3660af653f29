// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::acl_allows_type_any {
namespace {

/// The one word behind `type`, if it is `ANY`.
const Word* only_any(Property line) {
  const std::span<const Word> words = line.arguments();
  const Word* any = nullptr;
  bool types = false;
  for (const Word& word : words) {
    if (word.unknown) return nullptr;
    if (same_name(word.text, "type") || same_name(word.text, "net")) {
      types = same_name(word.text, "type");
    } else if (types) {
      if (any != nullptr || !same_name(word.text, "any")) return nullptr;
      any = &word;
    }
  }
  return any;
}

// `block type ANY` is what people write against amplification.
void check(Directive acl, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : acl.properties()) {
    if (!same_name(line.name(), "allow")) continue;
    const Word* any = only_any(line);
    if (any == nullptr) continue;
    Diagnostic& found = report.at(*any, "`type ANY` is for queries of the type ANY, not of any type");
    found.label = "one type";
    found.notes.push_back("A, AAAA and all others fit the rules behind it instead");
    found.help = "write `type *`, or leave `type` out";
    found.fixes.push_back({"write `*`", Safety::unsafe, {Fixer(*acl.config).replace(*any, "*")}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::acl}, .fixes = Fixes::always};

}  // namespace corefile::rules::acl_allows_type_any
