// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

/// How the programs read their command lines with CLI11.
namespace corefile::app {

/// An option with one argument each time; the last one counts.
template <typename Value>
void one(CLI::App& app, const char* name, Value& value) {
  app.add_option(name, value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// An option with one argument each time; all count.
void many(CLI::App& app, const char* name, std::vector<std::string>& values);

/// As above, where the order among several options counts: called as they are read.
void each(CLI::App& app, const char* name, const std::function<void(const std::string&)>& see);

/// Throws UsageError, with the option that was meant where there is no such option.
void parse_words(CLI::App& app, std::vector<std::string> words);

/// `--format`, …
std::vector<std::string> option_names(const CLI::App& app);

}  // namespace corefile::app
