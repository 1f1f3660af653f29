// SPDX-License-Identifier: Apache-2.0
#include "lint/suppress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "base/exact_release.hpp"
#include "lint/pipeline.hpp"
#include "plugins/reader.hpp"

namespace corefile::suppress {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view mark = "corefile-lint:";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string_view month = text.substr(5, 2);
  const std::string_view day = text.substr(8);
  const auto digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), ascii::is_digit); };
  return digits(text.substr(0, 4)) && digits(month) && digits(day) && month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

std::optional<Release> release_in(std::string_view text) {
  if (std::count(text.begin(), text.end(), '.') == 1) return parse_exact_release(std::string(text) + ".0");
  return parse_exact_release(text);
}

/// `until 2027-03-01 REASON`, into `says`.
void read_reason(std::string_view text, const Options& options, Suppression& says) {
  text = trimmed(text);
  while (text.starts_with(':') || text.starts_with('-')) text = trimmed(text.substr(1));
  if (text.starts_with("until ")) {
    text = trimmed(text.substr(6));
    std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0 && (text[end - 1] == ':' || text[end - 1] == ',')) --end;
    says.until = text.substr(0, end);
    const std::optional<Release> release = release_in(says.until);
    if (is_day(says.until)) {
      says.expired = !options.suppressions.today.empty() && options.suppressions.today > says.until;
    } else if (release) {
      says.expired = options.release >= *release;
    } else {
      says.wrong = "`until` wants a day such as `2027-03-01`, or a release of CoreDNS such as `1.16`";
    }
    text = trimmed(text.substr(end));
    while (text.starts_with(':') || text.starts_with(',')) text = trimmed(text.substr(1));
  }
  says.reason = text;
}

/// What is known of names.
class Names {
 public:
  Names(const Options& options, const Catalogue& catalogue, bool holds_off)
      : catalogue_(catalogue), silent_(pipeline::silent(options.selection, catalogue)), holds_off_(holds_off) {}

  void judge(Suppression& says) const {
    const auto entries = catalogue_.entries();
    says.known = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return pipeline::precision(says.name, entry) > 0; });
    says.heard = says.known && !holds_off_ && pipeline::heard(says.name, silent_, catalogue_);
    if (says.known) return;
    std::vector<std::string_view> names;
    for (const Catalogue::Entry& entry : entries) names.push_back(entry.name);
    says.meant = plugins::nearest(says.name, names);
  }

 private:
  const Catalogue& catalogue_;
  std::vector<bool> silent_;
  bool holds_off_;
};

/// The comments of one document.
class Comments {
 public:
  Comments(const Document& document, std::uint32_t number, const Options& options, const Names& names, std::vector<Ignore>& out)
      : document_(document), text_(document.source().text()), number_(number), options_(options), names_(names), out_(out) {}

  void read() {
    for (std::uint32_t token = 0; token < document_.token_count(); ++token) {
      if (document_.kind(token) == TokenKind::comment) comment(token);
    }
  }

 private:
  void comment(std::uint32_t token) {
    const std::string_view text = document_.text(token);
    const std::size_t begin = std::min(text.find_first_not_of("# \t"), text.size());
    if (!text.substr(begin).starts_with(mark)) return;
    const Span span = document_.token(token).span;
    Ignore one;
    one.says.comment = one.says.place = {number_, {span.begin, span.begin + static_cast<std::uint32_t>(trimmed(text).size())}};
    one.says.drops = {whole(one.says, Safety::shown)};
    const std::size_t open = text.find('[', begin);
    const std::size_t close = open == std::string_view::npos ? open : text.find(']', open);
    const std::size_t verb_at = begin + mark.size();
    const std::string_view verb = open == std::string_view::npos ? std::string_view() : trimmed(text.substr(verb_at, open - verb_at));
    if ((verb != "ignore" && verb != "ignore-file") || close == std::string_view::npos) {
      one.says.wrong = "this is not `ignore[RULE] REASON`, nor `ignore-file[RULE] REASON`";
    } else {
      one.covers = {number_, verb == "ignore-file" ? Span{0, document_.token(document_.token_count() - 1).span.end + 1} : covered(token)};
      read_reason(text.substr(close + 1), options_, one.says);
    }
    if (one.says.wrong.empty()) return list(one, token, open + 1, close);
    out_.push_back(std::move(one));
  }

  void list(const Ignore& common, std::uint32_t token, std::size_t begin, std::size_t end) {
    const std::string_view text = document_.text(token);
    const std::uint32_t at = document_.token(token).span.begin;
    std::vector<Span> names;
    for (std::size_t from = begin; from <= end;) {
      const std::size_t to = std::min(text.find(',', from), end);
      const std::string_view name = trimmed(text.substr(from, to - from));
      if (!name.empty()) {
        const auto offset = static_cast<std::uint32_t>(name.data() - text.data());
        names.push_back({at + offset, at + offset + static_cast<std::uint32_t>(name.size())});
      }
      from = to + 1;
    }
    if (names.empty()) {
      out_.push_back(common);
      out_.back().says.wrong = "no rule is named";
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      Ignore one = common;
      one.says.name = text_.substr(names[i].begin, names[i].size());
      one.says.place = {number_, names[i]};
      one.says.first = i == 0;
      names_.judge(one.says);
      one.says.fixes.push_back(one.says.meant.empty()
                                   ? removal(one.says, names, i)
                                   : Fix{fmt::format("write `{}`", one.says.meant), Safety::safe, {{one.says.place, one.says.meant}}});
      out_.push_back(std::move(one));
    }
  }

  Fix removal(const Suppression& says, const std::vector<Span>& names, std::size_t i) const {
    if (names.size() > 1) {
      const Span span = i == 0 ? Span{names[0].begin, names[1].begin} : Span{names[i - 1].end, names[i].end};
      return {fmt::format("remove `{}`", says.name), Safety::safe, {{{number_, span}, ""}}};
    }
    return whole(says, Safety::safe);
  }

  Fix whole(const Suppression& says, Safety safety) const {
    Span span = says.comment.span;
    const std::size_t line_end = std::min(text_.find('\n', span.begin), text_.size());
    const std::size_t before = text_.substr(0, span.begin).find_last_not_of(" \t");
    if (before == std::string_view::npos || text_[before] == '\n') {
      span = {before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1),
              static_cast<std::uint32_t>(std::min(line_end + 1, text_.size()))};
    } else {
      span.begin = static_cast<std::uint32_t>(before + 1);
    }
    return {"remove the comment", safety, {{{number_, span}, ""}}};
  }

  /// The line of a comment behind something, the thing below a comment of its own line.
  Span covered(std::uint32_t token) {
    const std::uint32_t begin = document_.token(token).span.begin;
    const std::size_t before = text_.substr(0, begin).find_last_not_of(" \t");
    const bool own = before == std::string_view::npos || text_[before] == '\n' || (before < 3 && text_.starts_with("\xEF\xBB\xBF"));
    if (!own) return document_.source().line(begin);
    while (token < document_.token_count() && !is_significant(document_.kind(token))) ++token;
    if (nodes_.empty()) index();
    const auto node = nodes_.find(token);
    return node == nodes_.end() ? Span{} : document_.span(node->second);
  }

  /// By its first word, the outermost of what begins there.
  void index() {
    const auto nodes = document_.nodes();
    for (NodeId id = 1; id < nodes.size(); ++id) {
      if (nodes[id].kind == NodeKind::block) continue;
      std::uint32_t first = nodes[id].first;
      while (first < nodes[id].last && !is_significant(document_.kind(first))) ++first;
      nodes_.emplace(first, id);
    }
  }

  const Document& document_;
  std::string_view text_;
  std::uint32_t number_;
  const Options& options_;
  const Names& names_;
  std::vector<Ignore>& out_;
  std::map<std::uint32_t, NodeId> nodes_;
};

bool may_ignore(const Ignore& ignore, const Diagnostic& found, const Catalogue::Entry& entry) {
  const Suppression& says = ignore.says;
  if (!says.wrong.empty() || says.expired || found.place.document != ignore.covers.document) return false;
  const std::uint32_t at = found.place.span.begin;
  if (at < ignore.covers.span.begin || at > ignore.covers.span.end) return false;
  const int precision = pipeline::precision(says.name, entry);
  return precision == 3 || (precision > 0 && found.severity != Severity::error);
}

}  // namespace

std::vector<Ignore> from_comments(const Config& config, const Options& options, const Catalogue& catalogue, bool holds_off) {
  std::vector<Ignore> out;
  if (!options.suppressions.comments) return out;
  std::optional<Names> names;
  for (std::uint32_t i = 0; i < config.documents().size(); ++i) {
    const Document& document = config.documents()[i];
    const std::string_view text = document.source().text();
    const std::size_t comment = text.find('#');
    if (comment == std::string_view::npos || text.find(mark, comment) == std::string_view::npos) continue;
    if (!names) names.emplace(options, catalogue, holds_off);
    Comments(document, i, options, *names, out).read();
  }
  return out;
}

std::vector<Ignore> from_annotations(const std::vector<IgnoreAnnotation>& annotations, const Options& options, const Catalogue& catalogue) {
  std::vector<Ignore> out;
  if (!options.suppressions.annotations || annotations.empty()) return out;
  const Names names(options, catalogue, false);
  for (const IgnoreAnnotation& annotation : annotations) {
    Ignore& one = out.emplace_back();
    one.covers = {0, annotation.covers};
    one.says.name = annotation.rule;
    one.says.place = one.says.comment = {0, annotation.rule_span};
    read_reason(annotation.text, options, one.says);
    names.judge(one.says);
    if (annotation.lines.empty()) continue;
    one.says.fixes = {{"remove the annotation", Safety::safe, {{{0, annotation.lines}, ""}}}};
    one.says.drops = {{"remove the annotation", Safety::shown, {{{0, annotation.lines}, ""}}}};
  }
  return out;
}

void apply(std::vector<Ignore>& ignores, const Catalogue& catalogue, std::vector<Diagnostic>& found, std::vector<Diagnostic>& suppressed) {
  if (ignores.empty()) return;
  std::vector<Diagnostic> left;
  for (Diagnostic& diagnostic : found) {
    const Catalogue::Entry* entry = catalogue.find(diagnostic.rule);
    const Ignore* by = nullptr;
    for (Ignore& ignore : ignores) {
      if (entry == nullptr || !may_ignore(ignore, diagnostic, *entry)) continue;
      ignore.says.used = true;
      by = &ignore;
    }
    if (by == nullptr) {
      left.push_back(std::move(diagnostic));
      continue;
    }
    diagnostic.labels.push_back({by->says.place, by->says.reason.empty() ? "ignored here" : "ignored here: " + by->says.reason});
    suppressed.push_back(std::move(diagnostic));
  }
  found = std::move(left);
}

void map_outward(std::vector<Ignore>& ignores, const Config& config, const Embedded* embedded, const std::vector<Part>& parts,
                 std::vector<Source>& sources) {
  std::vector<Diagnostic> carriers;
  carriers.reserve(2 * ignores.size());
  for (Ignore& ignore : ignores) {
    for (auto& [place, fixes] : {std::tie(ignore.says.place, ignore.says.fixes), std::tie(ignore.says.comment, ignore.says.drops)}) {
      Diagnostic& carrier = carriers.emplace_back();
      carrier.place = place;
      carrier.fixes = std::move(fixes);
    }
  }
  pipeline::map_outward(carriers, config, {}, embedded, parts, sources);
  auto carrier = carriers.begin();
  for (Ignore& ignore : ignores) {
    for (auto& [place, fixes] : {std::tie(ignore.says.place, ignore.says.fixes), std::tie(ignore.says.comment, ignore.says.drops)}) {
      place = carrier->place;
      fixes = std::move(carrier->fixes);
      ++carrier;
    }
  }
}

std::vector<Suppression> merged(std::vector<Ignore> ignores) {
  std::map<Place, Suppression> by_place;
  for (Ignore& ignore : ignores) {
    const auto [entry, fresh] = by_place.try_emplace(ignore.says.place, ignore.says);
    if (fresh) continue;
    entry->second.used = entry->second.used || ignore.says.used;
    entry->second.heard = entry->second.heard && ignore.says.heard;
  }
  std::vector<Suppression> out;
  out.reserve(by_place.size());
  for (auto& [place, says] : by_place) out.push_back(std::move(says));
  return out;
}

}  // namespace corefile::suppress
