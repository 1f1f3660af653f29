// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/visible.hpp>

#include "changed.hpp"
#include "diff.hpp"
#include "disk.hpp"
#include "fix.hpp"
#include "inputs.hpp"
#include "parallel.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "statistics.hpp"
#include "texts.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

/// What one input gave. The inputs' are put together in their order, whichever was looked at first.
struct Checked {
  std::optional<Analysis> analysis;
  std::string out;  ///< a text or a diff
  std::string remark, trouble;
  std::size_t gone = 0;
  bool would_change = false;
};

class Checker {
 public:
  Checker(const Invocation& invocation, const CheckArguments& arguments, Outcome& outcome)
      : invocation_(invocation),
        arguments_(arguments),
        outcome_(outcome),
        settings_(read_settings(arguments, invocation)),
        catalogue_(catalogue_of(invocation)) {
    outcome.data = arguments.diff || filter();
    for (const std::string& remark : settings_.remarks) note(remark);
  }

  void inputs(const std::vector<Input>& inputs) {
    std::vector<Checked> checked(inputs.size());
    // A file that is written may be imported by another one.
    const unsigned threads = arguments_.fix && !arguments_.diff ? 1
                             : settings_.jobs > 0               ? settings_.jobs
                                                                : worthwhile_threads(inputs.size());
    std::function<void(std::size_t)> told;
    if (invocation_.progress) told = [&](std::size_t begun) { invocation_.progress(begun, inputs.size()); };
    in_parallel(
        inputs.size(), threads, [&](std::size_t i) { checked[i] = look(inputs[i]); }, told);
    for (Checked& one : checked) take(std::move(one));
  }

  void finish() {
    results_.complete = outcome_.exit != trouble;
    if (!arguments_.diff) {
      const bool text = settings_.format == Format::full || settings_.format == Format::concise;
      (filter() ? outcome_.err : outcome_.out) +=
          arguments_.statistics && text ? statistics(results_.analyses) : report(results_, settings_, invocation_, arguments_.quiet);
    }
    if (arguments_.diff && gone_ > 0) note("would fix " + count(gone_, "finding"));
    if (arguments_.fix && !arguments_.diff && gone_ > 0) note("fixed " + count(gone_, "finding"));
    const bool found = std::any_of(results_.analyses.begin(), results_.analyses.end(),
                                   [this](const Analysis& analysis) { return settings_.fail_on && analysis.any(*settings_.fail_on); });
    if (outcome_.exit != trouble && (found || would_change_)) outcome_.exit = findings;
  }

 private:
  // `--fix -` is a filter: the text goes to standard output, what is said of it to standard error.
  bool filter() const {
    const auto& paths = arguments_.paths;
    return arguments_.fix && !arguments_.diff && std::find(paths.begin(), paths.end(), "-") != paths.end();
  }

  void note(std::string_view text) {
    if (!arguments_.quiet) complain(outcome_, text);
  }

  std::string standard_input() const {
    std::optional<std::string> text = invocation_.standard_input ? invocation_.standard_input() : std::nullopt;
    if (!text) throw Trouble(arguments_.stdin_filename + ": standard input cannot be read");
    if (text->size() > Source::max_size)
      throw Trouble(arguments_.stdin_filename + ": larger than 256 MiB, which is more than can be checked");
    if (text->empty()) throw Trouble(arguments_.stdin_filename + ": standard input is empty; did the command in front of the pipe fail?");
    return std::move(*text);
  }

  Checked look(const Input& input) const {
    Checked checked;
    try {
      std::string text = input.standard ? standard_input() : read_file(input.path);
      const std::string& name = input.standard ? arguments_.stdin_filename : input.path;
      if (input.walked && surely_without(name, text)) {
        if (filter()) checked.out = std::move(text);
      } else if (const std::string_view what = evidently_else(text); !what.empty()) {
        // In a folder, it is somebody else's where the name is a common one.
        if (!input.walked || !role_by_name(name)) throw Trouble(name + ": this " + std::string(what));
      } else {
        look(input, Source(name, std::move(text)), checked);
      }
    } catch (const Trouble& error) {
      checked.trouble = error.what();
    }
    return checked;
  }

  void look(const Input& input, const Source& source, Checked& checked) const {
    Options options = settings_.options;
    const bool manifest =
        options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(source.name(), source.text()));
    std::optional<DiskFiles> files;
    if (!manifest) {
      if (!options.role) options.role = role_by_name(source.name());
      if (!input.standard) options.files = &files.emplace(input.path);
    }
    Analysis analysis = corefile::check(source, options, catalogue_);
    if (analysis.corefiles == 0 && analysis.diagnostics.empty()) {
      if (!input.walked) checked.remark = source.name() + ": no Corefile in it, so nothing to check";
      if (filter()) checked.out = source.text();
      return;
    }
    if (arguments_.fix || arguments_.diff) analysis = fix(input, source, std::move(analysis), options, checked);
    checked.analysis = std::move(analysis);
  }

  Analysis fix(const Input& input, const Source& source, Analysis before, const Options& options, Checked& checked) const {
    const Safety at_least = arguments_.unsafe_fixes ? Safety::unsafe : Safety::safe;
    Fixed fixed = fix_all(source, std::move(before), options, at_least, catalogue_);
    const std::string_view text = fixed.source.text();
    checked.gone = fixed.gone;
    if (arguments_.diff) {
      checked.would_change = text != source.text();
      checked.out = shown_diff(unified_diff(source.name(), source.text(), text));
    } else if (input.standard) {
      checked.out = text;
    } else if (text != source.text()) {
      write_file(input.path, text);
    }
    return std::move(fixed.analysis);
  }

  void take(Checked checked) {
    if (!checked.trouble.empty()) {
      complain(outcome_, checked.trouble);
      outcome_.exit = trouble;
      return;
    }
    if (!checked.remark.empty()) note(checked.remark);
    outcome_.out += checked.out;
    gone_ += checked.gone;
    would_change_ = would_change_ || checked.would_change;
    if (checked.analysis) results_.analyses.push_back(std::move(*checked.analysis));
  }

  // As it is for a program that applies it; made visible, and coloured, where a person reads it. A variable that asks for colours
  // does not spoil a pipe into `git apply`.
  std::string shown_diff(std::string diff) const {
    if (!invocation_.terminal && arguments_.color != "always") return diff;
    return diff_for_people(diff, settings_.colour);
  }

  const Invocation& invocation_;
  const CheckArguments& arguments_;
  Outcome& outcome_;
  Settings settings_;
  const Catalogue& catalogue_;
  Results results_;
  std::size_t gone_ = 0;
  bool would_change_ = false;
};

}  // namespace

void check(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  CheckArguments arguments = parse_check(std::move(words));
  // What is piped into the program is meant, even if nobody writes the -.
  if (arguments.paths.empty()) arguments.paths.emplace_back(invocation.piped ? "-" : ".");
  if (arguments.fix && !arguments.diff && arguments.paths.size() > 1 &&
      std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end()) {
    throw UsageError("--fix writes standard input's text to standard output, so - must be the only one");
  }
  Checker checker(invocation, arguments, outcome);
  std::vector<Input> inputs = find_inputs(arguments.paths, {arguments.exclude, arguments.force_exclude, !arguments.no_gitignore},
                                          arguments.stdin_filename, outcome);
  if (!arguments.changed.empty()) keep_changed(inputs, arguments.changed);
  checker.inputs(inputs);
  checker.finish();
}

}  // namespace corefile::app
