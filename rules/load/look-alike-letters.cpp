// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "reading.hpp"

namespace corefile::rules::look_alike_letters {
namespace {

/// Only where every letter that is not ASCII has a twin: real words of other scripts mixed with Latin ones have others too.
void check_token(Token token, std::string_view text, std::uint32_t index, Report& report) {
  if (!is_deceptive(text)) return;
  std::vector<Edit> edits;
  std::string first;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    const Deceptive* letter = rune.valid ? deceptive(rune.value) : nullptr;
    if (letter != nullptr && letter->name.empty()) {
      const auto begin = token.span.begin + static_cast<std::uint32_t>(at);
      if (edits.empty()) first = fmt::format("U+{:04X} looks like `{}`", static_cast<unsigned>(rune.value), letter->meant);
      edits.push_back({{index, {begin, begin + rune.size}}, std::string(letter->meant)});
    }
    at += rune.size;
  }
  if (edits.empty()) return;
  Diagnostic& found = report.at(edits.front().place, fmt::format("a letter in `{}` is of another alphabet", shown(text)));
  found.label = std::move(first);
  found.notes.push_back("it looks right and is another word for CoreDNS");
  report.explain(found, Place{index, token.span});
  found.help = "type the word again";
  found.fixes.push_back({"write Latin letters", Safety::safe, std::move(edits)});
}

void check(const Config& config, const Context&, Report& report) {
  each_odd_word(config, [&](Token token, std::string_view text, std::uint32_t index) { check_token(token, text, index, report); });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::rune, .fixes = Fixes::always};

}  // namespace corefile::rules::look_alike_letters
