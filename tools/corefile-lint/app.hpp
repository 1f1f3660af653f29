// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/catalogue.hpp>
#include <corefile/render.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// corefile-lint as a function: what it is told goes in, what it prints comes out. Files are the only thing it touches.
namespace corefile::app {

struct Outcome;

/// What `--watch` asks of the program around it.
struct Watching {
  std::function<void(const Outcome&)> show;  ///< at once, in place of what was shown before
  std::function<bool()> wait;                ///< until it is time to look again; false ends the run
};

struct Invocation {
  std::vector<std::string> arguments;  ///< without the program's name
  std::function<std::optional<std::string>()> standard_input;
  std::function<const char*(const char*)> environment;
  bool piped = false;                                                  ///< standard input is a pipe or a file, not a terminal or nothing
  bool terminal = false;                                               ///< standard output is one
  std::uint32_t columns = 0;                                           ///< of that terminal; 0: not known
  std::string rule_pages;                                              ///< address of the rules' pages, GROUP/RULE.md; empty: none
  const Catalogue* catalogue = nullptr;                                ///< none: the builtin one
  std::function<void(std::size_t begun, std::size_t files)> progress;  ///< called now and then while files are checked; may be empty
  Watching watching{};                                                 ///< may be empty, which makes `--watch` wrong usage
};

enum Exit : int { clean = 0, findings = 1, trouble = 2 };

struct Outcome {
  int exit = clean;
  std::string out;
  std::string err;
  std::vector<Unread> unread{};
  bool data = false;  ///< `out` is a text or a diff for a program: not a byte of it may change
};

/// Never throws.
Outcome run(const Invocation& invocation);

/// Why nothing can be said: a wrong argument, a file that cannot be read. Ends the run with exit 2.
struct Trouble : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Several reasons at once.
struct Troubles : Trouble {
  explicit Troubles(std::vector<std::string> all) : Trouble(all.front()), lines(std::move(all)) {}
  std::vector<std::string> lines;
};
/// One the caller can mend by reading the help.
struct UsageError : Trouble {
  using Trouble::Trouble;
};

/// A line on standard error.
void complain(Outcome& outcome, std::string_view text);
/// The same, of something that could not be read; reports tell it too, and the run ends with exit 2.
void complain_unread(Outcome& outcome, const std::string& path, std::string message);
/// The catalogue of the run.
const Catalogue& catalogue_of(const Invocation& invocation);
/// A variable's value, empty if it is not set.
std::string_view variable(const Invocation& invocation, const char* name);

// The subcommands. `arguments` are those behind the command's name.
void check(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void releases(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void ask(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void diff(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void upgrade(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void test(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void format(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void hash(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void explain(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void rules(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void print(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void completion(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void manual(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void coredns_validate(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void config(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);
void version(const Invocation& invocation, std::vector<std::string> arguments, Outcome& outcome);

}  // namespace corefile::app
