// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <initializer_list>

#include "app.hpp"
#include "arguments.hpp"

namespace corefile::app {

/// A report: in which format, and where to.
struct Output {
  const ReportFormat* format;
  std::string file;  ///< empty: standard output
};

/// What the arguments of `check` mean.
struct Settings {
  Options options;
  std::vector<Output> outputs;      ///< never empty
  std::optional<Severity> fail_on;  ///< none: never
  bool colour = false;
  unsigned jobs = 0;                 ///< threads; 0: as many as are worthwhile
  std::vector<std::string> remarks;  ///< for standard error
  std::vector<std::string> files;    ///< that were read for it
};

/// Throws Trouble.
Settings read_settings(const CheckArguments& arguments, const Invocation& invocation);
/// Whether what goes to standard output is coloured. `when`: auto, always or never.
bool read_colour(const std::string& when, const Invocation& invocation);
/// Throws UsageError where `text` is none of the words that an option takes.
void insist_on(std::string_view option, std::string_view text, std::initializer_list<std::string_view> words);
InputKind read_kind(const std::string& text);
/// `--plugins`: files of schemas, or names of known plugins.
ExternalPlugins read_plugins(const std::vector<std::string>& texts);
Environment read_environment(const std::vector<std::string>& texts);

/// `--coredns` and `--kubernetes`, either of which may be empty. Throws UsageError.
void read_release(const std::string& coredns, const std::string& kubernetes, Settings& settings);
/// The same, with the remarks told at once. Throws UsageError.
Release release_asked(const std::string& coredns, const std::string& kubernetes, Outcome& outcome);
/// `--platform`, which may be empty: after read_release. Throws UsageError.
void read_platform(const std::string& text, Settings& settings);

}  // namespace corefile::app
