// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup/expression.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace corefile::plugins::expression {
namespace {

using Kind = go::ExprKind;

// plugin/pkg/expression/expression.go; the same in all releases.
constexpr std::array functions{go::ExprFunction{"incidr", Kind::boolean, 2, {Kind::string, Kind::string}},
                               go::ExprFunction{"metadata", Kind::string, 1, {Kind::string}},
                               go::ExprFunction{"type", Kind::string},
                               go::ExprFunction{"name", Kind::string},
                               go::ExprFunction{"class", Kind::string},
                               go::ExprFunction{"proto", Kind::string},
                               go::ExprFunction{"size", Kind::integer},
                               go::ExprFunction{"client_ip", Kind::string},
                               go::ExprFunction{"port", Kind::string},
                               go::ExprFunction{"id", Kind::integer},
                               go::ExprFunction{"opcode", Kind::integer},
                               go::ExprFunction{"do", Kind::boolean},
                               go::ExprFunction{"bufsize", Kind::integer},
                               go::ExprFunction{"server_ip", Kind::string},
                               go::ExprFunction{"server_port", Kind::string},
                               go::ExprFunction{"group", Kind::string, 1, {Kind::unknown}}};

struct Bundled {
  Release release;
  go::ExprVersion version;
};
constexpr std::array bundled{Bundled{{1, 10, 1}, go::ExprVersion::v1_12},  Bundled{{1, 11, 1}, go::ExprVersion::v1_13},
                             Bundled{{1, 11, 3}, go::ExprVersion::v1_15},  Bundled{{1, 11, 4}, go::ExprVersion::v1_16},
                             Bundled{{1, 12, 1}, go::ExprVersion::v1_17},  Bundled{{1, 14, 0}, go::ExprVersion::v1_17_7},
                             Bundled{{1, 14, 2}, go::ExprVersion::v1_17_8}};

std::string name_help(Release release, std::string_view name, std::span<const go::ExprName> names) {
  for (const Bundled& newer : bundled) {
    if (newer.release > release && go::is_expr_builtin(name, newer.version)) {
      return fmt::format("`{}` came in CoreDNS {}", name, to_string(newer.release));
    }
  }
  std::vector<std::string_view> known;
  for (const go::ExprName& candidate : names) known.push_back(candidate.name);
  const std::string_view meant = nearest(name, known);
  return meant.empty() ? fmt::format("a text stands in quotes: `'{}'`", name) : fmt::format("did you mean `{}`?", meant);
}

// The words that hold the fault.
Place fault_place(const Config& config, std::span<const Word> words, std::size_t at, std::size_t size) {
  for (const Word& word : words) {
    if (at < word.text.size()) return part(config, word, at, std::min(size, word.text.size() - at));
    if (at == word.text.size()) break;
    at -= word.text.size() + 1;
  }
  return config.place(words);
}

}  // namespace

go::ExprVersion version(Release release) noexcept {
  go::ExprVersion found = go::ExprVersion::v1_9;
  for (const Bundled& entry : bundled) {
    if (entry.release <= release) found = entry.version;
  }
  return found;
}

std::vector<go::ExprName> environment(bool group) {
  std::vector<go::ExprName> names;
  for (const go::ExprFunction& function : functions) {
    if (function.name != "group" || group) names.push_back({function.name, {Kind::function, &function}});
  }
  return names;
}

std::string position(std::string_view text, std::size_t at) {
  at = std::min(at, text.empty() ? 0 : text.size() - 1);
  const auto column = 1 + std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return fmt::format("(1:{})", column);
}

go::ExprType check(Reader& reader, std::span<const Word> words, std::span<const go::ExprName> names, std::string_view says) {
  std::string text;
  for (const Word& word : words) {
    if (word.unknown) {
      reader.depends();
      return {};
    }
    if (&word != &words.front()) text += ' ';
    text += word.text;
  }
  const go::ExprCheck checked = go::check_expr(text, names, version(reader.release()), regexp_checks(reader.release()));
  if (!checked.fault) return checked.type;
  const go::ExprFault& found = *checked.fault;
  Problem& fault = reader.invalid(words.front(), found.message, fmt::format("{}{} {}", says, found.says, position(text, found.at)));
  fault.place = fault_place(reader.config(), words, found.at, found.size);
  fault.help = found.unknown.empty() ? found.help : name_help(reader.release(), found.unknown, names);
  // CoreDNS takes the quotes away before the expression is read.
  const auto quoted = std::find_if(words.begin(), words.end(), [](const Word& word) { return word.quoted && !word.text.empty(); });
  if (words.size() > 1 && quoted != words.end()) {
    fault.help = fmt::format("write texts in single quotes, `'{}'`: CoreDNS takes the double ones away", quoted->text);
  }
  return {};
}

Place part(const Config& config, const Word& word, std::size_t at, std::size_t size) {
  Place place = config.place(word);
  if (size == 0 || at + size > word.text.size()) return place;
  // In quotes, quotes are written with a backslash.
  const auto quotes = [&](std::string_view text) { return word.quoted ? std::count(text.begin(), text.end(), '"') : 0; };
  const auto written = [&](std::string_view text) { return text.size() + static_cast<std::size_t>(quotes(text)); };
  const std::size_t around = word.quoted ? 1 : 0;
  if (place.span.size() != written(word.text) + 2 * around) return place;
  place.span.begin += static_cast<std::uint32_t>(around + written(word.text.substr(0, at)));
  place.span.end = place.span.begin + static_cast<std::uint32_t>(written(word.text.substr(at, size)));
  return place;
}

}  // namespace corefile::plugins::expression
