// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "lint/stanzas.hpp"
#include "template_record.hpp"

namespace corefile::rules::template_record_broken {
namespace {

/// What is wrong with the data of an address record; empty if nothing is, or if a template makes it.
std::string fault_of(const TemplateRecord& record) {
  if (record.data.empty()) return "no data stand behind its type";
  if (record.data.find("{{") != std::string_view::npos || (record.type != "A" && record.type != "AAAA")) return {};
  const auto ip = go::parse_ip(record.data);
  if (!ip) return fmt::format("`{}` is not an address", record.data);
  if (record.type == "A" && !ip->is4) return fmt::format("`{}` is not an IPv4 address", record.data);
  return {};
}

void broken(const Word& word, const TemplateRecord& record, std::string fault, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("CoreDNS cannot use this {} record: {}", record.type, fault));
  found.notes.push_back(record.data.empty() ? "it is handed out as a record without an address"
                                            : "each query that the `template` is for gets SERVFAIL");
  found.help = record.type == "A" ? "write it in full, as in `{{ .Name }} 60 IN A 192.0.2.1`" : "write it in full, with its data";
}

/// NAME of a `{{ .Group.NAME }}` that is all of the data; else empty.
std::string_view lone_group(std::string_view data) {
  if (!data.starts_with("{{") || data.find("}}") + 2 != data.size()) return {};
  std::string_view inside = data.substr(2, data.size() - 4);
  while (!inside.empty() && (ascii::is_blank(inside.front()) || inside.front() == '-')) inside.remove_prefix(1);
  while (!inside.empty() && (ascii::is_blank(inside.back()) || inside.back() == '-')) inside.remove_suffix(1);
  constexpr std::string_view front = ".Group.";
  if (!inside.starts_with(front)) return {};
  inside.remove_prefix(front.size());
  return std::all_of(inside.begin(), inside.end(), [](char c) { return ascii::is_alnum(c) || c == '_'; }) ? inside : std::string_view();
}

/// What stands behind `(?P<NAME>` in the pattern, all of the rest; empty: there is no such group.
std::string_view from_group(std::string_view pattern, std::string_view name) {
  for (const std::string_view open : {"(?P<", "(?<"}) {
    const std::string begin = fmt::format("{}{}>", open, name);
    if (const std::size_t at = pattern.find(begin); at != std::string_view::npos) return pattern.substr(at + begin.size());
  }
  return {};
}

/// A set such as `[0-9-]` at the text's begin has `sign` in it, or may have; it is taken off the text.
bool set_may_hold(std::string_view& text, char sign) {
  text.remove_prefix(1);
  bool may = text.starts_with('^') || text.substr(0, text.find(']')).find_first_of("[\\") != std::string_view::npos;
  for (bool first = true; !text.empty() && (first || text.front() != ']'); first = false) {
    const bool range = text.size() > 2 && text[1] == '-' && text[2] != ']';
    may = may || (range ? text.front() <= sign && sign <= text[2] : text.front() == sign);
    text.remove_prefix(range ? 3 : 1);
  }
  return may;
}

/// Whether what the group fits may hold the sign: of what is not simple, yes. `text` begins behind the group's opening.
bool may_hold(std::string_view text, char sign) {
  constexpr std::string_view plain_classes = "dws";
  for (int depth = 1; !text.empty(); text.remove_prefix(std::min<std::size_t>(1, text.size()))) {
    const char c = text.front();
    if (c == '.' || c == sign) return true;
    if (c == '[' && set_may_hold(text, sign)) return true;
    if (c == '\\') {
      if (text.size() < 2 || text[1] == sign || (ascii::is_alnum(text[1]) && plain_classes.find(text[1]) == std::string_view::npos))
        return true;
      text.remove_prefix(1);
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth == 0) return false;
  }
  return true;
}

/// An address is taken whole out of a name, where it stands with dashes: `ip-192-0-2-1`.
void check_group(const Template& own, const Word& word, const TemplateRecord& record, Directive directive, Report& report) {
  const bool v4 = record.type == "A";
  const std::string_view name = lone_group(record.data);
  if (name.empty() || (!v4 && record.type != "AAAA")) return;
  const Word* pattern = nullptr;
  for (const Property line : own.lines) {
    if (line.name() != "match") continue;
    for (const Word& one : line.arguments()) {
      const std::string_view group = from_group(one.text, name);
      if (one.unknown || (!group.empty() && may_hold(group, v4 ? '.' : ':'))) return;
      if (!group.empty()) pattern = &one;
    }
  }
  if (pattern == nullptr) return;
  Diagnostic& found = report.at(word, fmt::format("the group `{}` is never an {} address: nothing that it fits has a `{}`", name,
                                                  v4 ? "IPv4" : "IPv6", v4 ? '.' : ':'));
  found.labels.push_back({directive.config->place(*pattern), "what it fits"});
  found.notes.push_back("each query that the pattern fits gets SERVFAIL");
  found.help = v4 ? "give each number a group of its own, and write `IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}`"
                  : "give each part a group of its own, and write them with `:` between";
}

void other_type(Directive directive, const Word& word, std::string_view type, std::string_view asked, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("who asks for {} gets an {} record", asked, type));
  found.label = fmt::format("of type {}", type);
  found.labels.push_back({directive.config->place(directive.arguments()[1]), "what is asked for"});
  found.notes.push_back("a record of another type than was asked for is a wrong answer, and clients drop it");
  found.help = fmt::format("write `{}` for the type of the `template`, or a record of type {}", type, asked);
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.cls == "CH") return;
  for (const Property line : own.lines) {
    if (line.name() != "answer") continue;
    for (const Word& word : line.arguments()) {
      const TemplateRecord record = read_record(word.text);
      if (word.unknown || !record.known) continue;
      if (std::string fault = fault_of(record); !fault.empty()) return broken(word, record, std::move(fault), report);
      check_group(own, word, record, directive, report);
      if (own.type != "ANY" && record.type != own.type && record.type != "CNAME" && line.arguments().size() == 1)
        return other_type(directive, word, record.type, own.type, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer"}};

}  // namespace corefile::rules::template_record_broken
