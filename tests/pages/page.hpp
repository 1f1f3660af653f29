// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/corefile.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A rule's page: its headings, its prose's first paragraph, its fenced examples.
namespace pages {

struct Heading {
  std::size_t line;
  std::string text;  ///< with its hashes
};

struct Fence {
  std::size_t line;      ///< of the opening line, from 1
  std::size_t last;      ///< of the closing line
  std::string language;  ///< the first word behind the backquotes
  std::vector<std::string> words;
  std::string text;
  std::string section;  ///< the heading it stands under

  bool is(std::string_view word) const;
};

struct Markdown {
  std::vector<Heading> headings;
  std::string summary;  ///< the paragraph behind the title
  std::vector<Fence> fences;
};

Markdown read_markdown(std::string_view text);

/// A `bad` or `good` fence with what the fences around it say about it.
struct Example {
  bool bad = false;
  bool manifest = false;
  const Fence* fence = nullptr;
  const Fence* console = nullptr;
  const Fence* fixed = nullptr;
  const Fence* asks = nullptr;
  std::map<std::string, std::string> files;
  corefile::Options options;  ///< without `files`
};

struct Examples {
  std::vector<Example> examples;
  std::vector<std::string> faults;  ///< `LINE: what is wrong with a fence`
};

/// The Markdown must outlive the result.
Examples read_examples(const Markdown& page);

}  // namespace pages
