// SPDX-License-Identifier: Apache-2.0
#include "app.hpp"

#include <algorithm>
#include <array>
#include <corefile/render.hpp>
#include <filesystem>
#include <new>
#include <system_error>

#include "help.hpp"
#include "log.hpp"
#include "system.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

struct Command {
  std::string_view name;
  void (*run)(const Invocation&, std::vector<std::string>, Outcome&);
};
constexpr std::array commands{Command{"check", check},
                              Command{"releases", releases},
                              Command{"ask", ask},
                              Command{"diff", diff},
                              Command{"upgrade", upgrade},
                              Command{"test", test},
                              Command{"format", format},
                              Command{"hash", hash},
                              Command{"config", config},
                              Command{"explain", explain},
                              Command{"rules", rules},
                              Command{"print", print},
                              Command{"completion", completion},
                              Command{"man", manual},
                              Command{"coredns-validate", coredns_validate},
                              Command{"version", version}};

const Command* find_command(std::string_view name) {
  const auto command = std::find_if(commands.begin(), commands.end(), [&](const Command& c) { return c.name == name; });
  return command == commands.end() ? nullptr : &*command;
}

std::string meant_command(std::string_view word) {
  std::array<std::string_view, commands.size()> names;
  std::transform(commands.begin(), commands.end(), names.begin(), [](const Command& command) { return command.name; });
  return did_you_mean(word, names);
}

// `corefile-lint chekc Corefile`: a word alone that is neither a command nor a file.
void refuse_misspelt(const std::string& word) {
  if (word.empty() || word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != std::string::npos || word.front() == '-') return;
  std::error_code error;
  const std::string meant = meant_command(word);
  if (!meant.empty() && !std::filesystem::exists(disk_path(word), error))
    throw UsageError("`" + word + "` is neither a command nor a file" + meant);
}

std::string_view help_of(const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with('-')) return help("");
  if (find_command(words.front()) != nullptr) return help(words.front());
  throw UsageError("help: `" + words.front() + "` is not a command" + meant_command(words.front()));
}

void run_command(const Command& command, const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  if (std::any_of(words.begin(), std::find(words.begin(), words.end(), "--"), [](const auto& a) { return a == "--help" || a == "-h"; })) {
    outcome.out = help(command.name);
    return;
  }
  command.run(invocation, std::move(words), outcome);
}

void dispatch(const Invocation& invocation, Outcome& outcome) {
  std::vector<std::string> rest = invocation.arguments;
  const std::string first = rest.empty() ? std::string() : rest.front();
  std::string_view name;
  try {
    if (first == "--help" || first == "-h" || first == "help") {
      rest.erase(rest.begin());
      outcome.out = help_of(rest);
      return;
    }
    if (first == "--version" || first == "-V") return version(invocation, {}, outcome);
    const Command* command = find_command(first);
    if (command != nullptr) {
      rest.erase(rest.begin());
    } else if (first.starts_with("-conf") || first.starts_with("-dns.port")) {
      command = find_command("coredns-validate");
    } else {
      refuse_misspelt(first);
      command = commands.data();
    }
    name = command->name;
    run_command(*command, invocation, std::move(rest), outcome);
  } catch (const UsageError& error) {
    complain(outcome, error.what());
    outcome.err += "Try `corefile-lint " + std::string(name) + (name.empty() ? "" : " ") + "--help`.\n";
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
