// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/net.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_to_address {
namespace {

std::string_view without_last_dot(std::string_view text) { return text.ends_with('.') ? text.substr(0, text.size() - 1) : text; }

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Word* to = nullptr;
  const Word* from = nullptr;
  if (const auto& rule = context.stanzas->name_rule(rewrite);
      rule && (rule->match == NameRule::Match::exact || rule->match == NameRule::Match::regex)) {
    to = rule->to;
    from = rule->from;
  } else if (const RewriteWords words(rewrite); words.known() && words.is_kind("cname") && words.size() >= 3) {
    to = &words[2];
    from = &words[1];
  }
  if (to == nullptr || !go::parse_ip(without_last_dot(to->text))) return;
  const std::string_view address = without_last_dot(to->text);
  Diagnostic& found = report.at(*to, fmt::format("`{}` is taken for a name, not for an address", to->text));
  found.label = "asked for as a name";
  found.notes.push_back("`rewrite` changes the question; it has no answers of its own, and no server has one for this name");
  const bool plain = from->text.find_first_of("^$*+?()[]\\|") == std::string_view::npos;
  found.help = plain ? fmt::format("give the name its address with `hosts`: `{} {}`, and `fallthrough` below it", address,
                                   without_last_dot(from->text))
                     : fmt::format("answer such names with `template`, as in `answer \"{{{{ .Name }}}} 60 IN A {}\"`", address);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}};

}  // namespace corefile::rules::rewrite_to_address
