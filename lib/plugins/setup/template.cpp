// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "go/text_template.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

constexpr std::string_view head_words = "CLASS TYPE [ZONES...]";

bool read_head(Reader& reader, const Word& name) {
  for (const Kind kind : {Kind::qclass, Kind::qtype}) {
    if (!reader.next_arg()) {
      reader.wrong_count(name, kind == Kind::qclass ? 0 : 1, head_words);
      return false;
    }
    Type type;
    type.kind = kind;
    reader.check(type, reader.word(), name);
  }
  reader.remaining_args();
  return true;
}

// `size` bytes of a word's text, or all of it where the document writes them in another way.
Place part(const Config& config, const Word& word, std::size_t at, std::size_t size) {
  Place place = config.place(word);
  const std::size_t quotes = word.quoted ? 1 : 0;
  if (place.span.size() != word.text.size() + 2 * quotes || at + size > word.text.size()) return place;
  place.span.begin += static_cast<std::uint32_t>(quotes + at);
  place.span.end = place.span.begin + static_cast<std::uint32_t>(size);
  return place;
}

std::string function_help(Reader& reader, std::string_view function) {
  if (function == "parseInt") return "`parseInt` came in CoreDNS 1.10.0";
  const auto known = go::template_functions();
  std::vector<std::string_view> names(known.begin(), known.end());
  if (reader.since(1, 10, 0)) names.push_back("parseInt");
  const std::string_view meant = nearest(function, names);
  return meant.empty() ? "fields begin with a dot: `.Name`, `.Zone`, `.Group`" : fmt::format("did you mean `{}`?", meant);
}

// template.go, newTemplate, from 1.10.0; plain text/template before.
void check_record(Reader& reader, const Word& name, const Word& record) {
  if (record.unknown) return reader.depends();
  static constexpr std::array<std::string_view, 1> added{"parseInt"};
  const std::span<const std::string_view> functions = reader.since(1, 10, 0) ? added : std::span<const std::string_view>{};
  const auto fault = go::template_fault(name.text, record.text, functions);
  if (!fault) return;
  LoadFault& made = reader.invalid(record, fault->message, fmt::format("could not compile template: {}, {}", record.text, fault->says));
  made.place = part(reader.config(), record, fault->at, fault->size);
  if (!fault->function.empty()) made.help = function_help(reader, fault->function);
}

}  // namespace

void template_record(Reader& reader) {
  const Word name = reader.word();
  const auto records = reader.remaining_args();
  if (records.empty()) reader.wrong_count(name, 0, "at least 1 argument");
  for (const Word& record : records) check_record(reader, name, record);
}

void template_stanzas(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    if (!read_head(reader, name)) return;
    bool answers = false;
    reader.new_block();
    while (reader.next_block()) {
      const Property* property = reader.property();
      if (property == nullptr) {
        reader.unknown_property();
        continue;
      }
      reader.read_property(*property);
      answers = answers || property->name == "answer" || property->name == "authority" ||
                (property->name == "rcode" && reader.val() != "NOERROR");
    }
    // Until 1.5.0, setup.go, templateParse.
    if (!answers && !reader.failed() && !reader.since(1, 5, 1)) {
      reader.fail(LoadFault::Kind::conflict, name, "`template` has nothing to answer", "no answer section for template found").help =
          "add `answer`, `authority` or `rcode`";
    }
  }
}

}  // namespace corefile::plugins::setup
