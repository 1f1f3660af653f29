// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::unrendered_placeholder {
namespace {

/// The words that deployment tools put their values in place of.
struct Placeholder {
  Span span{};
  std::string_view of{};
  Severity severity = Severity::info;
};

/// In a regular expression `(?P<name>` and `(?<name>` name a group.
bool is_group(std::string_view before) { return before.ends_with("(?P") || before.ends_with("(?"); }

bool is_angle_word(std::string_view word) {
  std::size_t open = word.find('<');
  while (open != std::string_view::npos && is_group(word.substr(0, open))) open = word.find('<', open + 1);
  if (open == std::string_view::npos) return false;
  const std::size_t close = word.find('>', open);
  if (close == std::string_view::npos || close < open + 3) return false;
  const std::string_view inner = word.substr(open + 1, close - open - 1);
  return inner.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. ") == std::string_view::npos;
}

Placeholder look_at(std::string_view word, Role role) {
  const auto all = static_cast<std::uint32_t>(word.size());
  if (is_angle_word(word)) return {{0, all}, "a document's", Severity::warning};
  // In a manifest manifest-template tells it.
  if (role != Role::standalone) return {};
  if (word.find("__PILLAR__") != std::string_view::npos) return {{0, all}, "the node-local-dns manifest's", Severity::info};
  if (word.find("__DNS__") != std::string_view::npos) return {{0, all}, "the Kubernetes add-on manifest's", Severity::info};
  if (word.starts_with("%{") && word.ends_with("}%")) return {{0, all}, "k3s's", Severity::info};
  if (word == "CLUSTER_DOMAIN" || word == "REVERSE_CIDRS" || word == "UPSTREAMNAMESERVER" || word == "STUBDOMAINS") {
    return {{0, all}, "the CoreDNS deployment script's", Severity::info};
  }
  if (word.starts_with("{{") || word.starts_with("{%-") || word == "{%" || word.starts_with("<%"))
    return {{0, all}, "a template's", Severity::info};
  return {};
}

/// `{{`, `{%` or `%{`.
bool has_template_brace(std::string_view text) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    if (at > 0 && text[at - 1] == '%') return true;
    if (at + 1 < text.size() && (text[at + 1] == '{' || text[at + 1] == '%')) return true;
  }
  return false;
}

/// Quickly, and never wrong about a no.
bool may_hold_one(std::string_view text, Role role) {
  const auto holds = [text](auto part) { return text.find(part) != std::string_view::npos; };
  if (holds('<')) return true;
  if (role != Role::standalone) return false;
  // Few Corefiles have an `M`.
  return has_template_brace(text) || holds("__") ||
         (holds('M') && (holds("_DOMAIN") || holds("_CIDRS") || holds("UPSTREAM") || holds("STUBD")));
}

void check(const Config& config, const Context& context, Report& report) {
  const Document& document = config.document(0);
  if (!may_hold_one(document.source().text(), context.role)) return;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word) continue;
    const Placeholder placeholder = look_at(document.text(i), context.role);
    if (placeholder.span.empty()) continue;
    Diagnostic& found = report.at(Place{0, document.token(i).span}, fmt::format("`{}` was never filled in", shown(document.text(i))));
    found.severity = placeholder.severity;
    found.label = fmt::format("{} placeholder", placeholder.of);
    found.notes.push_back("CoreDNS takes it as it stands, as a name or an argument; others of the file are not listed");
    found.help = "check what the template's tool makes of it, or write the value";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "unrendered-placeholder",
    .summary = "A template's placeholder that nobody filled in",
    .check = check,
};

}  // namespace corefile::rules::unrendered_placeholder
