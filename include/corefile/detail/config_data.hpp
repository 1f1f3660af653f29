// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugin.hpp>
#include <corefile/problem.hpp>
#include <corefile/syntax.hpp>
#include <corefile/word.hpp>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

/// What a Config is made of: no part of the interface.
namespace corefile {

class Config;

namespace detail {

struct ConfigData {
  struct Block {
    std::uint32_t first_key, last_key;
    std::uint32_t first_directive, last_directive;
    bool dropped, fragment, braces;
    PluginSet plugins{};
  };
  struct Directive {
    Plugin plugin;
    std::uint32_t block;
    std::uint32_t first, last;            // words
    std::uint32_t arguments_end;          // one past the last argument
    std::uint32_t first_line, last_line;  // of its block
    std::uint64_t properties;             // Properties::bit of the first word of each of these lines
  };
  /// The words of a line in a directive's block.
  struct Line {
    std::uint32_t first, last;
  };

  Place place(const Word& word) const noexcept { return {expansions[word.expansion].document, word.span}; }

  std::vector<Document> documents;
  std::vector<Expansion> expansions;
  std::vector<Word> words;
  std::vector<Block> blocks;
  std::vector<Directive> directives;
  std::vector<Line> lines;
  PluginSet plugins;
  std::vector<Snippet> snippets;
  std::vector<Problem> refusals, remarks;
  std::vector<Place> implicitly_closed;
  std::list<std::string> texts;  // what could not be a view of a document
};

/// For those who make Configs, and for the views.
struct ConfigAccess {
  static ConfigData& data(Config& config) noexcept;
  static const ConfigData& data(const Config& config) noexcept;
};

}  // namespace detail
}  // namespace corefile
