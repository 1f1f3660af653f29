// SPDX-License-Identifier: Apache-2.0
#include "plugins/schema_yaml.hpp"
#include "base/exact_release.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "go/number.hpp"

namespace corefile::plugins {
namespace {

// In the order of Kind.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kinds{{{"text", "text"},
                                                                               {"int", "integer"},
                                                                               {"uint", "unsigned_"},
                                                                               {"float", "floating"},
                                                                               {"duration", "duration"},
                                                                               {"seconds", "seconds"},
                                                                               {"choice", "choice"},
                                                                               {"choice_any_case", "choice_any_case"},
                                                                               {"name", "name"},
                                                                               {"ip", "ip"},
                                                                               {"cidr", "cidr"},
                                                                               {"ip_or_cidr", "ip_or_cidr"},
                                                                               {"listen_address", "listen_address"},
                                                                               {"host_port", "host_port"},
                                                                               {"percent", "percent"},
                                                                               {"regexp", "regexp"},
                                                                               {"qtype", "qtype"},
                                                                               {"qclass", "qclass"},
                                                                               {"rcode", "rcode"},
                                                                               {"custom", "custom"}}};

struct SchemaFault {
  int line;
  std::string why;
};

class Loader {
 public:
  SchemaText plugin(const YAML::Node& node) {
    SchemaText out;
    keys(node, {"plugin",       "doc",       "url",       "external",   "queries", "names",    "zones",
                "serves",       "upstreams", "files",     "free_text",  "block",   "mentions", "unknown",
                "unknown_says", "own_words", "arguments", "properties", "setup",   "after",    "defaults"});
    out.name = text(node, "plugin", true);
    out.line = node["plugin"].Mark().line + 1;
    out.doc = text(node, "doc", true);
    out.url = text(node, "url", true);
    out.external = flag(node, "external", false);
    out.facts = facts(node);
    for (const YAML::Node& name : node["names"]) out.names.push_back(name.as<std::string>());
    for (const auto& [life, rule] : by_release(node["block"])) {
      static constexpr std::array<std::string_view, 2> names{"no", "yes"};
      if (index(rule, names) == 0) out.blockless.push_back(life);
    }
    out.setup = text(node, "setup", false);
    out.after = text(node, "after", false);
    for (const auto& [life, rule] : by_release(node["mentions"])) {
      static constexpr std::array<std::string_view, 3> names{"each", "once", "first"};
      out.mentions.push_back({life, static_cast<Mentions>(index(rule, names))});
    }
    for (const auto& [life, rule] : by_release(node["unknown"])) {
      static constexpr std::array<std::string_view, 2> names{"refuse", "ignore"};
      out.unknown.push_back({life, static_cast<Unknown>(index(rule, names))});
    }
    for (const auto& [life, says] : by_release(node["unknown_says"])) out.unknown_says.emplace_back(life, says.as<std::string>());
    out.own_words = flag(node, "own_words", false);
    for (const YAML::Node& item : node["defaults"]) {
      keys(item, {"since", "unless", "is"});
      const auto since = parse_exact_release(text(item, "since", true));
      if (!since) fail(item["since"], "`since` must be a release such as 1.11.0");
      out.defaults.push_back({*since, text(item, "unless", false), text(item, "is", true)});
    }
    if (const YAML::Node list = node["arguments"]) {
      if (!list.IsSequence()) fail(list, "`arguments` must be a list of forms, one for each span of releases");
      for (const YAML::Node& item : list) {
        keys(item, {"since", "until", "read", "count", "types", "end", "words", "count_says"});
        out.arguments.push_back(arguments(item));
      }
    }
    if (const YAML::Node list = node["properties"]) {
      if (!list.IsSequence()) fail(list, "`properties` must be a list of `- name: {...}`");
      for (const YAML::Node& item : list) out.properties.push_back(property(item));
    }
    std::stable_sort(out.properties.begin(), out.properties.end(), [](const auto& a, const auto& b) {
      return std::pair(std::string_view(a.name), a.arguments.life.since) < std::pair(std::string_view(b.name), b.arguments.life.since);
    });
    for (std::size_t i = 1; i < out.properties.size(); ++i) {
      const auto& a = out.properties[i - 1];
      const auto& b = out.properties[i];
      if (a.name == b.name && b.arguments.life.since <= a.arguments.life.until) {
        fail(node,
             fmt::format("two forms of property `{}` hold for one release; give them `since` and `until` that do not overlap", a.name));
      }
    }
    return out;
  }

 private:
  [[noreturn]] void fail(const YAML::Node& at, const std::string& why) const {
    const YAML::Mark mark = at.IsDefined() ? at.Mark() : YAML::Mark::null_mark();
    throw SchemaFault{mark.line + 1, why};
  }

  void keys(const YAML::Node& node, std::initializer_list<std::string_view> known) const {
    if (!node.IsMap()) fail(node, "a mapping is expected here");
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        fail(entry.first, fmt::format("unknown key `{}`; known here: {}", key, fmt::join(known, ", ")));
      }
    }
  }

  std::string text(const YAML::Node& node, const char* key, bool required) const {
    const YAML::Node value = node[key];
    if (!value) {
      if (required) fail(node, fmt::format("`{}` is missing", key));
      return {};
    }
    if (!value.IsScalar()) fail(value, fmt::format("`{}` must be a text", key));
    return value.as<std::string>();
  }

  bool flag(const YAML::Node& node, const char* key, bool otherwise) const {
    const YAML::Node value = node[key];
    if (!value) return otherwise;
    bool result = otherwise;
    if (!YAML::convert<bool>::decode(value, result)) fail(value, fmt::format("`{}` must be yes or no", key));
    return result;
  }

  Release release(const YAML::Node& value) const {
    const auto parsed = parse_exact_release(value.as<std::string>(""));
    if (!parsed) fail(value, fmt::format("`{}` is not a release; write one such as 1.11.3", value.as<std::string>("")));
    return *parsed;
  }

  Life life(const YAML::Node& node) const {
    Life out;
    if (node["since"]) out.since = release(node["since"]);
    if (node["until"]) out.until = release(node["until"]);
    if (out.until < out.since) fail(node["until"], "`until` is before `since`; it names the last release that has it");
    return out;
  }

  // A word, or a list of `{since, until, is: WORD}`.
  std::vector<std::pair<Life, YAML::Node>> by_release(const YAML::Node& node) const {
    std::vector<std::pair<Life, YAML::Node>> out;
    if (!node) return out;
    if (node.IsScalar()) return {{Life{}, node}};
    if (!node.IsSequence()) fail(node, "a word or a list of `{since, until, is}` is expected here");
    for (const YAML::Node& item : node) {
      keys(item, {"since", "until", "is"});
      if (!item["is"]) fail(item, "`is` is missing");
      out.emplace_back(life(item), item["is"]);
    }
    return out;
  }

  template <std::size_t N>
  std::size_t index(const YAML::Node& value, const std::array<std::string_view, N>& names) const {
    const auto word = value.as<std::string>("");
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) fail(value, fmt::format("`{}` is not known; write one of: {}", word, fmt::join(names, ", ")));
    return static_cast<std::size_t>(found - names.begin());
  }

  Facts facts(const YAML::Node& node) const {
    static constexpr std::array<std::string_view, 6> queries{"unknown", "nothing", "passes", "some", "answers", "forwards"};
    static constexpr std::array<std::string_view, 7> zones{"none", "all", "behind 1", "behind 2", "behind ttl", "before 1", "one"};
    static constexpr std::array<std::string_view, 3> serves{"none", "block", "key"};
    static constexpr std::array<std::string_view, 1> upstreams{"behind 1"};
    static constexpr std::array<std::string_view, 1> files{"first"};
    static constexpr std::array<std::string_view, 3> free_text{"none", "block", "all"};
    Facts out;
    if (const YAML::Node word = node["queries"]) out.queries = static_cast<Queries>(index(word, queries));
    if (const YAML::Node word = node["zones"]) out.zones = static_cast<ZoneWords>(index(word, zones));
    if (const YAML::Node word = node["serves"]) out.serves = static_cast<Serves>(index(word, serves));
    if (const YAML::Node word = node["upstreams"]) out.upstreams = index(word, upstreams) == 0;
    if (const YAML::Node word = node["files"]) out.begins_with_file = index(word, files) == 0;
    if (const YAML::Node word = node["free_text"]) out.free_text = static_cast<FreeText>(index(word, free_text));
    return out;
  }

  SchemaText::PropertyText property(const YAML::Node& item) const {
    if (!item.IsMap() || item.size() != 1) fail(item, "a property is `- name: {...}`");
    SchemaText::PropertyText out;
    out.name = item.begin()->first.as<std::string>();
    const YAML::Node body = item.begin()->second;
    if (body.IsNull()) return out;
    keys(body, {"since", "until", "read", "count", "types", "end", "words", "count_says", "once", "any_case", "setup", "doc"});
    out.arguments = arguments(body);
    out.once = flag(body, "once", false);
    out.any_case = flag(body, "any_case", false);
    out.setup = text(body, "setup", false);
    out.doc = text(body, "doc", false);
    return out;
  }

  SchemaText::ArgumentsText arguments(const YAML::Node& node) const {
    SchemaText::ArgumentsText out;
    out.life = life(node);
    out.words = text(node, "words", false);
    out.count_says = text(node, "count_says", false);
    out.end = flag(node, "end", false);
    if (const YAML::Node read = node["read"]) {
      static constexpr std::array<std::string_view, 3> names{"nothing", "next", "remaining"};
      out.read = static_cast<Read>(index(read, names));
    } else if (node["count"] || node["types"]) {
      fail(node, "`read` is missing; write `read: next` (NextArg) or `read: remaining` (RemainingArgs)");
    }
    if (const YAML::Node count = node["count"]) {
      const auto word = count.as<std::string>();
      const std::size_t dots = word.find("..");
      const auto number = [&](std::string_view digits) {
        const auto value = go::parse_uint(digits, 16);
        if (!value) fail(count, fmt::format("`{}` is not a count; write `1`, `0..1` or `1..`", word));
        return static_cast<std::uint16_t>(*value);
      };
      out.min = number(std::string_view(word).substr(0, dots));
      out.max = dots == std::string::npos ? out.min : dots + 2 == word.size() ? 0xFFFF : number(std::string_view(word).substr(dots + 2));
      if (out.max < out.min) fail(count, fmt::format("`{}` is not a count: its end is before its begin", word));
    }
    if (out.read == Read::next && out.max == 0xFFFF) fail(node, "`read: next` needs a `count` with an end");
    if (const YAML::Node types = node["types"]) {
      if (!types.IsSequence()) fail(types, "`types` must be a list");
      for (std::size_t i = 0; i < types.size(); ++i) {
        std::string word = types[i].as<std::string>();
        if (word.ends_with("...")) {
          if (i + 1 != types.size()) fail(types[i], "only the last type may be repeated with `...`");
          out.last_repeats = true;
          word.resize(word.size() - 3);
        }
        out.types.push_back(type(types[i], word));
      }
    }
    return out;
  }

  // kind, kind(min..max), choice(a|b), custom(function), regexp(LENGTH since RELEASE)
  SchemaText::NamedType type(const YAML::Node& at, const std::string& word) const {
    SchemaText::NamedType out;
    const std::size_t open = word.find('(');
    const std::string_view kind = std::string_view(word).substr(0, open);
    const auto known = std::find_if(kinds.begin(), kinds.end(), [kind](const auto& k) { return k.first == kind; });
    if (known == kinds.end()) {
      std::vector<std::string_view> names;
      names.reserve(kinds.size());
      for (const auto& [name, enumerator] : kinds) names.push_back(name);
      fail(at, fmt::format("unknown type `{}`; write one of: {}", kind, fmt::join(names, ", ")));
    }
    out.kind = known->second;
    out.value = static_cast<Kind>(known - kinds.begin());
    if (open == std::string::npos) {
      if (kind.starts_with("choice") || kind == "custom")
        fail(at, fmt::format("`{}` needs its parentheses: choice(a|b), custom(function)", kind));
      return out;
    }
    if (!word.ends_with(')')) fail(at, fmt::format("`{}` lacks its `)`", word));
    const std::string inside = word.substr(open + 1, word.size() - open - 2);
    if (kind.starts_with("choice")) {
      for (std::size_t from = 0; from <= inside.size();) {
        const std::size_t bar = std::min(inside.find('|', from), inside.size());
        out.choices.push_back(inside.substr(from, bar - from));
        from = bar + 1;
      }
    } else if (kind == "custom") {
      out.check = inside;
    } else if (kind == "regexp") {
      const std::size_t since = inside.find(" since ");
      if (since == std::string::npos) fail(at, "write regexp(LENGTH since RELEASE)");
      out.max = bound(at, kind, inside.substr(0, since));
      out.choices.push_back(inside.substr(since + 7));
    } else if (kind == "uint") {
      out.max = bound(at, kind, inside);
    } else {
      const std::size_t dots = inside.find("..");
      if (dots == std::string::npos) fail(at, fmt::format("write {}(MIN..MAX); either may be left out", kind));
      if (dots > 0) out.min = bound(at, kind, inside.substr(0, dots));
      if (dots + 2 < inside.size()) out.max = bound(at, kind, inside.substr(dots + 2));
    }
    return out;
  }

  std::int64_t bound(const YAML::Node& at, std::string_view kind, const std::string& word) const {
    const auto value = kind == "duration" || kind == "seconds" ? go::parse_duration(word) : go::atoi(word);
    if (!value) fail(at, fmt::format("`{}` is not a bound of `{}`", word, kind));
    return *value;
  }
};

}  // namespace

SchemaTexts read_schemas(const std::string& file, const std::string& text) {
  SchemaTexts out;
  try {
    for (const YAML::Node& document : YAML::LoadAll(text)) {
      if (!document.IsNull()) out.schemas.push_back(Loader().plugin(document));
    }
  } catch (const SchemaFault& fault) {
    out.error = fmt::format("{}:{}: {}", file, fault.line, fault.why);
  } catch (const YAML::Exception& error) {
    out.error = fmt::format("{}:{}: {}", file, error.mark.line + 1, error.msg);
  }
  return out;
}

}  // namespace corefile::plugins
