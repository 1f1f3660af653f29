// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugins.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/schema.hpp"

/// The form of rules/plugins/*.yaml and of `--plugins FILE`: read at build time for CoreDNS's own plugins, at run time for others.
namespace corefile::plugins {

/// A schema with the storage its views point into. Functions are kept by name; `bind` looks them up.
struct SchemaText {
  struct NamedType {
    std::string kind;  ///< enumerator of Kind
    Kind value = Kind::text;
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::vector<std::string> choices;
    std::string check;
  };
  struct ArgumentsText {
    Life life;
    Read read = Read::nothing;
    std::uint16_t min = 0, max = 0xFFFF;
    bool end = false, last_repeats = false;
    std::vector<NamedType> types;
    std::string words;
    std::string count_says;
  };
  struct PropertyText {
    std::string name;
    ArgumentsText arguments;
    bool once = false, any_case = false;
    std::string setup, doc;
  };
  struct DefaultText {
    Release since;
    std::string unless, is;
  };
  int line = 1;  ///< of its `plugin:`
  std::string name, doc, url;
  bool external = false;
  Facts facts;
  std::vector<std::string> names;  ///< Facts::names
  std::vector<Life> blockless;
  std::vector<MentionsRule> mentions;
  std::vector<UnknownRule> unknown;
  std::vector<std::pair<Life, std::string>> unknown_says;
  bool own_words = false;
  std::vector<ArgumentsText> arguments;
  std::vector<PropertyText> properties;
  std::string setup, after;
  std::vector<DefaultText> defaults;
};

struct SchemaTexts {
  std::vector<SchemaText> schemas;
  std::string error;  ///< `FILE:LINE: what is wrong; what to write instead`; empty: none
};

/// One file may hold several plugins, as YAML documents.
SchemaTexts read_schemas(const std::string& file, const std::string& text);

}  // namespace corefile::plugins
