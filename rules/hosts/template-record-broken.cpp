// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

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
      if (own.type != "ANY" && record.type != own.type && record.type != "CNAME" && line.arguments().size() == 1)
        return other_type(directive, word, record.type, own.type, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .lines = {"answer"}};

}  // namespace corefile::rules::template_record_broken
