// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>
#include <corefile/resolve.hpp>

#include "resolve/lines.hpp"

namespace corefile {

std::uint32_t Word::line_ends() const noexcept { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')); }

using resolve_detail::same_line;

Properties::iterator::iterator(const Config* config, std::span<const Word> rest) : config_(config), rest_(rest) { step(); }

void Properties::iterator::step() {
  const auto brace = [](const Word& word) { return word.text == "{" || word.text == "}"; };
  while (!rest_.empty() && brace(rest_.front())) rest_ = rest_.subspan(1);
  std::size_t end = rest_.empty() ? 0 : 1;
  while (end < rest_.size() && !brace(rest_[end]) && same_line(*config_, rest_[end - 1], rest_[end])) ++end;
  line_ = rest_.first(end);
  rest_ = rest_.subspan(end);
}

std::optional<Property> Properties::search(std::string_view name) const {
  const auto begins_line = [this](std::size_t i) {
    return i == 0 || block_[i - 1].text == "{" || block_[i - 1].text == "}" || !same_line(*config_, block_[i - 1], block_[i]);
  };
  for (std::size_t i = 0; i < block_.size(); ++i) {
    if (block_[i].text == name && begins_line(i)) return *iterator(config_, block_.subspan(i));
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
