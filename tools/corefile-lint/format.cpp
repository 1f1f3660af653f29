// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/format.hpp>
#include <corefile/visible.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "disk.hpp"
#include "inputs.hpp"
#include "settings.hpp"
#include "unified_diff.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

class FormatRun {
 public:
  FormatRun(const Invocation& invocation, const FormatArguments& arguments, Outcome& outcome)
      : invocation_(invocation), arguments_(arguments), outcome_(outcome), kind_(read_kind(arguments.kind)) {}

  void input(const Input& input) {
    try {
      std::string text = input.standard ? read_standard_input(invocation_, arguments_.stdin_filename) : read_file(input.path);
      const std::string& name = input.standard ? arguments_.stdin_filename : input.path;
      if (input.passed || (input.walked && surely_without(name, text))) {
        if (input.standard && !looks_only()) outcome_.out += text;
        return;
      }
      source(input, Source(name, std::move(text)));
    } catch (const Trouble& error) {
      complain(outcome_, error.what());
      outcome_.exit = trouble;
    }
  }

  void finish() {
    if (looks_only() && changed_ > 0 && outcome_.exit != trouble) outcome_.exit = findings;
    if (arguments_.quiet || seen_ == 0) return;
    const char* const would = looks_only() ? "would format " : "formatted ";
    if (changed_ > 0) {
      complain(outcome_, would + std::to_string(changed_) + " of " + count(seen_, "file"));
    } else if (left_ == 0 && outcome_.exit != trouble) {
      complain(outcome_, count(seen_, "file") + (seen_ == 1 ? " is" : " are") + " formatted already");
    }
  }

 private:
  bool looks_only() const { return arguments_.check || arguments_.diff; }

  void source(const Input& input, const Source& source) {
    const auto role = role_by_name(source.name());
    const Formatting formatting = corefile::format(source, kind_, role == Role::custom_override ? Form::directives : Form::corefile);
    if (formatting.corefiles > 0) ++seen_;
    if (formatting.corefiles == 0 && !input.walked && !arguments_.quiet) complain(outcome_, source.name() + ": no Corefile in it");
    for (const Unformatted& left : formatting.left) say(source, left);
    const std::string text = apply_edits(source.text(), formatting.edits);
    const bool changes = text != source.text();
    if (arguments_.diff) {
      const std::string diff = unified_diff(source.name(), source.text(), text);
      outcome_.out += invocation_.terminal ? diff_for_people(diff, read_colour("auto", invocation_)) : diff;
    } else if (arguments_.check) {
      if (changes) outcome_.out += visible(source.name()) + '\n';
    } else if (input.standard) {
      outcome_.out += text;
    } else if (changes) {
      write_file(input.path, source.text(), text);
    }
    if (changes) ++changed_;
  }

  void say(const Source& source, const Unformatted& left) {
    ++left_;
    if (left.refused) outcome_.exit = trouble;
    if (arguments_.quiet && !left.refused) return;
    const Position at = source.position(left.span.begin);
    std::string line = source.name() + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": left as it is: " + left.reason;
    if (!left.object.empty()) line += " (" + left.object + ", " + left.key + ')';
    complain(outcome_, line);
  }

  const Invocation& invocation_;
  const FormatArguments& arguments_;
  Outcome& outcome_;
  InputKind kind_;
  std::size_t seen_ = 0, changed_ = 0, left_ = 0;
};

}  // namespace

void format(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<FormatArguments>(std::move(words));
  if (arguments.paths.empty()) throw UsageError("nothing to format: name files, folders, or - for standard input");
  if (arguments.check && arguments.diff) throw UsageError("format takes one of --check and --diff");
  const bool filter = std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end();
  if (filter && arguments.paths.size() > 1 && !arguments.check && !arguments.diff)
    throw UsageError("format writes standard input's text to standard output, so - must be the only one");
  outcome.data = arguments.diff || (filter && !arguments.check);
  FormatRun run(invocation, arguments, outcome);
  for (const Input& input :
       find_inputs(arguments.paths, {arguments.exclude, arguments.force_exclude, true}, arguments.stdin_filename, outcome))
    run.input(input);
  run.finish();
}

}  // namespace corefile::app
