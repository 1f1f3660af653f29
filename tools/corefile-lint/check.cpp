// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>
#include <functional>

#include "diff.hpp"
#include "disk.hpp"
#include "fix.hpp"
#include "inputs.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "summary.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

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

  void input(const Input& input) {
    try {
      std::string text = input.standard ? standard_input() : read_file(input.path);
      if (input.walked && surely_without(input.path, text)) return;
      files_.push_back({input, Source(input.standard ? arguments_.stdin_filename : input.path, std::move(text))});
    } catch (const Trouble& error) {
      complain(outcome_, error.what());
      outcome_.exit = trouble;
    }
  }

  void judge() {
    for (const std::vector<std::size_t>& cluster : clusters()) {
      try {
        cluster.size() == 1 ? alone(files_[cluster.front()]) : together(cluster);
      } catch (const Trouble& error) {
        complain(outcome_, error.what());
        outcome_.exit = trouble;
      }
    }
    for (File& file : files_) {
      outcome_.out += file.out;
      if (file.analysis) analyses_.push_back(std::move(*file.analysis));
    }
  }

  void finish() {
    const std::string report = arguments_.diff ? std::string() : this->report();
    (filter() ? outcome_.err : outcome_.out) += report;
    if (arguments_.diff && gone_ > 0) note("would fix " + count(gone_, "finding"));
    if (arguments_.fix && !arguments_.diff && gone_ > 0) note("fixed " + count(gone_, "finding"));
    const bool found = std::any_of(analyses_.begin(), analyses_.end(),
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
    return std::move(*text);
  }

  struct File {
    Input input;
    Source source;
    std::optional<Analysis> analysis{};
    std::string out{};  ///< a diff or a fixed text
  };

  bool is_manifest(const Source& source) const {
    const InputKind kind = settings_.options.kind;
    return kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(source.name(), source.text()));
  }

  /// Lists of indices, by their first ones. A stream is a cluster of its own.
  std::vector<std::vector<std::size_t>> clusters() const {
    std::vector<std::size_t> joined;
    std::vector<std::vector<std::size_t>> out;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const bool stream = files_[i].input.standard;
      const bool own = arguments_.apart || settings_.options.kind == InputKind::corefile ||
                       (arguments_.together ? !is_manifest(files_[i].source) : stream);
      own ? out.push_back({i}) : joined.push_back(i);
    }
    if (arguments_.together && !joined.empty()) {
      out.push_back(joined);
    } else if (!joined.empty()) {
      std::vector<Source> sources;
      for (const std::size_t i : joined) sources.push_back(files_[i].source);
      for (std::vector<std::size_t>& cluster : clusters_of(sources)) {
        for (std::size_t& i : cluster) i = joined[i];
        out.push_back(std::move(cluster));
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  void alone(File& file) {
    Options options = settings_.options;
    std::optional<DiskFiles> files;
    if (!is_manifest(file.source)) {
      if (!options.role) options.role = role_by_name(file.source.name());
      if (!file.input.standard) options.files = &files.emplace(file.input.path);
    }
    const auto check = [&](const Source& source) { return corefile::check(source, options, catalogue_); };
    Analysis analysis = check(file.source);
    if (analysis.corefiles == 0 && analysis.diagnostics.empty()) {
      if (!file.input.walked) note(file.source.name() + ": no Corefile in it, so nothing to check");
      if (filter()) file.out = file.source.text();
      return;
    }
    if (arguments_.fix || arguments_.diff) analysis = fix(file, std::move(analysis), options, check);
    file.analysis = std::move(analysis);
  }

  void together(const std::vector<std::size_t>& cluster) {
    std::vector<Source> sources;
    for (const std::size_t i : cluster) sources.push_back(files_[i].source);
    std::vector<Analysis> analyses = corefile::check(sources, settings_.options, catalogue_);
    const bool none = std::all_of(analyses.begin(), analyses.end(), [](const Analysis& one) { return one.corefiles == 0; });
    for (std::size_t k = 0; k < cluster.size(); ++k) {
      File& file = files_[cluster[k]];
      const auto check = [&](const Source& source) {
        sources[k] = source;
        return std::move(corefile::check(sources, settings_.options, catalogue_)[k]);
      };
      if (none && analyses[k].diagnostics.empty()) {
        if (!file.input.walked) note(file.source.name() + ": no Corefile in it, so nothing to check");
        if (filter()) file.out = file.source.text();
        continue;
      }
      if (arguments_.fix || arguments_.diff) {
        analyses[k] = fix(file, check(file.source), settings_.options, check);
      }
      file.analysis = std::move(analyses[k]);
    }
  }

  Analysis fix(File& file, Analysis before, const Options& options, const std::function<Analysis(const Source&)>& check) {
    const Safety at_least = arguments_.unsafe_fixes ? Safety::unsafe : Safety::safe;
    Fixed fixed = fix_all(file.source, std::move(before), options, at_least, check);
    const std::string_view text = fixed.source.text();
    gone_ += fixed.gone;
    if (arguments_.diff) {
      would_change_ = would_change_ || text != file.source.text();
      file.out = shown_diff(unified_diff(file.source.name(), file.source.text(), text));
    } else if (file.input.standard) {
      file.out = text;
    } else if (text != file.source.text()) {
      write_file(file.input.path, text);
    }
    return std::move(fixed.analysis);
  }

  // As it is for a program that applies it; made visible where a person reads it.
  std::string shown_diff(std::string diff) const {
    if (!invocation_.terminal) return diff;
    std::string out;
    for (std::string_view rest = diff; !rest.empty();) {
      const std::size_t end = rest.find_first_of("\t\n");
      out += visible(rest.substr(0, end));
      if (end == std::string_view::npos) break;
      out += rest[end];
      rest.remove_prefix(end + 1);
    }
    return out;
  }

  std::string report() const {
    RenderOptions options;
    options.colour = settings_.colour;
    options.release = settings_.options.release;
    if (invocation_.columns >= 40) options.width = std::min(options.width, invocation_.columns - 10);
    switch (settings_.format) {
      case Format::json:
        return tame_json(render_json(analyses_, options));
      case Format::concise:
        return render_concise(analyses_, options);
      case Format::full:
        break;
    }
    std::string out = render_full(analyses_, options);
    if (!arguments_.quiet) out += summary(analyses_, settings_.options, outcome_.exit != trouble);
    return out;
  }

  const Invocation& invocation_;
  const CheckArguments& arguments_;
  Outcome& outcome_;
  Settings settings_;
  const Catalogue& catalogue_;
  std::vector<File> files_;
  std::vector<Analysis> analyses_;
  std::size_t gone_ = 0;
  bool would_change_ = false;
};

}  // namespace

void check(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const CheckArguments arguments = parse_check(std::move(words));
  if (arguments.paths.empty()) throw UsageError("nothing to check: name files, folders, or - for standard input");
  if (arguments.together && arguments.apart) throw UsageError("--together and --apart exclude each other");
  if (arguments.fix && !arguments.diff && arguments.paths.size() > 1 &&
      std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end()) {
    throw UsageError("--fix writes standard input's text to standard output, so - must be the only one");
  }
  Checker checker(invocation, arguments, outcome);
  for (const Input& input : find_inputs(arguments.paths, outcome)) checker.input(input);
  checker.judge();
  checker.finish();
}

}  // namespace corefile::app
