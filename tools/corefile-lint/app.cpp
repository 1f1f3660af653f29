// SPDX-License-Identifier: Apache-2.0
#include "app.hpp"

#include <algorithm>
#include <array>
#include <corefile/render.hpp>
#include <new>

#include "help.hpp"
#include "log.hpp"

namespace corefile::app {
namespace {

struct Command {
  std::string_view name;
  void (*run)(const Invocation&, std::vector<std::string>, Outcome&);
};
constexpr std::array commands{Command{"check", check},     Command{"releases", releases}, Command{"ask", ask},
                              Command{"format", format},   Command{"hash", hash},         Command{"config", config},
                              Command{"explain", explain}, Command{"rules", rules},       Command{"print", print},
                              Command{"version", version}};

void dispatch(const Invocation& invocation, Outcome& outcome) {
  std::vector<std::string> rest = invocation.arguments;
  const std::string first = rest.empty() ? std::string() : rest.front();
  if (first == "--help" || first == "-h" || first == "help") {
    outcome.out = help("");
    return;
  }
  if (first == "--version") return version(invocation, {}, outcome);
  auto command = std::find_if(commands.begin(), commands.end(), [&](const Command& c) { return c.name == first; });
  if (command == commands.end()) {
    command = commands.begin();
  } else {
    rest.erase(rest.begin());
  }
  if (std::any_of(rest.begin(), std::find(rest.begin(), rest.end(), "--"), [](const auto& a) { return a == "--help" || a == "-h"; })) {
    outcome.out = help(command->name);
    return;
  }
  try {
    command->run(invocation, std::move(rest), outcome);
  } catch (const UsageError& error) {
    complain(outcome, error.what());
    outcome.err += "Try `corefile-lint " + std::string(command->name) + " --help`.\n";
    outcome.exit = trouble;
  }
}

}  // namespace

void complain(Outcome& outcome, std::string_view text) { outcome.err += "corefile-lint: " + visible(text) + '\n'; }

void complain_unread(Outcome& outcome, const std::string& path, std::string message) {
  if (message.starts_with(path + ": ")) message.erase(0, path.size() + 2);
  complain(outcome, path + ": " + message);
  outcome.unread.push_back({path, std::move(message)});
  outcome.exit = trouble;
}

const Catalogue& catalogue_of(const Invocation& invocation) {
  return invocation.catalogue != nullptr ? *invocation.catalogue : Catalogue::builtin();
}

std::string_view variable(const Invocation& invocation, const char* name) {
  const char* value = invocation.environment ? invocation.environment(name) : nullptr;
  return value != nullptr ? value : "";
}

Outcome run(const Invocation& invocation) {
  Outcome outcome;
  try {
    dispatch(invocation, outcome);
  } catch (const Troubles& error) {
    for (const std::string& line : error.lines) complain(outcome, line);
    outcome.exit = trouble;
  } catch (const Trouble& error) {
    complain(outcome, error.what());
    outcome.exit = trouble;
  } catch (const std::bad_alloc&) {
    outcome = {trouble, {}, "corefile-lint: out of memory\n"};
  } catch (const std::exception& error) {
    complain(outcome, std::string("internal error: ") + error.what());
    outcome.exit = trouble;
  }
  if (variable(invocation, "GITHUB_ACTIONS") == "true") {
    if (!outcome.data) outcome.out = tame_log(outcome.out);
    outcome.err = tame_log(outcome.err);
  }
  return outcome;
}

}  // namespace corefile::app
