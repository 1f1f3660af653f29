// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "reading.hpp"

namespace corefile::rules::invisible_characters {
namespace {

void check_token(Token token, std::string_view text, std::uint32_t index, Report& report) {
  std::vector<Edit> edits;
  const Deceptive* first = nullptr;
  char32_t code = 0;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    const Deceptive* mark = rune.valid ? deceptive(rune.value) : nullptr;
    if (mark != nullptr && !mark->name.empty()) {
      if (first == nullptr) code = rune.value;
      first = first == nullptr ? mark : first;
      const auto begin = token.span.begin + static_cast<std::uint32_t>(at);
      edits.push_back({{index, {begin, begin + static_cast<std::uint32_t>(rune.size)}}, std::string(mark->meant)});
    }
    at += rune.size;
  }
  if (first == nullptr) return;
  Diagnostic& found = report.at(edits.front().place, fmt::format("this word holds {}, U+{:04X}", first->name, static_cast<unsigned>(code)));
  found.notes.push_back("it looks right and is another word for CoreDNS");
  if (is_deceptive(text)) report.explain(found, Place{index, token.span});
  found.help = first->meant.empty() ? "delete it" : "write `-`";
  found.fixes.push_back({first->meant.empty() ? "delete it" : "write `-`", Safety::safe, std::move(edits)});
}

void check(const Config& config, const Context&, Report& report) {
  each_odd_word(config, [&](Token token, std::string_view text, std::uint32_t index) { check_token(token, text, index, report); });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::rune, .fixes = Fixes::always};

}  // namespace corefile::rules::invisible_characters
