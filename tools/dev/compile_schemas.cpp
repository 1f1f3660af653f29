// SPDX-License-Identifier: Apache-2.0
// compile_schemas OUTPUT RELEASES.yaml PLUGIN.yaml…: the tables behind lib/plugins/schema.hpp and release.hpp.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "plugins/schema_yaml.hpp"

namespace {

using namespace corefile;
using namespace corefile::plugins;

struct Trouble : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Trouble(path + ":1: cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + '"';
}

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
};

std::vector<Released> read_releases(const std::string& path, const YAML::Node& root) {
  std::vector<Released> out;
  for (const YAML::Node& item : root["releases"]) {
    const auto release = parse_exact_release(item["release"].as<std::string>());
    if (!release || (!out.empty() && *release <= out.back().release)) {
      throw Trouble(fmt::format("{}:{}: releases must be in order, oldest first", path, item.Mark().line + 1));
    }
    Released released{*release, out.empty() ? std::vector<std::string>{} : out.back().directives};
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
    return fmt::format("{{{}, Read::{}, {}, {}, {}, {}, {}, {}}}", literal(a.life), reads[static_cast<std::size_t>(a.read)], a.min, a.max,
                       a.end, a.last_repeats, type_table, literal(a.words));
  }

  static std::string setup(const std::string& name, std::set<std::string>& named) {
    if (name.empty()) return "nullptr";
    named.insert(name);
    return "setup::" + name;
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
    return fmt::format("    {{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}},\n", literal(p.name), literal(life), literal(p.doc),
                       literal(p.url), p.external, block_table, mention_table, unknown_table, argument_table, property_table,
                       setup(p.setup, plugin_setups), setup(p.after, plugin_setups));
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
  return fmt::format(
      "std::span<const std::pair<std::string_view, {1}>> {0}() noexcept {{\n  static constexpr std::pair<std::string_view, {1}> "
      "all[]{{\n{2}}};\n  return all;\n}}\n",
      name, type, rows);
}

std::string compile(const std::string& releases_path, const std::vector<std::string>& paths) {
  const YAML::Node root = YAML::Load(read_file(releases_path));
  const std::vector<Released> releases = read_releases(releases_path, root);
  std::map<std::string, Life> lives;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    for (const std::string& name : releases[i].directives) {
      const auto [at, first] = lives.try_emplace(name, Life{releases[i].release, releases[i].release});
      if (first && i == 0) at->second.since = {0, 0, 0};
      at->second.until = i + 1 == releases.size() ? Life{}.until : releases[i].release;
    }
  }
  std::vector<SchemaText> schemas;
  for (const std::string& path : paths) {
    SchemaTexts read = read_schemas(path, read_file(path));
    if (!read.error.empty()) throw Trouble(read.error);
    for (SchemaText& schema : read.schemas) {
      const bool folder = path.find("/plugins/external/") != std::string::npos;
      if (schema.external != folder) {
        throw Trouble(
            fmt::format("{}:{}: schemas with `external: yes`, and only these, stand in rules/plugins/external/", path, schema.line));
      }
      if (!schema.external && !lives.contains(schema.name)) {
        throw Trouble(fmt::format("{}:1: no release has a directive `{}`; mark it `external: yes`, or mend its name", path, schema.name));
      }
      schemas.push_back(std::move(schema));
    }
  }
  std::sort(schemas.begin(), schemas.end(), [](const SchemaText& a, const SchemaText& b) { return a.name < b.name; });

  Writer writer;
  std::map<std::string, std::string> own;  // rows by name
  std::string externals;
  for (const SchemaText& schema : schemas) {
    if (schema.external) {
      externals += writer.plugin(schema, Life{});
    } else {
      own[schema.name] = writer.plugin(schema, lives.at(schema.name));
    }
  }
  std::string out =
      "// Generated from rules/releases.yaml and rules/plugins/*.yaml by tools/dev/compile_schemas.cpp.\n"
      "#include <algorithm>\n#include <array>\n#include <iterator>\n#include <limits>\n\n#include \"plugins/schema.hpp\"\n\nnamespace "
      "corefile::plugins {\n\nnamespace setup {\n";
  std::set<std::string> setups = writer.plugin_setups;
  setups.insert(writer.property_setups.begin(), writer.property_setups.end());
  for (const std::string& name : setups) out += fmt::format("void {}(Reader&);\n", name);
  out += "}  // namespace setup\nnamespace check {\n";
  for (const std::string& name : writer.checks) out += fmt::format("std::string {}(std::string_view, Release);\n", name);
  out +=
      "}  // namespace check\n\nnamespace {\n"
      "[[maybe_unused]] constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();\n"
      "[[maybe_unused]] constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();\n";
  out += writer.tables;
  // A directive without a schema is known by name, and nothing of it is checked.
  if (lives.size() >= no_slot) throw Trouble(fmt::format("{}: more than {} plugins; widen plugins::Slots", releases_path, no_slot - 1));
  out += "constexpr Plugin own_plugins[]{\n";
  for (const auto& [name, life] : lives) {
    const auto row = own.find(name);
    out += row != own.end() ? row->second
                            : fmt::format("    {{{}, {}, {{}}, {{}}, false, {{}}, {{}}, {{}}, {{}}, {{}}, [](Reader&) {{}}, nullptr}},\n",
                                          literal(name), literal(life));
  }
  out += "};\n";
  if (!externals.empty()) out += fmt::format("constexpr Plugin external_plugins[]{{\n{}}};\n", externals);
  std::string orders;
  std::vector<std::string> previous;
  std::size_t order = 0;
  for (const Released& released : releases) {
    if (released.directives != previous) {
      ++order;
      std::string indices;
      for (const std::string& name : released.directives) indices += fmt::format("{}, ", std::distance(lives.begin(), lives.find(name)));
      out += fmt::format("constexpr std::uint8_t order{}[]{{{}}};\n", order, indices);
      previous = released.directives;
    }
    orders += fmt::format("    {{{}, order{}}},\n", literal(released.release), order);
  }
  out += fmt::format(
      "struct Ordered {{\n  Release release;\n  std::span<const std::uint8_t> plugins;\n}};\nconstexpr Ordered orders[]{{\n{}}};\n",
      orders);
  out += "constexpr Release releases[]{";
  for (const Released& released : releases) out += literal(released.release) + ", ";
  out += "};\nconstexpr std::string_view minors[]{";
  std::string minor_releases;
  for (const auto& entry : root["kubernetes"]) {
    const auto release = parse_exact_release(entry.second.as<std::string>());
    if (!release) throw Trouble(fmt::format("{}:{}: no release", releases_path, entry.second.Mark().line + 1));
    out += literal(entry.first.as<std::string>()) + ", ";
    minor_releases += literal(*release) + ", ";
  }
  out += fmt::format("}};\nconstexpr Release minor_releases[]{{{}}};\n}}  // namespace\n\n", minor_releases);
  out +=
      "std::span<const Plugin> builtin() noexcept { return own_plugins; }\n"
      "const Plugin* builtin(Keyword name) noexcept {\n  static constexpr auto slots = slots_of(own_plugins);\n  return "
      "find_in(slots, own_plugins, name);\n}\n";
  out += fmt::format("std::span<const Plugin> externals() noexcept {{ return {}; }}\n", externals.empty() ? "{}" : "external_plugins");
  out +=
      "std::span<const std::uint8_t> execution_order(Release release) noexcept {\n"
      "  const auto after = std::upper_bound(std::begin(orders), std::end(orders), release,\n"
      "                                      [](Release wanted, const Ordered& ordered) { return wanted < ordered.release; });\n"
      "  return after == std::begin(orders) ? after->plugins : (after - 1)->plugins;\n}\n";
  out += function_table("plugin_setups", "Setup", "setup", writer.plugin_setups) +
         function_table("property_setups", "Setup", "setup", writer.property_setups) +
         function_table("checks", "ValueCheck", "check", writer.checks);
  out +=
      "}  // namespace corefile::plugins\n\nnamespace corefile {\n"
      "std::span<const Release> known_releases() noexcept { return plugins::releases; }\n"
      "std::span<const std::string_view> known_kubernetes() noexcept { return plugins::minors; }\n"
      "std::span<const Release> kubernetes_releases() noexcept { return plugins::minor_releases; }\n"
      "}  // namespace corefile\n";
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 3) throw Trouble("usage: compile_schemas OUTPUT RELEASES.yaml PLUGIN.yaml…");
    const std::string text = compile(argv[2], std::vector<std::string>(argv + 3, argv + argc));
    std::ofstream(argv[1], std::ios::binary) << text;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
