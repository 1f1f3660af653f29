// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/fingerprint.hpp>
#include <corefile/fix.hpp>
#include <corefile/visible.hpp>
#include <set>

#include "add_ignore.hpp"
#include "changed.hpp"
#include "config.hpp"
#include "disk.hpp"
#include "inputs.hpp"
#include "once.hpp"
#include "parallel.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "texts.hpp"
#include "unified_diff.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

/// What one input gave. The inputs' are put together in their order, whichever was looked at first.
struct Checked {
  std::optional<Analysis> analysis;
  std::string out;  ///< a text or a diff
  std::string remark, trouble;
  std::size_t ignored = 0;
  std::vector<FixedFile> rewritten;
  FingerprintSet known;  ///< of the baseline, found
  bool fails = false;
};

class Checker {
 public:
  Checker(const Invocation& invocation, const CheckArguments& arguments, Outcome& outcome)
      : invocation_(invocation),
        arguments_(arguments),
        outcome_(outcome),
        configuration_(invocation, arguments),
        catalogue_(catalogue_of(invocation)) {
    outcome.data = true;
    if (!arguments.baseline.empty() && !arguments.write_baseline) read_known();
  }

  void inputs(const std::vector<Input>& inputs) {
    std::vector<const Settings*> settings;
    settings.reserve(inputs.size());
    for (const Input& input : inputs) settings.push_back(&configuration_.of(name_of(input)));
    for (const std::string& remark : configuration_.remarks()) note(remark);
    std::vector<Checked> checked(inputs.size());
    // A file that is written may be imported by another one.
    const unsigned wanted = configuration_.run().jobs;
    const unsigned threads = writes() ? 1 : wanted > 0 ? wanted : worthwhile_threads(inputs.size());
    std::function<void(std::size_t)> told;
    if (invocation_.progress) told = [&](std::size_t begun) { invocation_.progress(begun, inputs.size()); };
    in_parallel(
        inputs.size(), threads, [&](std::size_t i) { checked[i] = look(inputs[i], *settings[i]); }, told);
    for (std::size_t i = 0; i < inputs.size(); ++i) take(name_of(inputs[i]), std::move(checked[i]));
  }

  void finish() {
    drop_repeated(results_.analyses);
    if (arguments_.write_baseline) return write_baseline();
    for (const std::string& print : baseline_) results_.gone += known_.find(print) == known_.end() ? 1 : 0;
    if (!arguments_.diff) {
      (filter() ? outcome_.err : outcome_.out) +=
          report(results_, configuration_.run(), invocation_, outcome_, {arguments_.quiet, arguments_.statistics});
    }
    if (adds_ignores()) {
      note((arguments_.diff ? "would ignore " : "ignored ") + count(ignored_, "finding"));
    } else if (applied_ > 0) {
      note((arguments_.diff ? "would apply " : "applied ") + count(applied_, "fix"));
    } else if (arguments_.fix || arguments_.diff) {
      note(arguments_.unsafe_fixes ? "nothing to fix" : "nothing to fix without --unsafe-fixes");
    }
    if (outcome_.exit != trouble && (fails_ || (arguments_.diff && !rewritten_.empty()))) outcome_.exit = findings;
  }

 private:
  bool adds_ignores() const { return !arguments_.add_ignore.empty(); }
  bool writes() const { return (arguments_.fix || adds_ignores()) && !arguments_.diff; }

  // `--fix -` is a filter: the text goes to standard output, what is said of it to standard error.
  bool filter() const {
    const auto& paths = arguments_.paths;
    return writes() && std::find(paths.begin(), paths.end(), "-") != paths.end();
  }

  void note(std::string_view text) {
    if (!arguments_.quiet) complain(outcome_, text);
  }

  const std::string& name_of(const Input& input) const { return input.standard ? arguments_.stdin_filename : input.path; }

  void read_known() {
    std::string fault;
    if (!read_baseline(read_file(arguments_.baseline), baseline_, fault)) throw Trouble(arguments_.baseline + ": " + fault);
  }

  void write_baseline() {
    if (outcome_.exit == trouble) return note(arguments_.baseline + " was not written");
    write_report(arguments_.baseline, print_baseline(results_.analyses));
    std::size_t sum = 0;
    for (const Analysis& analysis : results_.analyses) sum += analysis.diagnostics.size();
    note("wrote " + count(sum, "finding") + " to " + arguments_.baseline);
  }

  Checked look(const Input& input, const Settings& settings) const {
    Checked checked;
    try {
      std::string text = input.standard ? read_standard_input(invocation_, arguments_.stdin_filename) : read_file(input.path);
      const std::string& name = name_of(input);
      if (input.passed || (input.walked && surely_without(name, text))) {
        if (filter()) checked.out = std::move(text);
      } else if (const std::string_view what = evidently_else(text); !what.empty()) {
        // In a folder, it is somebody else's where the name is a common one.
        if (!input.walked || !role_by_name(name)) throw Trouble(name + ": this " + std::string(what));
      } else {
        look(input, Source(name, std::move(text)), settings, checked);
      }
    } catch (const Trouble& error) {
      checked.trouble = error.what();
    }
    return checked;
  }

  void look(const Input& input, const Source& source, const Settings& settings, Checked& checked) const {
    Options options = settings.options;
    const bool manifest =
        options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(source.name(), source.text()));
    std::optional<DiskFiles> files;
    if (!manifest) {
      if (!options.role) options.role = role_by_name(source.name());
      if (!input.standard) options.files = &files.emplace(input.path);
    }
    const bool fixes = !adds_ignores() && (arguments_.fix || arguments_.diff);
    Analysis analysis = fixes ? fix(input, source, options, checked) : corefile::check(source, options, catalogue_);
    if (analysis.corefiles == 0 && analysis.diagnostics.empty()) {
      if (!input.walked) checked.remark = source.name() + ": no Corefile in it, so nothing to check";
      if (filter()) checked.out = source.text();
      return;
    }
    if (adds_ignores()) analysis = ignore(input, source, analysis, options, checked);
    subtract(baseline_, analysis, checked.known);
    checked.fails = settings.fail_on && analysis.any(*settings.fail_on);
    checked.analysis = std::move(analysis);
  }

  Analysis fix(const Input& input, const Source& source, const Options& options, Checked& checked) const {
    Fixed fixed = corefile::fix(source, options, arguments_.unsafe_fixes ? Safety::unsafe : Safety::safe, catalogue_);
    if (filter()) checked.out = source.text();
    for (FixedFile& file : fixed.files) write(input, source, std::move(file), checked);
    return std::move(fixed.analysis);
  }

  Analysis ignore(const Input& input, const Source& source, const Analysis& before, const Options& options, Checked& checked) const {
    AddedIgnores added = add_ignores(before, arguments_.add_ignore);
    const Source ignoring(source.name(), std::move(added.text));
    Analysis after = corefile::check(ignoring, options, catalogue_);
    checked.ignored = after.suppressed.size() - std::min(after.suppressed.size(), before.suppressed.size());
    if (filter()) checked.out = source.text();
    if (ignoring.text() != source.text())
      write(input, source, {source.name(), std::string(source.text()), std::string(ignoring.text()), 0}, checked);
    return after;
  }

  void write(const Input& input, const Source& source, FixedFile file, Checked& checked) const {
    const bool is_input = file.name == source.name();
    if (arguments_.diff) {
      checked.rewritten.push_back(std::move(file));
    } else if (!input.standard) {
      write_file(is_input ? input.path : file.name, file.before, file.after);
      checked.rewritten.push_back(std::move(file));
    } else if (is_input) {  // a filter writes no files
      checked.out = file.after;
      checked.rewritten.push_back(std::move(file));
    }
  }

  void take(const std::string& name, Checked checked) {
    if (!checked.trouble.empty()) return complain_unread(outcome_, name, checked.trouble);
    if (!checked.remark.empty()) note(checked.remark);
    outcome_.out += checked.out;
    for (const FixedFile& file : checked.rewritten) {
      // In a diff, a file that two others import is fixed twice.
      if (!rewritten_.insert(identity(file.name)).second && arguments_.diff) continue;
      applied_ += file.applied;
      if (arguments_.diff) outcome_.out += shown_diff(unified_diff(file.name, file.before, file.after));
    }
    ignored_ += checked.ignored;
    fails_ = fails_ || checked.fails;
    results_.known += checked.known.size();
    known_.merge(checked.known);
    if (checked.analysis) results_.analyses.push_back(std::move(*checked.analysis));
  }

  // As it is for a program that applies it; made visible, and coloured, where a person reads it. A variable that asks for colours
  // does not spoil a pipe into `git apply`.
  std::string shown_diff(std::string diff) const {
    if (!invocation_.terminal && arguments_.color != "always") return diff;
    return diff_for_people(diff, configuration_.run().colour);
  }

  const Invocation& invocation_;
  const CheckArguments& arguments_;
  Outcome& outcome_;
  Configuration configuration_;
  const Catalogue& catalogue_;
  Results results_;
  FingerprintSet baseline_, known_;
  std::size_t applied_ = 0, ignored_ = 0;
  std::set<std::string> rewritten_;  // identities
  bool fails_ = false;
};

}  // namespace

void check(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  CheckArguments arguments = parse_check(std::move(words));
  // What is piped into the program is meant, even if nobody writes the -.
  if (arguments.paths.empty()) arguments.paths.emplace_back(invocation.piped ? "-" : ".");
  if (arguments.write_baseline && arguments.baseline.empty()) throw UsageError("--write-baseline needs --baseline FILE");
  if (!arguments.add_ignore.empty() && arguments.fix) throw UsageError("--add-ignore and --fix exclude each other");
  if ((arguments.fix || !arguments.add_ignore.empty()) && !arguments.diff && arguments.paths.size() > 1 &&
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
