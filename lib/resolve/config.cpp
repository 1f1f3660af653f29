// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/resolve.hpp>
#include <corefile/visible.hpp>

#include "base/short_text.hpp"

namespace corefile {

std::uint32_t Word::line_ends() const noexcept { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')); }

std::optional<Property> Properties::search(std::string_view name) const {
  for (const Property line : *this) {
    if (short_text::same(line.name(), name)) return line;
  }
  return {};
}

Place ServerBlock::head() const noexcept {
  if (!keys().empty()) return config->place(keys().front());
  for (const Directive directive : directives()) return config->place(directive.name_word());
  return {};
}

Place Config::place(std::span<const Word> span) const noexcept {
  Place where = place(span.front());
  const Place last = place(span.back());
  if (last.document == where.document && last.span.end > where.span.end) where.span.end = last.span.end;
  return where;
}

std::string print_config(const Config& config) {
  std::string out;
  const auto append = [&out](std::string_view text) {
    const bool bare = !text.empty() && text.find_first_of(" \t\n\"#") == std::string_view::npos;
    if (bare) {
      out.append(visible(text));
      return;
    }
    out.push_back('"');
    for (const char c : visible(text)) {
      if (c == '"') out.push_back('\\');
      out.push_back(c);
    }
    out.push_back('"');
  };
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.dropped()) continue;
    for (const Word& key : block.keys()) {
      append(key.text);
      out.push_back(' ');
    }
    out.append("{\n");
    for (const Directive directive : block.directives()) {
      std::string_view separator = "    ";
      for (const Word& word : directive.words()) {
        out.append(separator);
        append(&word == &directive.name_word() ? directive.name() : word.text);
        separator = " ";
      }
      out.push_back('\n');
    }
    out.append("}\n");
  }
  return out;
}

}  // namespace corefile
