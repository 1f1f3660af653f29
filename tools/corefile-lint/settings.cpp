// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "disk.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

template <typename Value, std::size_t Count>
using Choices = std::array<std::pair<std::string_view, Value>, Count>;

template <typename Value, std::size_t Count>
Value choose(std::string_view option, std::string_view text, const Choices<Value, Count>& choices) {
  std::array<std::string_view, Count> names;
  for (std::size_t i = 0; i < Count; ++i) {
    if (choices[i].first == text) return choices[i].second;
    names[i] = choices[i].first;
  }
  throw UsageError(std::string(option) + ": `" + std::string(text) + "` is not one of " + list(names));
}

constexpr Choices<Format, 3> formats{{{"full", Format::full}, {"concise", Format::concise}, {"json", Format::json}}};
constexpr Choices<InputKind, 3> kinds{{{"auto", InputKind::detect}, {"corefile", InputKind::corefile}, {"manifest", InputKind::manifest}}};
constexpr Choices<Role, 5> roles{{{"standalone", Role::standalone},
                                  {"cluster", Role::cluster},
                                  {"node-local", Role::node_local},
                                  {"server", Role::custom_server},
                                  {"override", Role::custom_override}}};
constexpr Choices<std::optional<Severity>, 4> thresholds{
    {{"error", Severity::error}, {"warning", Severity::warning}, {"info", Severity::info}, {"never", std::nullopt}}};
constexpr Choices<std::optional<Severity>, 4> levels{
    {{"error", Severity::error}, {"warning", Severity::warning}, {"info", Severity::info}, {"off", std::nullopt}}};
enum class When : std::uint8_t { automatic, always, never };
constexpr Choices<When, 3> whens{{{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}};

// Names may be given one by one or with commas.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) names.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return names;
}

void check_name(std::string_view option, const std::string& name, const Catalogue& catalogue) {
  Selection selection;
  selection.rules.push_back({Selector::Verb::select, name});
  const std::string unknown = selection.unknown(catalogue);
  if (unknown.empty()) return;
  std::vector<std::string_view> known;
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    known.push_back(entry.rule->name);
    known.push_back(entry.group);
  }
  throw UsageError(std::string(option) + ": `" + unknown + "` is neither a rule, nor a group of rules, nor ALL" +
                   did_you_mean(unknown, known));
}

void read_severity(const std::string& pair, const Catalogue& catalogue, Selection& selection) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos) throw UsageError("--severity: `" + pair + "` is not RULE=error|warning|info|off");
  const std::string name = pair.substr(0, equals);
  check_name("--severity", name, catalogue);
  if (const auto level = choose("--severity " + name, std::string_view(pair).substr(equals + 1), levels)) {
    selection.severity[name] = *level;
  } else {
    selection.rules.push_back({Selector::Verb::ignore, name});
  }
}

Selection read_selection(const CheckArguments& arguments, const Catalogue& catalogue) {
  Selection selection;
  for (const RuleArgument& argument : arguments.rules) {
    for (const std::string& name : split(argument.text)) {
      if (argument.option == "--severity") {
        read_severity(name, catalogue, selection);
        continue;
      }
      check_name(argument.option, name, catalogue);
      selection.rules.push_back({argument.option == "--select" ? Selector::Verb::select : Selector::Verb::ignore, name});
    }
  }
  return selection;
}

bool colours(When when, const Invocation& invocation) {
  if (when != When::automatic) return when == When::always;
  if (!variable(invocation, "NO_COLOR").empty()) return false;
  for (const char* name : {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
    if (const std::string_view value = variable(invocation, name); !value.empty() && value != "0") return true;
  }
  return invocation.terminal && variable(invocation, "TERM") != "dumb";
}

}  // namespace

InputKind read_kind(const std::string& text) { return choose("--kind", text, kinds); }

ExternalPlugins read_plugins(const std::vector<std::string>& texts) {
  ExternalPlugins plugins;
  const std::vector<std::string_view> known = ExternalPlugins::known();
  for (const std::string& text : texts) {
    for (const std::string& name : split(text)) {
      if (plugins.add(name)) continue;
      // A name has neither folder nor ending.
      if (name.find_first_of("/.") == std::string::npos) {
        const std::string meant = did_you_mean(name, known);
        throw UsageError("--plugins: `" + name + "` is not a plugin known here" +
                         (meant.empty() ? "; known are " + list(known) + "; a file, FILE.yaml, describes others" : meant));
      }
      if (const auto fault = plugins.read(read_file(name), name)) throw Trouble(*fault);
    }
  }
  return plugins;
}

Environment read_environment(const std::vector<std::string>& texts) {
  Environment environment;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) throw UsageError("--env: `" + text + "` is not NAME=VALUE");
    environment.values[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return environment;
}

Settings read_settings(const CheckArguments& arguments, const Invocation& invocation) {
  Settings settings;
  settings.format = choose("--format", arguments.format, formats);
  settings.fail_on = choose("--fail-on", arguments.fail_on, thresholds);
  settings.colour = colours(choose("--color", arguments.color, whens), invocation);
  if (arguments.unsafe_fixes && !arguments.fix && !arguments.diff) throw UsageError("--unsafe-fixes needs --fix or --diff");
  Options& options = settings.options;
  read_release(arguments.coredns, arguments.kubernetes, settings);
  options.kind = read_kind(arguments.kind);
  read_platform(arguments.platform, settings);
  if (!arguments.role.empty()) options.role = choose("--role", arguments.role, roles);
  options.cluster_domain = arguments.cluster_domain;
  options.environment = read_environment(arguments.env);
  options.plugins = read_plugins(arguments.plugins);
  if (options.platform != nullptr) {
    for (const std::string_view plugin : options.platform->extra) options.plugins.add(plugin);
  }
  options.selection = read_selection(arguments, catalogue_of(invocation));
  if (!arguments.resolv_conf.empty()) {
    options.resolv_conf = read_file(arguments.resolv_conf);
    options.resolv_conf_name = arguments.resolv_conf;
  }
  return settings;
}

}  // namespace corefile::app
