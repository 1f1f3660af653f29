// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <utility>

#include "base/ascii.hpp"
#include "disk.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

[[noreturn]] void refuse(std::string_view option, std::string_view text, std::span<const std::string_view> known) {
  throw UsageError(std::string(option) + ": `" + std::string(text) + "` is not one of " + list(known));
}

template <typename Value, std::size_t Count>
using Choices = std::array<std::pair<std::string_view, Value>, Count>;

template <typename Value, std::size_t Count>
Value choose(std::string_view option, std::string_view text, const Choices<Value, Count>& choices) {
  std::array<std::string_view, Count> names;
  for (std::size_t i = 0; i < Count; ++i) {
    if (choices[i].first == text) return choices[i].second;
    names[i] = choices[i].first;
  }
  refuse(option, text, names);
}

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
    known.push_back(entry.name);
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
  for (const OrderedArgument& argument : arguments.rules) {
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

const ReportFormat& read_format(std::string_view option, std::string_view name) {
  if (const ReportFormat* format = find_report_format(name)) return *format;
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats()) names.push_back(format.name);
  refuse(option, name, names);
}

/// `--format sarif --output a.sarif --format github`: each file belongs to the format before it.
std::vector<Output> read_outputs(const CheckArguments& arguments, const Invocation& invocation) {
  std::vector<Output> outputs;
  for (const OrderedArgument& argument : arguments.outputs) {
    if (argument.option == "--format") {
      outputs.push_back({&read_format("--format", argument.text), {}});
    } else if (outputs.empty() || !outputs.back().file.empty()) {
      throw UsageError("--output: a --format should stand before it");
    } else {
      outputs.back().file = argument.text;
    }
  }
  if (outputs.empty()) {
    const std::string_view name = variable(invocation, "COREFILE_LINT_FORMAT");
    outputs.push_back({&read_format("COREFILE_LINT_FORMAT", name.empty() ? "full" : name), {}});
  }
  const auto shown = [](const Output& output) { return output.file.empty(); };
  const auto whole = [&](const Output& output) {
    return shown(output) && (output.format->reader == ReportFormat::Reader::json || output.format->reader == ReportFormat::Reader::file);
  };
  if (std::count_if(outputs.begin(), outputs.end(), shown) > 1 && std::any_of(outputs.begin(), outputs.end(), whole)) {
    throw UsageError("--format: two reports cannot share standard output; give all but one an --output");
  }
  return outputs;
}

/// `2026-11-29`, in UTC. SOURCE_DATE_EPOCH counts where it is set (reproducible-builds.org).
std::string today(const Invocation& invocation) {
  const std::string_view fixed = variable(invocation, "SOURCE_DATE_EPOCH");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(fixed.data(), fixed.data() + fixed.size(), seconds);
  const bool given = !fixed.empty() && error == std::errc() && end == fixed.data() + fixed.size();
  const auto now = given ? std::chrono::sys_seconds(std::chrono::seconds(seconds))
                         : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(now));
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(day.year())) + '-' + two(static_cast<unsigned>(day.month())) + '-' +
         two(static_cast<unsigned>(day.day()));
}

unsigned read_jobs(const std::string& text) {
  unsigned jobs = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error != std::errc() || end != text.data() + text.size() || jobs == 0 || jobs > 1024)
    throw UsageError("--jobs: `" + text + "` is not a number from 1 to 1024");
  return jobs;
}

std::vector<std::string> read_networks(std::string_view option, const std::string& text) {
  Subnets networks;
  networks.services = split(text);
  if (const std::string unknown = networks.unknown(); !unknown.empty()) {
    throw UsageError(std::string(option) + ": `" + unknown + "` is not a network such as 10.96.0.0/12");
  }
  return std::move(networks.services);
}

std::string read_domain(std::string_view option, const std::string& text) {
  const auto in_name = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; };
  const bool name = std::all_of(text.begin(), text.end(), in_name) && !text.starts_with('.') && text.find("..") == std::string::npos;
  if (!name) throw UsageError(std::string(option) + ": `" + text + "` is not a domain such as cluster.local");
  return text;
}

}  // namespace

bool read_colour(const std::string& text, const Invocation& invocation) {
  const When when = choose("--color", text, whens);
  if (when != When::automatic) return when == When::always;
  if (!variable(invocation, "NO_COLOR").empty()) return false;
  for (const char* name : {"FORCE_COLOR", "CLICOLOR_FORCE"}) {
    if (const std::string_view value = variable(invocation, name); !value.empty() && value != "0") return true;
  }
  return invocation.terminal && variable(invocation, "TERM") != "dumb";
}

void insist_on(std::string_view option, std::string_view text, std::initializer_list<std::string_view> words) {
  if (std::find(words.begin(), words.end(), text) == words.end()) refuse(option, text, {words.begin(), words.size()});
}

InputKind read_kind(const std::string& text) { return choose("--kind", text, kinds); }

ExternalPlugins read_plugins(const std::vector<std::string>& texts) {
  ExternalPlugins plugins;
  for (const std::string& text : texts) {
    for (const std::string& name : split(text)) {
      if (plugins.add(name)) continue;
      // A name has neither folder nor ending.
      if (name.find_first_of("/.") == std::string::npos) {
        throw UsageError("--plugins: `" + name + "` is one of CoreDNS's own plugins, or not the name of a plugin");
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
  const auto given = [](const std::string& text, std::string_view otherwise) { return text.empty() ? otherwise : std::string_view(text); };
  settings.outputs = read_outputs(arguments, invocation);
  settings.fail_on = choose("--fail-on", given(arguments.fail_on, "warning"), thresholds);
  settings.colour = read_colour(arguments.color, invocation);
  if (!arguments.jobs.empty()) settings.jobs = read_jobs(arguments.jobs);
  if (arguments.unsafe_fixes && !arguments.fix && !arguments.diff) throw UsageError("--unsafe-fixes needs --fix or --diff");
  Options& options = settings.options;
  read_release(arguments.coredns, arguments.kubernetes, settings);
  options.kind = choose("--kind", given(arguments.kind, "auto"), kinds);
  read_platform(arguments.platform, settings);
  if (!arguments.role.empty()) options.role = choose("--role", arguments.role, roles);
  options.cluster_domain = read_domain("--cluster-domain", arguments.cluster_domain);
  options.subnets.services = read_networks("--service-subnet", arguments.service_subnet);
  options.subnets.pods = read_networks("--pod-subnet", arguments.pod_subnet);
  options.environment = read_environment(arguments.env);
  options.plugins = read_plugins(arguments.plugins);
  for (const std::string& text : arguments.plugins) {
    for (std::string& name : split(text)) settings.files.push_back(std::move(name));
  }
  if (options.platform != nullptr) {
    for (const std::string_view plugin : options.platform->extra) options.plugins.add(plugin);
  }
  options.selection = read_selection(arguments, catalogue_of(invocation));
  options.suppressions.comments = options.suppressions.annotations = !arguments.no_suppressions;
  if (!arguments.no_suppressions) options.suppressions.today = today(invocation);
  if (!arguments.resolv_conf.empty()) {
    options.resolv_conf = read_file(arguments.resolv_conf);
    options.resolv_conf_name = arguments.resolv_conf;
    settings.files.push_back(arguments.resolv_conf);
  }
  return settings;
}

}  // namespace corefile::app
