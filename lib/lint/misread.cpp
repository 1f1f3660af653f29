// SPDX-License-Identifier: Apache-2.0
#include "lint/misread.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "plugins/facts.hpp"

namespace corefile {
namespace {

struct Range {
  char32_t first, last;
  Deceptive what;
};
// Invisible ones and dashes, and the Greek and Cyrillic letters that fonts draw like Latin ones.
constexpr std::array ranges{Range{0x00AD, 0x00AD, {"a soft hyphen", ""}},
                            Range{0x0391, 0x0391, {"", "A"}},
                            Range{0x0392, 0x0392, {"", "B"}},
                            Range{0x0395, 0x0395, {"", "E"}},
                            Range{0x0397, 0x0397, {"", "H"}},
                            Range{0x0399, 0x0399, {"", "I"}},
                            Range{0x039A, 0x039A, {"", "K"}},
                            Range{0x039C, 0x039C, {"", "M"}},
                            Range{0x039D, 0x039D, {"", "N"}},
                            Range{0x039F, 0x039F, {"", "O"}},
                            Range{0x03A1, 0x03A1, {"", "P"}},
                            Range{0x03A4, 0x03A4, {"", "T"}},
                            Range{0x03A5, 0x03A5, {"", "Y"}},
                            Range{0x03A7, 0x03A7, {"", "X"}},
                            Range{0x03BF, 0x03BF, {"", "o"}},
                            Range{0x0405, 0x0405, {"", "S"}},
                            Range{0x0406, 0x0406, {"", "I"}},
                            Range{0x0408, 0x0408, {"", "J"}},
                            Range{0x0410, 0x0410, {"", "A"}},
                            Range{0x0412, 0x0412, {"", "B"}},
                            Range{0x0415, 0x0415, {"", "E"}},
                            Range{0x041A, 0x041A, {"", "K"}},
                            Range{0x041C, 0x041C, {"", "M"}},
                            Range{0x041D, 0x041D, {"", "H"}},
                            Range{0x041E, 0x041E, {"", "O"}},
                            Range{0x0420, 0x0420, {"", "P"}},
                            Range{0x0421, 0x0421, {"", "C"}},
                            Range{0x0422, 0x0422, {"", "T"}},
                            Range{0x0423, 0x0423, {"", "Y"}},
                            Range{0x0425, 0x0425, {"", "X"}},
                            Range{0x0430, 0x0430, {"", "a"}},
                            Range{0x0435, 0x0435, {"", "e"}},
                            Range{0x043E, 0x043E, {"", "o"}},
                            Range{0x0440, 0x0440, {"", "p"}},
                            Range{0x0441, 0x0441, {"", "c"}},
                            Range{0x0443, 0x0443, {"", "y"}},
                            Range{0x0445, 0x0445, {"", "x"}},
                            Range{0x0455, 0x0455, {"", "s"}},
                            Range{0x0456, 0x0456, {"", "i"}},
                            Range{0x0458, 0x0458, {"", "j"}},
                            Range{0x0501, 0x0501, {"", "d"}},
                            Range{0x200B, 0x200B, {"a zero-width space", ""}},
                            Range{0x200C, 0x200D, {"a zero-width joiner", ""}},
                            Range{0x200E, 0x200F, {"a direction mark", ""}},
                            Range{0x2010, 0x2015, {"a typographic dash", "-"}},
                            Range{0x202A, 0x202E, {"a direction override", ""}},
                            Range{0x2060, 0x2064, {"a word joiner", ""}},
                            Range{0x2066, 0x2069, {"a direction isolate", ""}},
                            Range{0x2212, 0x2212, {"a minus sign", "-"}},
                            Range{0xFEFF, 0xFEFF, {"a byte order mark", ""}}};
static_assert(std::is_sorted(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.first < b.first; }));

constexpr std::array quotes{Quotes{"'", "'"}, Quotes{"“", "”"}, Quotes{"”", "”"}, Quotes{"„", "“"},
                            Quotes{"‘", "’"}, Quotes{"’", "’"}, Quotes{"`", "`"}};

/// Words of expressions, patterns and records, in which punctuation has a meaning.
bool may_mean_it(Plugin plugin, bool first_line) {
  const plugins::FreeText free = facts_of(plugin).free_text;
  return free == plugins::FreeText::all || (free == plugins::FreeText::block && !first_line);
}

/// The length of the variable's name that `text` begins with.
std::size_t name_length(std::string_view text) {
  const auto letter = [](char c) { return ascii::is_letter(c) || c == '_'; };
  std::size_t size = 0;
  while (size < text.size() && (letter(text[size]) || (size > 0 && ascii::is_digit(text[size])))) ++size;
  return size;
}

bool is_upper(std::string_view name) { return name.size() > 1 && std::none_of(name.begin(), name.end(), ascii::is_lower); }

constexpr std::string_view one_form = "CoreDNS replaces `{$NAME}` only";

// {$NAME:default}, {$NAME
ForeignVariable in_braces(std::string_view text, std::uint32_t dollar) {
  const std::string_view rest = text.substr(dollar + 1);
  const std::size_t size = name_length(rest);
  if (size == 0 || (dollar > 1 && text[dollar - 2] == '{')) return {};
  const std::size_t close = rest.find('}');
  if (close == std::string_view::npos) {
    if (size != rest.size()) return {};
    const std::uint32_t end = dollar + 1 + static_cast<std::uint32_t>(size);
    return {{dollar - 1, end}, rest.substr(0, size), "without its `}` it stays as it is", true};
  }
  if (close == size || std::string_view(":=-").find(rest[size]) == std::string_view::npos) return {};
  return {{dollar - 1, dollar + 2 + static_cast<std::uint32_t>(close)},
          rest.substr(0, size),
          "CoreDNS knows no default values: it looks for a variable with all of this as its name",
          false};
}

ForeignVariable at_dollar(std::string_view text, std::uint32_t dollar) {
  if (dollar > 0 && text[dollar - 1] == '{') return in_braces(text, dollar);
  const std::string_view rest = text.substr(dollar + 1);
  if (rest.starts_with('{')) {  // ${NAME}
    const std::size_t size = name_length(rest.substr(1));
    const std::size_t close = rest.find('}');
    if (size == 0 || close == std::string_view::npos || std::string_view("}:-").find(rest[size + 1]) == std::string_view::npos) return {};
    return {{dollar, dollar + 2 + static_cast<std::uint32_t>(close)}, rest.substr(1, size), one_form, close == size + 1};
  }
  const std::size_t size = name_length(rest);  // $NAME
  const bool begins = dollar == 0 || text[dollar - 1] == ':' || text[dollar - 1] == '/';
  if (!begins || !is_upper(rest.substr(0, size))) return {};
  if (size < rest.size() && std::string_view(":/.").find(rest[size]) == std::string_view::npos) return {};
  return {{dollar, dollar + 1 + static_cast<std::uint32_t>(size)}, rest.substr(0, size), one_form, true};
}

}  // namespace

std::string_view foreign_comment(std::string_view word) noexcept {
  if (!may_be_comment(word)) return {};
  for (const std::string_view sign : {"//", ";", "<!--", "--", "/*"}) {
    if (word.front() == sign.front() && word.starts_with(sign)) return sign;
  }
  return {};
}

bool is_comment(std::span<const Word> words, std::size_t index) noexcept {
  const Word& word = words[index];
  const std::string_view sign = word.quoted ? std::string_view{} : foreign_comment(word.text);
  if (sign.empty()) return false;
  if (index == 0 || word.text == "//" || sign == ";") return true;
  return word.line != words[index - 1].last_line() && (sign != "--" || word.text.size() == 2);
}

char foreign_punctuation(std::string_view word) noexcept {
  if (word == "=") return '=';
  if (word == "};" || word == "}," || word == "}:") return word.back();
  if (word.size() < 2) return '\0';
  const char last = word.back();
  if (last != ',' && last != ';' && last != ':') return '\0';
  const char before = word[word.size() - 2];
  return ascii::is_alnum(before) || before == '.' || before == '%' ? last : '\0';
}

char punctuation_of(Directive directive, const Word& word) noexcept {
  const Word& name = directive.name_word();
  const char sign = word.quoted || word.unknown ? '\0' : foreign_punctuation(word.text);
  if (sign == '\0') return sign;
  if (&word == &name) {
    return word.text.front() == '}' || is_stock_plugin(word.text.substr(0, word.text.size() - 1)) ? sign : '\0';
  }
  const Plugin plugin = directive.plugin();
  if (!is_stock_plugin(plugin) || may_mean_it(plugin, word.line == name.line)) return '\0';
  // A colon belongs behind a property's name only, and an IPv6 address may end in one.
  const bool fresh = word.line != (&word)[-1].last_line();
  return sign != ':' || (fresh && word.text.find(':') + 1 == word.text.size()) ? sign : '\0';
}

const Quotes* foreign_quotes(std::string_view word) noexcept {
  const auto found = std::find_if(quotes.begin(), quotes.end(), [word](const Quotes& q) { return word.starts_with(q.open); });
  return found == quotes.end() ? nullptr : &*found;
}

ForeignVariable foreign_variable(std::string_view text, std::size_t from) noexcept {
  for (std::size_t dollar = text.find('$', from); dollar != std::string_view::npos; dollar = text.find('$', dollar + 1)) {
    if (const ForeignVariable found = at_dollar(text, static_cast<std::uint32_t>(dollar)); !found.span.empty()) return found;
  }
  return {};
}

const Deceptive* deceptive(char32_t rune) noexcept {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), rune, [](char32_t r, const Range& range) { return r < range.first; });
  return after != ranges.begin() && rune <= (after - 1)->last ? &(after - 1)->what : nullptr;
}

bool is_deceptive(std::string_view word) noexcept {
  if (utf8::ascii(word)) return false;
  bool any = false;
  bool latin = false;
  bool letters = false;
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Rune rune = utf8::decode(word.substr(at));
    if (rune.size > 1) {
      const Deceptive* what = rune.valid ? deceptive(rune.value) : nullptr;
      if (what == nullptr) return false;
      any = true;
      letters = letters || what->name.empty();
    } else {
      latin = latin || ascii::is_letter(word[at]);
    }
    at += rune.size;
  }
  return any && (latin || !letters);
}

bool is_cut_off(const Config& config, const Word& word) noexcept {
  const Place place = config.place(word);
  const std::string_view text = config.document(place.document).source().text();
  return word.quoted == 0 && place.span.end < text.size() && text[place.span.end] == '#';
}

bool ends_in_continuation(std::string_view text, Span word) noexcept {
  std::size_t last = word.end;
  while (last > word.begin && text[last - 1] == '\r') --last;
  if (last == word.begin || text[last - 1] != '\\') return false;
  const std::size_t next = text.find_first_not_of(" \t\r", word.end);
  return next != std::string_view::npos && text[next] == '\n';
}

}  // namespace corefile
