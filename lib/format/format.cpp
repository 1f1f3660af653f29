// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/format.hpp>
#include <corefile/load.hpp>
#include <corefile/resolve.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "manifest/manifest.hpp"
#include "manifest/template.hpp"

namespace corefile {
namespace {

/// One of a file's Corefiles.
struct Part {
  const Source& text;
  const Embedded* embedded;  ///< null: the file is the Corefile
  Form form;

  Span outer(Span inner) const { return embedded != nullptr ? embedded->outer(inner) : inner; }
};

struct Reason {
  Span span;
  std::string text;
  bool refused = false;
};

constexpr std::string_view wrong_style = "its YAML style cannot hold it otherwise";

std::optional<Reason> reason_to_leave(const Part& part, const Document& document, const Config& config) {
  if (part.embedded != nullptr && part.embedded->templated) return Reason{{}, "another program fills it in"};
  if (part.embedded != nullptr && part.embedded->rendered) return Reason{{}, "it is put together out of several values"};
  if (part.embedded == nullptr) {
    const auto word = manifest_detail::find_template(part.text.text(), {.bare = true, .named = is_template_name(part.text.name())});
    if (word) return Reason{word->span, "another program fills it in"};
  }
  if (part.text.truncated()) return Reason{{}, "it is larger than 256 MiB"};
  const auto refusal = std::find_if(config.refusals().begin(), config.refusals().end(),
                                    [](const Problem& problem) { return is_syntax(problem.kind) && problem.place.document == 0; });
  if (refusal != config.refusals().end()) return Reason{refusal->place.span, refusal->message, true};
  if (!document.faults().empty()) return Reason{document.faults().front().span, "its braces or quotes do not match", true};
  return {};
}

/// What CoreDNS gets of a text, and what a reader does: words, their lines, comments.
bool same_tokens(const Document& a, const Document& b) {
  const auto next = [](const Document& document, std::uint32_t& i, std::uint32_t& line) {
    for (; i < document.token_count(); ++i) {
      const TokenKind kind = document.kind(i);
      if (kind != TokenKind::space && kind != TokenKind::newline) return true;
      const std::string_view text = document.text(i);
      line += static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    }
    return false;
  };
  // The blanks at a comment's end are nobody's.
  const auto seen = [](const Document& document, std::uint32_t i) {
    std::string_view text = document.text(i);
    while (document.kind(i) == TokenKind::comment && text.find_last_of(" \t\r") == text.size() - 1) text.remove_suffix(1);
    return text;
  };
  std::uint32_t i = 0, k = 0, line_a = 0, line_b = 0;
  while (true) {
    const bool more = next(a, i, line_a);
    if (more != next(b, k, line_b)) return false;
    if (!more) return true;
    if (line_a != line_b || a.kind(i) != b.kind(k) || seen(a, i) != seen(b, k)) return false;
    ++i;
    ++k;
  }
}

bool same_tree(const Document& a, const Document& b) {
  return std::equal(a.nodes().begin(), a.nodes().end(), b.nodes().begin(), b.nodes().end(), [](const Node& x, const Node& y) {
    return x.kind == y.kind && x.parent == y.parent && x.first_child == y.first_child && x.next_sibling == y.next_sibling;
  });
}

bool same_verdicts(const Config& a, const Config& b) {
  const std::vector<ReleaseRun> was = load_by_release(a);
  const std::vector<ReleaseRun> is = load_by_release(b);
  return std::equal(was.begin(), was.end(), is.begin(), is.end(), [](const ReleaseRun& x, const ReleaseRun& y) {
    const bool same_problem = x.problem && y.problem ? x.problem->kind == y.problem->kind && x.problem->says == y.problem->says
                                                     : x.problem.has_value() == y.problem.has_value();
    return x.first == y.first && x.last == y.last && x.depends == y.depends && same_problem;
  });
}

/// The edits as edits of the file; none where its scalar cannot take one of them.
std::optional<std::vector<Edit>> outward(const Part& part, std::vector<Edit> edits) {
  if (part.embedded == nullptr) return edits;
  std::uint32_t done = 0;
  for (Edit& edit : edits) {
    Span at;
    std::string text;
    if (!part.embedded->outer_edit(edit.place.span, edit.text, at, text) || at.begin < done) return {};
    edit = {{0, at}, std::move(text)};
    done = at.end;
  }
  return edits;
}

/// What becomes of one of them.
struct Work {
  const Embedded* embedded;
  std::string text;         ///< as it should be
  std::vector<Edit> edits;  ///< of the file; none: it stays as it is
  std::optional<Unformatted> left;

  void leave(Span span, std::string reason, bool refused = false) {
    edits.clear();
    left = Unformatted{span, embedded != nullptr ? embedded->object : "", embedded != nullptr ? embedded->key : "", std::move(reason),
                       refused};
  }
};

Work work_on(const Part& part) {
  Work work{part.embedded, std::string(part.text.text()), {}, {}};
  const ResolveOptions resolving{nullptr, {}, {}, part.form};
  const Document document = parse(part.text);
  const Config config = resolve(document, resolving);
  if (const auto reason = reason_to_leave(part, document, config)) {
    work.leave(part.outer(reason->span), reason->text, reason->refused);
    return work;
  }
  std::vector<Edit> edits = format(document, part.embedded == nullptr);
  if (edits.empty()) return work;
  std::string text = apply_edits(part.text.text(), edits);
  const Document formatted = parse(Source(part.text.name(), text));
  if (text.size() > Source::max_size || !same_tokens(document, formatted) || !same_tree(document, formatted) ||
      !same_verdicts(config, resolve(formatted, resolving))) {
    work.leave(part.outer({0, 0}), "CoreDNS would read something else");
  } else if (auto outer = outward(part, std::move(edits))) {
    work.edits = std::move(*outer);
    work.text = std::move(text);
  } else {
    work.leave(part.outer({0, 0}), std::string(wrong_style));
  }
  return work;
}

std::vector<Edit> edits_of(const std::vector<Work>& all) {
  std::vector<Edit> edits;
  for (const Work& work : all) edits.insert(edits.end(), work.edits.begin(), work.edits.end());
  return edits;
}

/// The edited manifest is read again. What does not read as wanted is left as it is; true if nothing had to be.
bool hold(const Source& file, const Manifest& before, std::vector<Work>& all) {
  const std::vector<Edit> edits = edits_of(all);
  if (edits.empty()) return true;
  const Manifest after = read_manifest(Source(file.name(), apply_edits(file.text(), edits)));
  const bool same_number = after.corefiles.size() == all.size();
  bool good = true;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Embedded& embedded = before.corefiles[i];
    const std::string_view wanted = all[i].edits.empty() ? embedded.source.text() : std::string_view(all[i].text);
    if (same_number && after.corefiles[i].key == embedded.key && after.corefiles[i].source.text() == wanted) continue;
    good = false;
    if (!all[i].edits.empty()) all[i].leave(embedded.key_span, std::string(wrong_style));
  }
  return good;
}

}  // namespace

Formatting format(const Source& file, InputKind kind, Form form) {
  std::vector<Work> all;
  if (kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(file.name(), file.text()))) {
    const Manifest manifest = read_manifest(file);
    for (const Embedded& embedded : manifest.corefiles) {
      all.push_back(work_on({embedded.source, &embedded, embedded.role == Role::custom_override ? Form::directives : Form::corefile}));
    }
    while (!hold(file, manifest, all)) {
      if (edits_of(all).empty()) break;
    }
  } else {
    all.push_back(work_on({file, nullptr, form}));
  }
  Formatting out{edits_of(all), {}, static_cast<std::uint32_t>(all.size())};
  for (Work& work : all) {
    if (work.left) out.left.push_back(std::move(*work.left));
  }
  return out;
}

}  // namespace corefile
