// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "app.hpp"

namespace corefile::app {
namespace {

constexpr std::array with_value{"conf", "dns.port", "p", "pidfile"};
constexpr std::array without_value{"validate", "dry-run", "test", "plugins", "version", "log"};

// Go's flag package: one dash or two, `-name value` or `-name=value`.
struct Flag {
  std::string name;
  std::optional<std::string> value;
};

Flag read_flag(const std::string& word) {
  const std::size_t begin = word.starts_with("--") ? 2 : 1;
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return {word.substr(begin), {}};
  return {word.substr(begin, equals - begin), word.substr(equals + 1)};
}

}  // namespace

void coredns_validate(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  std::string corefile = "Corefile";
  std::vector<std::string> arguments{"--fail-on", "error"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with('-')) throw UsageError("one argument too many: `" + words[i] + "`; a Corefile is named with -conf");
    Flag flag = read_flag(words[i]);
    const auto is = [&](const char* name) { return flag.name == name; };
    if (std::any_of(with_value.begin(), with_value.end(), is)) {
      if (!flag.value) {
        if (++i == words.size()) throw UsageError('-' + flag.name + " needs a value");
        flag.value = words[i];
      }
      if (flag.name == "conf") corefile = *flag.value;
    } else if (flag.name == "quiet") {
      arguments.emplace_back("--quiet");
    } else if (std::none_of(without_value.begin(), without_value.end(), is)) {
      throw UsageError("coredns has no flag `" + words[i] + '`');
    }
  }
  if (corefile == "stdin") corefile = "-";  // as coredns has it
  arguments.insert(arguments.end(), {"--", corefile});
  check(invocation, arguments, outcome);
  if (outcome.exit == trouble) outcome.exit = findings;
}

}  // namespace corefile::app
