// SPDX-License-Identifier: Apache-2.0
// compile_schemas TABLES.inc IDS.hpp RELEASES.yaml PLUGIN.yaml…: the tables behind lib/plugins/schema.hpp and release.hpp, and enum Plugin.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/exact_release.hpp"
#include "literal.hpp"
#include "plugins/schema_yaml.hpp"

namespace {

using namespace corefile;
using namespace corefile::plugins;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Trouble(path + ":1: cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

using ::literal;
std::string literal(Release r) { return fmt::format("{{{}, {}, {}}}", r.major, r.minor, r.patch); }
std::string literal(const Life& life) { return fmt::format("{{{}, {}}}", literal(life.since), literal(life.until)); }
std::string literal(std::int64_t value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return "lowest";
  if (value == std::numeric_limits<std::int64_t>::max()) return "highest";
  return fmt::format("{}", value);
}

struct Released {
  Release release;
  std::vector<std::string> directives;
  Release go, module_go;
};

// `1.21.8`, or `1.12`.
Release read_go(const std::string& path, const YAML::Node& node) {
  const auto text = node.as<std::string>();
  const auto exact = parse_exact_release(text);
  const auto release = exact ? exact : parse_exact_release(text + ".0");
  if (!release) throw Trouble(fmt::format("{}:{}: `{}` is not a release of Go", path, node.Mark().line + 1, text));
  return *release;
}

std::vector<Released> read_releases(const std::string& path, const YAML::Node& root) {
  std::vector<Released> out;
  for (const YAML::Node& item : root["releases"]) {
    const auto release = parse_exact_release(item["release"].as<std::string>());
    if (!release || (!out.empty() && *release <= out.back().release)) {
      throw Trouble(fmt::format("{}:{}: releases must be in order, oldest first", path, item.Mark().line + 1));
    }
    Released released = out.empty() ? Released{} : out.back();
    released.release = *release;
    if (item["go"]) released.go = read_go(path, item["go"]);
    if (item["module-go"]) released.module_go = read_go(path, item["module-go"]);
    if (item["directives"]) {
      std::istringstream words(item["directives"].as<std::string>());
      released.directives.clear();
      for (std::string word; words >> word;) released.directives.push_back(word);
    }
    out.push_back(std::move(released));
  }
  return out;
}

class Writer {
 public:
  std::string tables;
  std::set<std::string> plugin_setups, property_setups, checks;

  std::string types(const std::string& name, const SchemaText::ArgumentsText& arguments) {
    if (arguments.types.empty()) return "{}";
    std::string rows;
    for (std::size_t i = 0; i < arguments.types.size(); ++i) {
      const SchemaText::NamedType& type = arguments.types[i];
      std::string choices = "{}";
      if (!type.choices.empty()) {
        choices = fmt::format("{}_choices{}", name, i);
        std::string words;
        for (const std::string& choice : type.choices) words += literal(choice) + ", ";
        tables += fmt::format("constexpr std::string_view {}[]{{{}}};\n", choices, words);
      }
      if (!type.check.empty()) checks.insert(type.check);
      rows += fmt::format("    {{Kind::{}, {}, {}, {}, {}}},\n", type.kind, literal(type.min), literal(type.max), choices,
                          type.check.empty() ? "nullptr" : "check::" + type.check);
    }
    tables += fmt::format("constexpr Type {}_types[]{{\n{}}};\n", name, rows);
    return name + "_types";
  }

  std::string arguments(const std::string& name, const SchemaText::ArgumentsText& a) {
    static constexpr std::array<std::string_view, 3> reads{"nothing", "next", "remaining"};
    const std::string type_table = types(name, a);
    return fmt::format("{{{}, Read::{}, {}, {}, {}, {}, {}, {}, {}}}", literal(a.life), reads[static_cast<std::size_t>(a.read)], a.min,
                       a.max, a.end, a.last_repeats, type_table, literal(a.words), literal(a.count_says));
  }

  static std::string setup(const std::string& name, std::set<std::string>& named) {
    if (name.empty()) return "nullptr";
    named.insert(name);
    return "setup::" + name;
  }

  std::string facts(const SchemaText& p) {
    const Facts& f = p.facts;
    std::string rows;
    for (const std::string& name : p.names) rows += fmt::format("    {},\n", literal(name));
    const std::string names = table("std::string_view", "p_" + p.name + "_names", rows);
    return fmt::format("{{Queries{{{}}}, ZoneWords{{{}}}, Serves{{{}}}, {}, {}, FreeText{{{}}}, {}}}", static_cast<int>(f.queries),
                       static_cast<int>(f.zones), static_cast<int>(f.serves), f.upstreams, f.begins_with_file,
                       static_cast<int>(f.free_text), names);
  }

  // The plugin's own row; its tables are written before it.
  std::string plugin(const SchemaText& p, const Life& life) {
    static constexpr std::array<std::string_view, 3> mentions{"each", "once", "first"};
    static constexpr std::array<std::string_view, 2> unknowns{"refuse", "ignore"};
    const std::string id = "p_" + p.name;
    std::string rows;
    for (const MentionsRule& rule : p.mentions) {
      rows += fmt::format("    {{{}, Mentions::{}}},\n", literal(rule.life), mentions[static_cast<std::size_t>(rule.mentions)]);
    }
    const std::string mention_table = table("MentionsRule", id + "_mentions", rows);
    rows.clear();
    for (const Life& blockless : p.blockless) rows += fmt::format("    {},\n", literal(blockless));
    const std::string block_table = table("Life", id + "_blockless", rows);
    rows.clear();
    for (const UnknownRule& rule : p.unknown) {
      rows += fmt::format("    {{{}, Unknown::{}}},\n", literal(rule.life), unknowns[static_cast<std::size_t>(rule.unknown)]);
    }
    const std::string unknown_table = table("UnknownRule", id + "_unknown", rows);
    rows.clear();
    for (const auto& [span, says] : p.unknown_says) rows += fmt::format("    {{{}, {}}},\n", literal(span), literal(says));
    const std::string says_table = table("SaysRule", id + "_unknown_says", rows);
    rows.clear();
    for (std::size_t i = 0; i < p.arguments.size(); ++i) {
      rows += fmt::format("    {},\n", arguments(fmt::format("{}_a{}", id, i), p.arguments[i]));
    }
    const std::string argument_table = table("Arguments", id + "_arguments", rows);
    rows.clear();
    for (std::size_t i = 0; i < p.properties.size(); ++i) {
      const SchemaText::PropertyText& q = p.properties[i];
      rows += fmt::format("    {{{}, {}, {}, {}, {}, {}}},\n", literal(q.name), arguments(fmt::format("{}_p{}", id, i), q.arguments),
                          q.once, q.any_case, setup(q.setup, property_setups), literal(q.doc));
    }
    const std::string property_table = table("Property", id + "_properties", rows);
    return fmt::format("    {{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}},\n", literal(p.name), literal(life),
                       literal(p.doc), literal(p.url), p.external, facts(p), block_table, mention_table, unknown_table, says_table,
                       p.own_words, argument_table, property_table, setup(p.setup, plugin_setups), setup(p.after, plugin_setups));
  }

 private:
  std::string table(std::string_view type, const std::string& name, const std::string& rows) {
    if (rows.empty()) return "{}";
    tables += fmt::format("constexpr {} {}[]{{\n{}}};\n", type, name, rows);
    return name;
  }
};

std::string function_table(std::string_view name, std::string_view type, std::string_view scope, const std::set<std::string>& functions) {
  std::string rows;
  for (const std::string& function : functions) rows += fmt::format("    {{{}, {}::{}}},\n", literal(function), scope, function);
  return fmt::format("constexpr std::pair<std::string_view, {}> {}[]{{\n{}}};\n", type, name, rows);
}

/// What all files say together.
struct Input {
  std::string path;  ///< of the releases
  std::vector<Released> releases;
  std::vector<std::string> former;                          ///< directives that left before the first release
  std::vector<std::pair<std::string, Release>> kubernetes;  ///< minor releases, oldest first
  std::map<std::string, Life> lives;                        ///< of each directive of the releases
  std::vector<SchemaText> schemas;                          ///< by name
};

std::map<std::string, Life> lives_of(const std::vector<Released>& releases) {
  std::map<std::string, Life> lives;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    for (const std::string& name : releases[i].directives) {
      const auto [at, first] = lives.try_emplace(name, Life{releases[i].release, releases[i].release});
      if (first && i == 0) at->second.since = {0, 0, 0};
      at->second.until = i + 1 == releases.size() ? Life{}.until : releases[i].release;
    }
  }
  return lives;
}

void add_schemas(const std::string& path, Input& input) {
  SchemaTexts read = read_schemas(path, read_file(path));
  if (!read.error.empty()) throw Trouble(read.error);
  for (SchemaText& schema : read.schemas) {
    const bool folder = path.find("/plugins/external/") != std::string::npos;
    if (schema.external != folder) {
      throw Trouble(
          fmt::format("{}:{}: schemas with `external: yes`, and only these, stand in rules/plugins/external/", path, schema.line));
    }
    if (!schema.external && !input.lives.contains(schema.name)) {
      throw Trouble(fmt::format("{}:1: no release has a directive `{}`; mark it `external: yes`, or mend its name", path, schema.name));
    }
    if (!schema.external && schema.facts.queries == Queries::unknown) {
      throw Trouble(fmt::format("{}:1: `queries` is missing: what becomes of a query that comes to `{}`", path, schema.name));
    }
    input.schemas.push_back(std::move(schema));
  }
}

Input read_input(const std::string& releases_path, const std::vector<std::string>& paths) {
  const YAML::Node root = YAML::Load(read_file(releases_path));
  Input input{releases_path, read_releases(releases_path, root), {}, {}, {}, {}};
  for (const auto& name : root["former"]) input.former.push_back(name.as<std::string>());
  std::sort(input.former.begin(), input.former.end());
  for (const auto& entry : root["kubernetes"]) {
    const auto release = parse_exact_release(entry.second.as<std::string>());
    if (!release) throw Trouble(fmt::format("{}:{}: no release", releases_path, entry.second.Mark().line + 1));
    input.kubernetes.emplace_back(entry.first.as<std::string>(), *release);
  }
  input.lives = lives_of(input.releases);
  for (const std::string& path : paths) add_schemas(path, input);
  std::sort(input.schemas.begin(), input.schemas.end(), [](const SchemaText& a, const SchemaText& b) { return a.name < b.name; });
  return input;
}

/// Every name of enum Plugin behind `unknown`, in its order.
std::vector<std::string> names_of(const Input& input) {
  std::vector<std::string> names;
  names.reserve(input.lives.size() + input.former.size());
  for (const auto& [name, life] : input.lives) names.push_back(name);
  names.insert(names.end(), input.former.begin(), input.former.end());
  return names;
}

std::string ids(const Input& input) {
  static const std::set<std::string> keywords{"auto", "default", "delete", "export", "import", "new", "operator", "register", "template"};
  const std::vector<std::string> names = names_of(input);
  std::string out =
      "// Generated from rules/releases.yaml and rules/plugins/*.yaml by tools/dev/compile_schemas.cpp.\n#pragma once\n\n#include "
      "<cstddef>\n#include <cstdint>\n\nnamespace corefile {\n\nenum class Plugin : std::uint8_t {\n  unknown";
  for (const std::string& name : names) out += ",\n  " + name + (keywords.contains(name) ? "_" : "");
  return out + fmt::format("\n}};\n/// With `unknown`.\ninline constexpr std::size_t plugin_count = {};\n\n}}  // namespace corefile\n",
                           names.size() + 1);
}

std::string declarations(const Writer& writer) {
  std::string out = "namespace setup {\n";
  std::set<std::string> setups = writer.plugin_setups;
  setups.insert(writer.property_setups.begin(), writer.property_setups.end());
  for (const std::string& name : setups) out += fmt::format("void {}(Reader&);\n", name);
  out += "}  // namespace setup\nnamespace check {\n";
  for (const std::string& name : writer.checks) out += fmt::format("std::string {}(std::string_view, Release);\n", name);
  return out + "}  // namespace check\n\n";
}

/// `own_plugins`, `external_plugins` and the tables they point into.
std::string plugin_tables(const Input& input, Writer& writer) {
  std::map<std::string, std::string> own;  // rows by name
  std::string externals;
  for (const SchemaText& schema : input.schemas) {
    if (schema.external) {
      externals += writer.plugin(schema, Life{});
    } else {
      own[schema.name] = writer.plugin(schema, input.lives.at(schema.name));
    }
  }
  std::string out =
      "[[maybe_unused]] constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();\n"
      "[[maybe_unused]] constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();\n" +
      writer.tables + "constexpr Schema own_plugins[]{\n";
  for (const auto& [name, life] : input.lives) {
    const auto row = own.find(name);
    if (row == own.end()) throw Trouble(fmt::format("{}:1: `{}` has no schema: write rules/plugins/{}.yaml", input.path, name, name));
    out += row->second;
  }
  out += "};\n";
  if (!externals.empty()) out += fmt::format("constexpr Schema external_plugins[]{{\n{}}};\n", externals);
  return out + fmt::format("constexpr std::span<const Schema> external_schemas{{{}}};\n", externals.empty() ? "" : "external_plugins");
}

/// `orders`: by release, the plugins in execution order, and the place of each in it.
std::string order_tables(const Input& input) {
  std::string out;
  std::string rows;
  const std::vector<std::string>* previous = nullptr;
  std::size_t order = 0;
  for (const Released& released : input.releases) {
    if (previous == nullptr || released.directives != *previous) {
      ++order;
      std::string indices;
      for (const std::string& name : released.directives) {
        indices += fmt::format("{}, ", std::distance(input.lives.begin(), input.lives.find(name)));
      }
      std::string places;
      for (const auto& [name, life] : input.lives) {
        const auto at = std::find(released.directives.begin(), released.directives.end(), name);
        places += at == released.directives.end() ? "255, " : fmt::format("{}, ", at - released.directives.begin());
      }
      out += fmt::format("constexpr std::uint8_t order{0}[]{{{1}}};\nconstexpr std::uint8_t ranks{0}[]{{{2}}};\n", order, indices, places);
    }
    previous = &released.directives;
    rows += fmt::format("    {{{0}, order{1}, ranks{1}}},\n", literal(released.release), order);
  }
  return out + "struct Ordered {\n  Release release;\n  std::span<const std::uint8_t> plugins, ranks;\n};\nconstexpr Ordered orders[]{\n" +
         rows + "};\n";
}

std::string release_tables(const Input& input) {
  std::string releases, built, minors, minor_releases, names = "\"\", ";
  for (const Released& released : input.releases) {
    releases += literal(released.release) + ", ";
    built += fmt::format("{{{}, {}}}, ", literal(released.go), literal(released.module_go));
  }
  for (const auto& [minor, release] : input.kubernetes) {
    minors += literal(minor) + ", ";
    minor_releases += literal(release) + ", ";
  }
  for (const std::string& name : names_of(input)) names += literal(name) + ", ";
  return fmt::format(
      "constexpr Release releases[]{{{}}};\nconstexpr GoReleases built[]{{{}}};\nconstexpr std::string_view minors[]{{{}}};\n"
      "constexpr Release minor_releases[]{{{}}};\nconstexpr std::string_view names[]{{{}}};\n",
      releases, built, minors, minor_releases, names);
}

std::string default_table(const Input& input) {
  std::string rows;
  for (const SchemaText& schema : input.schemas) {
    for (const SchemaText::DefaultText& one : schema.defaults) {
      const auto index = std::distance(input.lives.begin(), input.lives.find(schema.name)) + 1;
      rows += fmt::format("    {{Plugin{{{}}}, {}, {}, {}}},\n", index, literal(one.since), literal(one.unless), literal(one.is));
    }
  }
  return fmt::format("constexpr ChangedDefault defaults[]{{\n{}}};\n", rows);
}

std::string tables(const Input& input) {
  Writer writer;
  const std::string plugins = plugin_tables(input, writer);
  return "// Generated from rules/releases.yaml and rules/plugins/*.yaml by tools/dev/compile_schemas.cpp.\n" + declarations(writer) +
         "namespace {\n" + plugins + order_tables(input) + release_tables(input) + default_table(input) +
         function_table("plugin_setup_table", "Setup", "setup", writer.plugin_setups) +
         function_table("property_setup_table", "Setup", "setup", writer.property_setups) +
         function_table("check_table", "ValueCheck", "check", writer.checks) + "}  // namespace\n";
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 4) throw Trouble("usage: compile_schemas TABLES.inc IDS.hpp RELEASES.yaml PLUGIN.yaml…");
    const Input input = read_input(argv[3], std::vector<std::string>(argv + 4, argv + argc));
    std::ofstream(argv[1], std::ios::binary) << tables(input);
    std::ofstream(argv[2], std::ios::binary) << ids(input);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
