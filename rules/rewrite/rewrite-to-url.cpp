// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_to_url {
namespace {

/// The host in `http://HOST:PORT/PATH`, with or without its ends; the text itself if it is a name.
std::string_view host_in(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find('/'));
  const std::size_t colon = text.rfind(':');
  const bool port = colon != std::string_view::npos && colon + 1 < text.size() &&
                    std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), ascii::is_digit);
  return port ? text.substr(0, colon) : text;
}

void look(const Config& config, const Word& word, Report& report) {
  const std::string_view host = host_in(word.text);
  if (word.bare || host == word.text || word.text.find('{') != std::string_view::npos || host.find('.') == std::string_view::npos ||
      host.find(':') != std::string_view::npos || go::parse_ip(host))
    return;
  Diagnostic& found = report.at(word, fmt::format("`{}` is taken for a name, and DNS has no such name", word.text));
  found.label = "more than a name";
  found.notes.push_back("a question holds a name alone: which scheme, port and path a client uses is nothing that DNS knows of");
  found.help = fmt::format("write `{}`; another port needs a proxy, or a Service that maps it", host);
  if (word.quoted == 0) found.fixes.push_back({"leave the name alone", Safety::unsafe, {Fixer(config).replace(word, std::string(host))}});
}

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule) return;
  if (rule->match == NameRule::Match::exact) look(*rewrite.config, *rule->from, report);
  look(*rewrite.config, *rule->to, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::rewrite_to_url
