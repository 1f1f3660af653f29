// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/plugin.hpp>
#include <corefile/plugins.hpp>
#include <deque>
#include <utility>

#include "plugins/facts.hpp"
#include "plugins/schema_yaml.hpp"

namespace corefile {

using plugins::Schema;
using plugins::SchemaText;

namespace {

/// What a Schema's views point into.
class Table {
 public:
  explicit Table(SchemaText text) : text_(std::move(text)) {
    plugin_.name = text_.name;
    plugin_.doc = text_.doc;
    plugin_.url = text_.url;
    plugin_.external = true;
    plugin_.facts = text_.facts;
    plugin_.blockless = text_.blockless;
    plugin_.mentions = text_.mentions;
    plugin_.unknown = text_.unknown;
    for (const auto& [life, says] : text_.unknown_says) says_.push_back({life, says});
    plugin_.unknown_says = says_;
    plugin_.own_words = text_.own_words;
    for (const SchemaText::ArgumentsText& form : text_.arguments) arguments_.push_back(arguments(form));
    for (const SchemaText::PropertyText& property : text_.properties) {
      properties_.push_back({property.name, arguments(property.arguments), property.once, property.any_case,
                             named(plugins::property_setups(), property.setup, "a property"), property.doc});
    }
    plugin_.arguments = arguments_;
    plugin_.properties = properties_;
    plugin_.index = plugins::PropertyIndex(properties_);
    plugin_.setup = named(plugins::plugin_setups(), text_.setup, "a plugin");
    plugin_.after = named(plugins::plugin_setups(), text_.after, "a plugin");
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  const Schema& plugin() const noexcept { return plugin_; }
  /// A function that the schema names and nobody knows; empty: none.
  const std::string& error() const noexcept { return error_; }

 private:
  template <typename Function>
  Function named(std::span<const std::pair<std::string_view, Function>> functions, const std::string& name, std::string_view what) {
    if (name.empty()) return nullptr;
    for (const auto& [known, function] : functions) {
      if (known == name) return function;
    }
    if (error_.empty()) {
      error_ = fmt::format("there is no function `{}` for {}; use one that a schema of CoreDNS's plugins names there", name, what);
    }
    return nullptr;
  }
  plugins::Arguments arguments(const SchemaText::ArgumentsText& from) {
    std::vector<plugins::Type>& types = types_.emplace_back();
    for (const SchemaText::NamedType& type : from.types) {
      const auto& choices = choices_.emplace_back(type.choices.begin(), type.choices.end());
      types.push_back({type.value, type.min, type.max, choices, named(plugins::checks(), type.check, "a value")});
    }
    return {from.life, from.read, from.min, from.max, from.end, from.last_repeats, types, from.words, from.count_says};
  }

  const SchemaText text_;
  std::string error_;
  std::deque<std::vector<plugins::Type>> types_;
  std::deque<std::vector<std::string_view>> choices_;
  std::vector<plugins::SaysRule> says_;
  std::vector<plugins::Arguments> arguments_;
  std::vector<plugins::Property> properties_;
  Schema plugin_;
};

}  // namespace

std::optional<std::string> ExternalPlugins::read(const std::string& text, const std::string& file) {
  const plugins::SchemaTexts read = plugins::read_schemas(file, text);
  if (!read.error.empty()) return read.error;
  if (read.schemas.empty()) return file + ":1: describes no plugin; write `plugin: NAME`, `doc:`, `url:` and what it takes";
  std::vector<std::shared_ptr<const Table>> tables;
  for (const SchemaText& schema : read.schemas) {
    if (const Schema* own = plugins::schema_of(parse_plugin(schema.name)); own != nullptr && own->life.covers(newest_release())) {
      return fmt::format("{}:{}: `{}` is CoreDNS's own; give the plugin the name it is registered by", file, schema.line, schema.name);
    }
    const auto& table = tables.emplace_back(std::make_shared<const Table>(schema));
    if (!table->error().empty()) return fmt::format("{}:{}: {}", file, schema.line, table->error());
  }
  for (const auto& table : tables) {
    std::erase_if(plugins_, [&](const auto& plugin) { return plugin->name == table->plugin().name; });
    plugins_.emplace_back(table, &table->plugin());
  }
  return {};
}

bool ExternalPlugins::add(std::string_view name) {
  const Schema* known = plugins::external(name);
  if (known == nullptr && !plugins::may_be_external(name)) return false;
  std::erase_if(plugins_, [&](const auto& plugin) { return plugin->name == name; });
  if (known != nullptr) {
    plugins_.emplace_back(std::shared_ptr<const Schema>(), known);
    return true;
  }
  SchemaText opaque;
  opaque.name = name;
  opaque.external = true;
  opaque.mentions = {{{}, plugins::Mentions::first}};
  opaque.blockless = {{}};
  const auto table = std::make_shared<const Table>(std::move(opaque));
  plugins_.emplace_back(table, &table->plugin());
  return true;
}

std::vector<std::string_view> ExternalPlugins::known() {
  std::vector<std::string_view> names;
  for (const Schema& plugin : plugins::externals()) names.push_back(plugin.name);
  return names;
}

const Schema* ExternalPlugins::find(std::string_view name) const noexcept {
  const auto found = std::find_if(plugins_.begin(), plugins_.end(), [&](const auto& plugin) { return plugin->name == name; });
  return found != plugins_.end() ? found->get() : nullptr;
}

}  // namespace corefile
