// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "config.hpp"
#include "report.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

Json word_schema(const ConfigKey& key) {
  Json out{{"type", Json::array({"string", "number", "boolean"})}};
  if (key.choices.empty()) return out;
  out["type"] = "string";
  out["enum"] = Json::array();
  for (const std::string_view choice : key.choices) out["enum"].push_back(choice);
  return out;
}

Json names_schema(const Catalogue& catalogue) {
  Json names = Json::array({"ALL"});
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    for (const std::string_view name : {entry.group, entry.name}) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return {{"enum", std::move(names)}};
}

bool names_rules(const ConfigKey& key) { return key.name == "select" || key.name == "ignore" || key.name == "severity"; }

Json map_schema(std::span<const ConfigKey> keys);

Json value_schema(const ConfigKey& key) {
  Json out{{"description", key.about}};
  switch (key.kind) {
    case ConfigKey::Kind::text:
      out.update(word_schema(key));
      break;
    case ConfigKey::Kind::flag:
      out["type"] = "boolean";
      break;
    case ConfigKey::Kind::texts: {
      const Json item = names_rules(key) ? Json{{"$ref", "#/$defs/rule"}} : word_schema(key);
      out["anyOf"] = Json::array({item, Json{{"type", "array"}, {"items", item}}});
      break;
    }
    case ConfigKey::Kind::map:
      out["type"] = "object";
      out["additionalProperties"] = word_schema(key);
      if (names_rules(key)) out["propertyNames"] = {{"$ref", "#/$defs/rule"}};
      break;
    case ConfigKey::Kind::entries:
      out["type"] = "array";
      out["items"] = map_schema(key.keys.all());
      out["items"]["required"] = Json::array({"files"});
      break;
    case ConfigKey::Kind::sections:
      out["type"] = "object";
      out["additionalProperties"] = map_schema(key.keys.all());
      break;
  }
  return out;
}

Json map_schema(std::span<const ConfigKey> keys) {
  Json properties = Json::object();
  for (const ConfigKey& key : keys) properties[std::string(key.name)] = value_schema(key);
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

std::string schema(const Catalogue& catalogue) {
  Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "corefile-lint's configuration, .corefile-lint.yaml"}};
  out.update(map_schema(config_keys()));
  out["$defs"] = {{"rule", names_schema(catalogue)}};
  return out.dump(2) + '\n';
}

std::string initial() {
  std::string out =
      "# corefile-lint's configuration. `corefile-lint config schema` prints its JSON Schema, `config show FILE` what holds for a file.\n";
  for (const ConfigKey& key : config_keys()) {
    out += "\n# " + std::string(key.about);
    if (!key.choices.empty()) out += ": " + list(key.choices);
    out += "\n#" + std::string(key.name) + ":\n";
  }
  return out;
}

void init(Outcome& outcome) {
  const std::string name = ".corefile-lint.yaml";
  std::error_code error;
  if (std::filesystem::exists(name, error)) throw Trouble(name + ": is there already, and was left as it is");
  write_report(name, initial());
  outcome.out = "wrote " + name + "\n";
}

bool is_list(const std::string& key) {
  const auto keys = config_keys();
  const auto known = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& one) { return one.name == key; });
  return known != keys.end() && (known->kind == ConfigKey::Kind::texts || known->kind == ConfigKey::Kind::map);
}

std::string shown(const std::vector<EffectiveValue>& values) {
  std::string out;
  std::vector<std::string> done;
  for (const EffectiveValue& value : values) {
    if (std::find(done.begin(), done.end(), value.key) != done.end()) continue;
    done.push_back(value.key);
    if (!is_list(value.key)) {
      out += value.key + ": " + visible(value.text) + "  # " + value.origin + '\n';
      continue;
    }
    out += value.key + ":\n";
    const bool map = value.key == "env" || value.key == "severity";
    for (const EffectiveValue& one : values) {
      if (one.key == value.key) out += (map ? "  " : "  - ") + visible(one.text) + "  # " + one.origin + '\n';
    }
  }
  return out.empty() ? "# no configuration file says anything about it\n" : out;
}

}  // namespace

void config(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<ConfigArguments>(std::move(words));
  if (arguments.action == "schema") {
    outcome.out = schema(catalogue_of(invocation));
  } else if (arguments.action == "init") {
    init(outcome);
  } else if (arguments.action == "show") {
    CheckArguments check;
    check.config = arguments.config;
    outcome.out = shown(Configuration(invocation, check).shown(arguments.file.empty() ? "Corefile" : arguments.file));
  } else {
    throw UsageError("config: say show, schema or init");
  }
}

}  // namespace corefile::app
