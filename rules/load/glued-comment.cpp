// SPDX-License-Identifier: Apache-2.0
#include "lint/circles.hpp"
#include "reading.hpp"

namespace corefile::rules::glued_comment {
namespace {

bool may_hold_one(std::string_view text) {
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at != 0 && std::string_view(" \t\r\n").find(text[at - 1]) == std::string_view::npos) return true;
    at = text.find('\n', at);
    if (at == std::string_view::npos) return false;
  }
  return false;
}

/// `8.8.8.8#53` is dnsmasq's way to write a port, `1.1.1.1#name` systemd-resolved's and unbound's to write a TLS name.
bool is_value(std::string_view before, std::string_view hidden) {
  hidden.remove_prefix(1);
  if (hidden.empty() || before.find_first_of("0123456789") == std::string_view::npos) return false;
  const bool digits = hidden.find_first_not_of("0123456789") == std::string_view::npos;
  const bool address =
      before.find_first_not_of("0123456789abcdef.:") == std::string_view::npos || before.find("://") != std::string_view::npos;
  return address && before.find_first_of(".:") != std::string_view::npos && (digits || hidden.find('.') != std::string_view::npos);
}

/// An IPv4 address with what is hidden as its port.
std::optional<std::string> as_port(std::string_view before, std::string_view hidden) {
  hidden.remove_prefix(1);
  const bool digits = !hidden.empty() && hidden.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || before.find(':') != std::string_view::npos || !go::parse_ip(before)) return {};
  return fmt::format("{}:{}", before, hidden);
}

/// What is left of an upstream may be this server itself.
void add_circle(const Config& config, const Context& context, Place hidden, Diagnostic& found) {
  for (const Circle& circle : *context.circles) {
    const Place left = config.place(*circle.hops.front().upstream);
    if (circle.hops.size() > 1 || left.document != hidden.document || left.span.end != hidden.span.begin) continue;
    if (circle.certain) found.severity = Severity::error;
    found.notes.push_back(fmt::format("`{}` alone is this server itself: {}", circle.hops.front().upstream->text, circle_note(circle)));
    return;
  }
}

void check_document(const Config& config, const Context& context, std::uint32_t index, Report& report) {
  const Document& document = config.document(index);
  const std::uint32_t count = document.token_count();
  for (std::uint32_t i = 1; i < count; ++i) {
    if (document.kind(i) != TokenKind::glued_comment) continue;
    const Span hidden = document.token(i).span;
    std::uint32_t next = i + 1;
    while (next < count && document.kind(next) == TokenKind::space) ++next;
    const bool more = next < count && is_significant(document.kind(next));
    const std::string_view word = document.text(i - 1);
    Diagnostic& found = report.at(Place{index, hidden}, fmt::format("`{}` is cut off from `{}`", shown(document.text(i)), shown(word)));
    found.label = "hidden";
    found.help = "put a space before the `#`, or quote the word if the `#` belongs to it";
    if (more) {
      found.labels.push_back({{index, document.token(next).span}, "read again from here"});
      found.notes.push_back("a `#` inside a word hides only the rest of that word, not the rest of the line");
    } else if (is_value(word, document.text(i))) {
      found.notes.push_back("a `#` begins a comment here; no port or name can be given with it");
      add_circle(config, context, {index, hidden}, found);
      found.help = "write a port as `ADDRESS:PORT`, and a TLS name with `tls_servername`";
      if (const auto port = as_port(word, document.text(i))) {
        found.help = fmt::format("write `{}`", *port);
        found.fixes.push_back({found.help, Safety::unsafe, {{{index, {hidden.begin, hidden.begin + 1}}, ":"}}});
      }
    } else {
      found.severity = Severity::info;
    }
    if (more || found.severity == Severity::info) {
      const Safety safety = more ? Safety::unsafe : Safety::safe;
      found.fixes.push_back({"insert a space before `#`", safety, {{{index, {hidden.begin, hidden.begin}}, " "}}});
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.documents().size(); ++i) {
    if (may_hold_one(config.document(i).source().text())) check_document(config, context, i, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::glued_comment
