// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>

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
      std::string text = input.standard ? read_standard_input(invocation_, arguments_.stdin_filename) : read_file(input.path);
      if (input.walked && surely_without(input.path, text)) return;
      source(input, Source(input.standard ? arguments_.stdin_filename : input.path, std::move(text)));
    } catch (const Trouble& error) {
      complain(outcome_, error.what());
      outcome_.exit = trouble;
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

  void source(const Input& input, const Source& source) {
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
      if (!input.walked) note(source.name() + ": no Corefile in it, so nothing to check");
      if (filter()) outcome_.out += source.text();
      return;
    }
    if (arguments_.fix || arguments_.diff) {
      analysis = fix(input, source, std::move(analysis), options);
    }
    analyses_.push_back(std::move(analysis));
  }

  Analysis fix(const Input& input, const Source& source, Analysis before, const Options& options) {
    const Safety at_least = arguments_.unsafe_fixes ? Safety::unsafe : Safety::safe;
    Fixed fixed = fix_all(source, std::move(before), options, at_least, catalogue_);
    const std::string_view text = fixed.source.text();
    gone_ += fixed.gone;
    if (arguments_.diff) {
      would_change_ = would_change_ || text != source.text();
      outcome_.out += shown_diff(unified_diff(source.name(), source.text(), text));
    } else if (input.standard) {
      outcome_.out += text;
    } else if (text != source.text()) {
      write_file(input.path, source.text(), text);
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
  std::vector<Analysis> analyses_;
  std::size_t gone_ = 0;
  bool would_change_ = false;
};

}  // namespace

void check(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const CheckArguments arguments = parse_check(std::move(words));
  if (arguments.paths.empty()) throw UsageError("nothing to check: name files, folders, or - for standard input");
  if (arguments.fix && !arguments.diff && arguments.paths.size() > 1 &&
      std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end()) {
    throw UsageError("--fix writes standard input's text to standard output, so - must be the only one");
  }
  Checker checker(invocation, arguments, outcome);
  for (const Input& input : find_inputs(arguments.paths, outcome)) checker.input(input);
  checker.finish();
}

}  // namespace corefile::app
