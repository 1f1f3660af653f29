// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/fingerprint.hpp>
#include <corefile/fix.hpp>
#include <corefile/visible.hpp>
#include <functional>
#include <map>
#include <set>
#include <span>

#include "add_ignore.hpp"
#include "changed.hpp"
#include "check_usage.hpp"
#include "config.hpp"
#include "disk.hpp"
#include "in_cluster.hpp"
#include "inputs.hpp"
#include "once.hpp"
#include "parallel.hpp"
#include "report.hpp"
#include "settings.hpp"
#include "texts.hpp"
#include "unified_diff.hpp"
#include "watch.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

/// What one input gave. The inputs' are put together in their order, whichever was looked at first.
struct Checked {
  std::optional<Analysis> analysis;
  std::string out;  ///< a text or a diff
  std::string remark, trouble;
  std::string unwritten;  ///< why a fixed text is not on the disk
  std::size_t ignored = 0;
  std::vector<FixedFile> rewritten;
  FingerprintSet known;            ///< of the baseline, found
  std::vector<std::string> asked;  ///< paths of imports
  bool fails = false;
};

struct Opened {
  const Input* input = nullptr;
  const Settings* settings = nullptr;
  std::string cluster{};           ///< which one the configuration says it belongs to
  std::optional<Source> source{};  ///< none: it is not to be checked
  Checked checked{};
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
    const unsigned wanted = configuration_.run().jobs;
    const unsigned threads = wanted > 0 ? wanted : worthwhile_threads(inputs.size());
    std::vector<Opened> files(inputs.size());
    in_parallel(inputs.size(), threads, [&](std::size_t i) { files[i] = open(inputs[i], *settings[i]); }, {});
    for (Opened& file : files) file.cluster = configuration_.cluster_of(name_of(*file.input));
    const std::vector<std::vector<std::size_t>> clusters = this->clusters(files, threads);
    std::function<void(std::size_t)> told;
    if (invocation_.progress) told = [&](std::size_t begun) { invocation_.progress(begun, clusters.size()); };
    // A file that is written may be imported by another one.
    in_parallel(
        clusters.size(), writes() ? 1 : threads, [&](std::size_t i) { judge(clusters[i], files); }, told);
    for (Opened& file : files) take(name_of(*file.input), std::move(file.checked));
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
    } else if ((arguments_.fix || arguments_.diff) && results_.unwritten == 0) {
      note(arguments_.unsafe_fixes ? "nothing to fix" : "nothing to fix without --unsafe-fixes");
    }
    if (outcome_.exit != trouble && (fails_ || (arguments_.diff && !rewritten_.empty()))) outcome_.exit = findings;
  }

  /// What was looked at beside the inputs.
  std::vector<std::string> asked() const {
    std::vector<std::string> out = configuration_.asked();
    out.insert(out.end(), asked_.begin(), asked_.end());
    if (!arguments_.baseline.empty()) out.push_back(arguments_.baseline);
    return out;
  }

 private:
  bool adds_ignores() const { return arguments_.add_ignore.has_value(); }
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
    write_report(arguments_.baseline, print_baseline(results_.analyses, baseline_name_));
    std::size_t sum = 0;
    for (const Analysis& analysis : results_.analyses) sum += analysis.diagnostics.size();
    note("wrote " + count(sum, "finding") + " to " + arguments_.baseline);
  }

  Opened open(const Input& input, const Settings& settings) const {
    Opened file{&input, &settings};
    try {
      std::string text = input.standard ? read_standard_input(invocation_, arguments_.stdin_filename) : read_file(input.path);
      const std::string& name = name_of(input);
      if (input.passed || (input.walked && surely_without(name, text))) {
        if (filter()) file.checked.out = std::move(text);
      } else if (const std::string_view what = evidently_else(text); !what.empty()) {
        // In a folder, it is somebody else's where the name is a common one.
        if (!input.walked || !role_by_name(name)) throw Trouble(name + ": this " + std::string(what));
      } else {
        file.source.emplace(name, std::move(text));
      }
    } catch (const Trouble& error) {
      file.checked.trouble = error.what();
    }
    return file;
  }

  static bool is_manifest(const Opened& file) {
    const InputKind kind = file.settings->options.kind;
    return kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(file.source->name(), file.source->text()));
  }

  /// Lists of indices, by their first ones. A stream is a cluster of its own, and so is a file with settings of its own.
  std::vector<std::vector<std::size_t>> clusters(const std::vector<Opened>& files, unsigned threads) const {
    std::vector<std::vector<std::size_t>> out;
    std::map<const Settings*, std::vector<std::size_t>> candidates;
    std::map<std::string_view, std::vector<std::size_t>> told;  // by the configuration
    const ForEach reading = [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
      in_parallel(count, threads, work, {});
    };
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (!files[i].source) continue;
      const bool own = arguments_.apart || files[i].settings->options.kind == InputKind::corefile ||
                       (arguments_.together ? !is_manifest(files[i]) : files[i].input->standard);
      if (own) {
        out.push_back({i});
      } else if (!arguments_.together && !files[i].cluster.empty() && is_manifest(files[i])) {
        told[files[i].cluster].push_back(i);
      } else {
        candidates[files[i].settings].push_back(i);
      }
    }
    for (auto& [name, indices] : told) out.push_back(std::move(indices));
    for (const auto& [settings, indices] : candidates) {
      if (arguments_.together || indices.size() == 1) {
        out.push_back(indices);
        continue;
      }
      std::vector<Source> sources;
      for (const std::size_t i : indices) sources.push_back(*files[i].source);
      for (std::vector<std::size_t>& cluster : clusters_of(sources, reading)) {
        for (std::size_t& i : cluster) i = indices[i];
        out.push_back(std::move(cluster));
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  void judge(const std::vector<std::size_t>& cluster, std::vector<Opened>& files) const {
    std::vector<Source> sources;
    sources.reserve(cluster.size());
    for (const std::size_t i : cluster) sources.push_back(*files[i].source);
    const bool joined = cluster.size() > 1;
    std::vector<Analysis> analyses;
    if (joined) analyses = corefile::check(sources, files[cluster.front()].settings->options, catalogue_);
    const bool any = std::any_of(analyses.begin(), analyses.end(), [](const Analysis& one) { return one.corefiles > 0; });
    for (std::size_t k = 0; k < cluster.size(); ++k) {
      Opened& file = files[cluster[k]];
      try {
        Options options = file.settings->options;
        std::optional<DiskFiles> beside;
        if (!joined && !is_manifest(file)) {
          if (!options.role) options.role = role_by_name(file.source->name());
          // A filter writes no files, and does not mend what it imports.
          if (file.input->standard && (name_of(*file.input) == unnamed_input || filter())) {
            file.checked.remark = remark_of_imports(*file.source);
          } else {
            options.files = &beside.emplace(name_of(*file.input), arguments_.watch ? &file.checked.asked : nullptr);
          }
        }
        judge(file, InCluster(sources, k, catalogue_), options, joined ? &analyses[k] : nullptr, any);
      } catch (const Trouble& error) {
        file.checked.trouble = error.what();
      }
    }
  }

  /// `known`: what is found in the text as it is, where that was asked already. `has_corefile`: one of its cluster's files has one.
  void judge(Opened& file, const InCluster& among, const Options& options, Analysis* known, bool has_corefile) const {
    const Source& source = *file.source;
    const bool fixes = !adds_ignores() && (arguments_.fix || arguments_.diff);
    Analysis analysis = fixes              ? fix(*file.input, among, options, file.checked)
                        : known != nullptr ? std::move(*known)
                                           : among.check(options);
    if (analysis.corefiles == 0 && analysis.diagnostics.empty() && !has_corefile) {
      if (!file.input->walked) file.checked.remark = source.name() + ": no Corefile in it, so nothing to check";
      if (filter()) file.checked.out = source.text();
      return;
    }
    if (adds_ignores()) analysis = ignore(*file.input, among, analysis, options, file.checked);
    subtract(baseline_, analysis, file.checked.known, baseline_name_);
    file.checked.fails = file.settings->fail_on && analysis.any(*file.settings->fail_on);
    file.checked.analysis = std::move(analysis);
  }

  static std::string remark_of_imports(const Source& source) {
    if (source.text().find("import") == std::string_view::npos) return {};
    const Config config = resolve(parse(source));
    const auto unread = [](const Problem& problem) { return problem.kind == ProblemKind::import_unresolved; };
    if (std::none_of(config.remarks().begin(), config.remarks().end(), unread)) return {};
    return source.name() + ": what it imports was not read" +
           (source.name() == unnamed_input ? "; --stdin-filename PATH tells where it lies" : "");
  }

  Analysis fix(const Input& input, const InCluster& among, const Options& options, Checked& checked) const {
    Fixed fixed = among.fix(options, arguments_.unsafe_fixes ? Safety::unsafe : Safety::safe);
    if (filter()) checked.out = among.source().text();
    for (FixedFile& file : fixed.files) write(input, among.source(), std::move(file), checked);
    return checked.unwritten.empty() ? std::move(fixed.analysis) : as_it_lies(among, checked, options);
  }

  /// Where a file was refused, of the input or what it imports.
  static Analysis as_it_lies(const InCluster& among, const Checked& checked, const Options& options) {
    for (const FixedFile& file : checked.rewritten) {
      if (file.name == among.source().name()) return among.check(Source(file.name, file.after), options);
    }
    return among.check(options);
  }

  Analysis ignore(const Input& input, const InCluster& among, const Analysis& before, const Options& options, Checked& checked) const {
    const Source& source = among.source();
    AddedIgnores added = add_ignores(before, *arguments_.add_ignore);
    const Source ignoring(source.name(), std::move(added.text));
    Analysis after = among.check(ignoring, options);
    checked.ignored = after.suppressed.size() - std::min(after.suppressed.size(), before.suppressed.size());
    if (filter()) checked.out = source.text();
    if (ignoring.text() != source.text())
      write(input, source, {source.name(), std::string(source.text()), std::string(ignoring.text()), 0}, checked);
    if (checked.unwritten.empty()) return after;
    checked.ignored = 0;
    return before;
  }

  void write(const Input& input, const Source& source, FixedFile file, Checked& checked) const {
    const bool is_input = file.name == source.name();
    if (arguments_.diff) {
      checked.rewritten.push_back(std::move(file));
    } else if (!input.standard) {
      try {
        write_file(is_input ? input.path : file.name, file.before, file.after);
        checked.rewritten.push_back(std::move(file));
      } catch (const Trouble& error) {
        checked.unwritten = error.what();
      }
    } else if (is_input) {  // a filter writes no files
      checked.out = file.after;
      checked.rewritten.push_back(std::move(file));
    }
  }

  void take(const std::string& name, Checked checked) {
    asked_.insert(asked_.end(), checked.asked.begin(), checked.asked.end());
    if (!checked.trouble.empty()) return complain_unread(outcome_, name, checked.trouble);
    if (!checked.unwritten.empty()) {
      complain_unread(outcome_, name, checked.unwritten);
      ++results_.unwritten;
    }
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
  const NameOf baseline_name_ = names_beside(arguments_.baseline);
  std::size_t applied_ = 0, ignored_ = 0;
  std::set<std::string> rewritten_;  // identities
  std::vector<std::string> asked_;
  bool fails_ = false;
};

std::vector<Input> inputs_of(const CheckArguments& arguments, Outcome& outcome) {
  return find_inputs(arguments.paths, {arguments.exclude, arguments.force_exclude, !arguments.no_gitignore}, arguments.stdin_filename,
                     outcome);
}

std::vector<std::string> check_once(const Invocation& invocation, const CheckArguments& arguments, Outcome& outcome) {
  Checker checker(invocation, arguments, outcome);
  std::vector<Input> inputs = inputs_of(arguments, outcome);
  if (!arguments.changed.empty()) keep_changed(inputs, arguments.changed);
  checker.inputs(inputs);
  checker.finish();
  return checker.asked();
}

std::vector<std::string> paths_of(const CheckArguments& arguments) {
  Outcome unheard;
  std::vector<std::string> paths;
  for (Input& input : inputs_of(arguments, unheard)) paths.push_back(std::move(input.path));
  return paths;
}

/// Before the first round, a wrong configuration ends the run; later it is told like a finding.
void check_again_and_again(const Invocation& invocation, const CheckArguments& arguments) {
  bool first = true;
  watch(
      invocation.watching, [&] { return paths_of(arguments); },
      [&] {
        Round round;
        try {
          round.asked = check_once(invocation, arguments, round.outcome);
        } catch (const Troubles& trouble) {
          if (first) throw;
          for (const std::string& line : trouble.lines) complain(round.outcome, line);
        } catch (const Trouble& trouble) {
          if (first) throw;
          complain(round.outcome, trouble.what());
        }
        first = false;
        if (!arguments.quiet) complain(round.outcome, "watching for changes; Ctrl-C ends it");
        return round;
      });
}

}  // namespace

void check(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  auto arguments = parse_arguments<CheckArguments>(std::move(words));
  // What is piped into the program is meant, even if nobody writes the -.
  if (arguments.paths.empty()) arguments.paths.emplace_back(invocation.piped && !arguments.watch ? "-" : ".");
  refuse_wrong_usage(arguments, invocation);
  if (arguments.watch) return check_again_and_again(invocation, arguments);
  check_once(invocation, arguments, outcome);
}

}  // namespace corefile::app
