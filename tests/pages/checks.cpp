// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "asks.hpp"
#include "run.hpp"

namespace pages {

using namespace corefile;

namespace {

bool slug(std::string_view name) {
  if (name.empty() || name.front() == '-' || name.back() == '-' || name.find("--") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

/// Groups whose findings may say that CoreDNS refuses the file, or that DNS certainly breaks.
bool may_be_error(std::string_view group) {
  constexpr std::array<std::string_view, 6> groups{"load", "manifest", "forward", "listeners", "upgrade", "bundle"};
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

class Checker {
 public:
  Checker(const Catalogue::Entry& entry, std::string_view text)
      : entry_(entry), rule_(*entry.rule), page_(read_markdown(text)), examples_(read_examples(page_)) {}

  std::vector<std::string> run_all() {
    for (const std::string& fault : examples_.faults) faults_.push_back(fault);
    metadata();
    headings();
    for (const Example& example : examples_.examples) {
      const std::string& text = example.fence->text;
      line_ = example.fence->line;
      const Analysis found = run(example, text);
      expect(!example.manifest || found.corefiles > 0 || !found.diagnostics.empty(), "no Corefile is found in the example");
      places(found);
      stable(example, found);
      if (example.bad) {
        bad(example, found);
      } else {
        good(found);
      }
      for (std::string& fault : check_asks(example)) faults_.push_back(std::move(fault));
    }
    promises();
    return std::move(faults_);
  }

 private:
  void expect(bool held, std::string what) {
    if (!held) faults_.push_back(fmt::format("{}: {}", line_, what));
  }
  void equal(const std::string& shown, const std::string& got, const Fence& fence, std::string_view what) {
    line_ = fence.line;
    expect(shown == got, fmt::format("the {} block is out of date; it should be\n{}", what, got));
  }

  void metadata() {
    line_ = 1;
    expect(slug(entry_.name), "the name is not lower-case words with single hyphens");
    expect(page_.summary.size() <= 72, "the summary is longer than 72 characters");
    expect(!page_.summary.ends_with('.'), "the summary ends with a full stop");
    expect(rule_.severity != Severity::error || may_be_error(entry_.group), "rules of this group are no errors");
  }

  void headings() {
    const auto has = [this](std::string_view wanted) {
      return std::any_of(page_.headings.begin(), page_.headings.end(), [wanted](const Heading& h) { return h.text == wanted; });
    };
    expect(!page_.headings.empty() && page_.headings.front().text == fmt::format("# {}", entry_.name) && page_.headings.front().line == 1,
           fmt::format("the page does not begin with `# {}`", entry_.name));
    expect(page_.summary == entry_.summary(), fmt::format("the first paragraph is not read as the summary: `{}` is", entry_.summary()));
    for (const std::string_view wanted : {"## Why", "## Examples", "## References"}) {
      expect(has(wanted), fmt::format("there is no heading `{}`", wanted));
    }
    const auto count = [this](bool is_bad) {
      return std::count_if(examples_.examples.begin(), examples_.examples.end(), [is_bad](const Example& e) { return e.bad == is_bad; });
    };
    expect(count(true) > 0, "there is no bad example");
    expect(count(false) > 0, "there is no good example");
    explained_ = has("## Why the fix is unsafe");
  }

  void place(const Analysis& found, const Place& at, std::string_view of) {
    if (at.document >= found.sources.size()) return expect(false, fmt::format("{}: the place is in no source", of));
    const std::string_view text = found.sources[at.document].text();
    const auto boundary = [text](std::uint32_t offset) {
      return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
    };
    const Span span = at.span;
    if (span.begin > span.end || span.end > text.size()) return expect(false, fmt::format("{}: the span is outside the text", of));
    expect(boundary(span.begin) && boundary(span.end), fmt::format("{}: the span cuts a character", of));
  }

  void places(const Analysis& found) {
    for (const Diagnostic& diagnostic : found.diagnostics) {
      place(found, diagnostic.place, diagnostic.rule);
      for (const Label& label : diagnostic.labels) place(found, label.place, diagnostic.rule);
      for (const Fix& fix : diagnostic.fixes) {
        expect(!fix.title.empty() && !fix.title.ends_with('.'),
               fmt::format("{}: a fix needs a title without a full stop", diagnostic.rule));
        edits(found, diagnostic, fix);
      }
    }
  }

  void edits(const Analysis& found, const Diagnostic& diagnostic, const Fix& fix) {
    expect(!fix.edits.empty(), fmt::format("{}: the fix `{}` edits nothing", diagnostic.rule, fix.title));
    for (std::size_t i = 0; i < fix.edits.size(); ++i) {
      const Edit& edit = fix.edits[i];
      place(found, edit.place, diagnostic.rule);
      if (edit.place.document >= found.sources.size()) return;
      expect(found.sources[edit.place.document].text(edit.place.span) != edit.text,
             fmt::format("{}: an edit of `{}` changes nothing", diagnostic.rule, fix.title));
      if (i == 0) continue;
      const Place& before = fix.edits[i - 1].place;
      expect(before.document == edit.place.document, fmt::format("{}: the fix `{}` edits two files", diagnostic.rule, fix.title));
      expect(before.span.end <= edit.place.span.begin && before.span != edit.place.span,
             fmt::format("{}: the edits of `{}` are not sorted, or overlap", diagnostic.rule, fix.title));
    }
  }

  /// Neither a second run nor another order of rules changes a byte.
  void stable(const Example& example, const Analysis& found) {
    const std::string& text = example.fence->text;
    std::vector<Catalogue::Entry> entries(Catalogue::builtin().entries().begin(), Catalogue::builtin().entries().end());
    std::reverse(entries.begin(), entries.end());
    const auto shown = [](const Analysis& analysis) { return render_full({analysis}) + render_json({analysis}); };
    expect(shown(run(example, text)) == shown(found), "a second run says something else");
    expect(shown(run(example, text, Catalogue(entries))) == shown(found), "the findings depend on the order of the rules");
    if (!example.manifest) expect(print(parse(Source("Corefile", text))) == text, "the text is not printed back");
  }

  void good(const Analysis& found) {
    const auto spoils = [this](const Diagnostic& d) { return d.rule == entry_.name || d.severity >= Severity::warning; };
    expect(std::none_of(found.diagnostics.begin(), found.diagnostics.end(), spoils),
           fmt::format("the good example gives a finding of this rule, or a warning:\n{}", render_full({found})));
  }

  void bad(const Example& example, const Analysis& found) {
    std::size_t own = 0;
    std::size_t lasting = 0;
    for (const Diagnostic& diagnostic : found.diagnostics) {
      if (diagnostic.rule != entry_.name) continue;
      ++own;
      lasting += fixable(diagnostic) ? 0 : 1;
      with_fix_ += diagnostic.fixes.empty() ? 0 : 1;
      expect(diagnostic.severity != Severity::error || may_be_error(entry_.group), "findings of this group are no errors");
      for (const Fix& fix : diagnostic.fixes) {
        expect(fix.safety != Safety::unsafe || explained_, "an unsafe fix needs the heading `## Why the fix is unsafe`");
      }
    }
    own_ += own;
    expect(own > 0, fmt::format("the bad example gives no finding of this rule, but\n{}", render_full({found})));
    expect(example.console != nullptr,
           "the bad example has no `console` block behind it, which shows what the rule says: `./dev refresh` writes it");
    if (example.console != nullptr) equal(example.console->text, render_full({only(found, entry_.name)}), *example.console, "console");
    fixing(example, found, own, lasting);
  }

  void fixing(const Example& example, const Analysis& found, std::size_t own, std::size_t lasting) {
    const Fixed fixed = fix(example, entry_.name);
    const bool changes = fixes(example, found, entry_.name);
    expect(!changes || example.fixed != nullptr, "the bad example has no `fixed` block behind it: `./dev refresh` writes it");
    expect(changes || example.fixed == nullptr, "there is a `fixed` block, but nothing to fix: `./dev refresh` removes it");
    if (example.fixed != nullptr) equal(example.fixed->text, fixed.text, *example.fixed, "fixed");
    line_ = example.fence->line;
    const Fixed all = fix(example);
    expect(fixed.converged && all.converged, fmt::format("fixing does not come to an end:\n{}", all.text));
    const auto load_errors = [](const Analysis& analysis) {
      return std::count_if(analysis.diagnostics.begin(), analysis.diagnostics.end(), [](const Diagnostic& d) {
        const Catalogue::Entry* entry = Catalogue::builtin().find(d.rule);
        return d.severity == Severity::error && entry != nullptr && entry->group == "load";
      });
    };
    const Analysis after = run(example, fixed.text);
    const auto left = static_cast<std::size_t>(
        std::count_if(after.diagnostics.begin(), after.diagnostics.end(), [this](const Diagnostic& d) { return d.rule == entry_.name; }));
    expect(own == lasting || left <= lasting, fmt::format("a fixed finding comes back in\n{}", fixed.text));
    expect(refusals(example, fixed.text) <= refusals(example, example.fence->text) && load_errors(after) <= load_errors(found),
           fmt::format("the fixed text is refused where the other was not:\n{}", fixed.text));
  }

  void promises() {
    line_ = 1;
    expect(rule_.fixes != Fixes::never || with_fix_ == 0, "the rule says `never`, but an example has a fix");
    expect(rule_.fixes != Fixes::always || with_fix_ == own_, "the rule says `always`, but a finding has no fix");
    expect(rule_.fixes != Fixes::sometimes || with_fix_ > 0, "the rule says `sometimes`, but no example has a fix");
  }

  const Catalogue::Entry& entry_;
  const Rule& rule_;
  const Markdown page_;
  const Examples examples_;
  std::vector<std::string> faults_;
  std::size_t line_ = 1;
  std::size_t own_ = 0;       // findings of this rule
  std::size_t with_fix_ = 0;  // those with a fix
  bool explained_ = false;
};

}  // namespace

std::vector<std::string> check_page(const Catalogue::Entry& entry, std::string_view text) { return Checker(entry, text).run_all(); }

}  // namespace pages
