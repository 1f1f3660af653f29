// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/recover.hpp>
#include <span>
#include <utility>

#include "recover/glued.hpp"
#include "resolve/mended.hpp"
#include "syntax/build.hpp"
#include "syntax/reading.hpp"

namespace corefile {
namespace {

using resolve_detail::Mend;

constexpr std::size_t max_closers = 8;        // in one text
constexpr std::size_t max_mended = 16 << 20;  // a longer text is not a person's: it is not read a second time

/// `kind`: unclosed_quote or too_deep.
const Fault* find(const Document& document, FaultKind kind) {
  if (detail::DocumentAccess::shallow(document)) return nullptr;
  for (const Fault& fault : document.faults()) {
    if (fault.kind == kind) return &fault;
  }
  return nullptr;
}

bool about_braces(const Problem& refusal) {
  return refusal.kind == ProblemKind::unclosed_brace || refusal.kind == ProblemKind::stray_brace;
}
bool unclosed_in_root(const Problem& refusal) { return refusal.kind == ProblemKind::unclosed_brace && refusal.place.document == 0; }

bool hopeless(const Document& document) {
  return document.source().text().size() > max_mended || find(document, FaultKind::too_deep) != nullptr;
}

/// Reads a text for which some of this is needed.
class Recovery {
 public:
  Recovery(Config literal, std::vector<Mend> glued, const ResolveOptions& options)
      : options_(options),
        literal_(std::move(literal)),
        quote_(find(literal_.document(0), FaultKind::unclosed_quote)),
        glued_(std::move(glued)) {
    if (quote_ != nullptr) {
      closed_quote_ = parse_mended(literal_.document(0));
      glued_ = recover_detail::glued_braces(*closed_quote_);
    }
    if (quote_ != nullptr || !glued_.empty()) mended_ = resolve_detail::resolve_mended(Document(text()), options_, glued_);
  }

  void close_braces() {
    const bool borrowed = !best().implicitly_closed().empty();
    if (borrowed || std::any_of(best().refusals().begin(), best().refusals().end(), unclosed_in_root))
      unclosed_ = syntax::find_unclosed(text());
    if (!unclosed_ || unclosed_->repair != Fault::Repair::close_before) return;
    std::vector<std::uint32_t> closers{unclosed_->token};
    while (closers.size() < max_closers) {
      const auto next = syntax::find_unclosed(text(), closers);
      if (!next || next->repair != Fault::Repair::close_before) break;
      closers.push_back(next->token);
      further_.push_back({ProblemKind::unclosed_brace, {0, next->span}, {}});
    }
    if (close(closers)) return;
    further_.clear();
    if (closers.size() > 1) close(std::span(closers).first(1));
  }

  Readings finish() && {
    std::optional<Problem> first = first_refusal();
    const bool worse = mended_ && !unclosed_ && quote_ == nullptr && first && mended_->refusals().size() >= literal_.refusals().size();
    if (!mended_ || worse) {
      if (first) detail::ConfigAccess::data(literal_).refusals.front() = std::move(*first);
      return {std::move(literal_)};
    }
    Readings readings;
    for (const Mend& mend : glued_) {
      const Span span = text().token(mend.token).span;
      readings.glued_braces.push_back({0, {span.end - 1, span.end}});
    }
    if (first) put_first(std::move(*first));
    put_further();
    readings.meant = std::move(*mended_);
    readings.as_written = std::move(literal_);
    return readings;
  }

 private:
  const Document& text() const { return closed_quote_ ? *closed_quote_ : literal_.document(0); }
  const Config& best() const { return mended_ ? *mended_ : literal_; }

  /// Reads on with a `}` before each of the tokens, if that leaves less to complain of.
  bool close(std::span<const std::uint32_t> tokens) {
    std::vector<Mend> mends = glued_;
    for (const std::uint32_t token : tokens) mends.push_back({token, Mend::Kind::close_before});
    std::stable_sort(mends.begin(), mends.end(), [](const Mend& a, const Mend& b) { return a.token < b.token; });
    Config closed = resolve_detail::resolve_mended(Document(text()), options_, std::move(mends));
    const std::size_t left = best().refusals().size();
    const bool settled = !best().implicitly_closed().empty() && closed.implicitly_closed().empty() && closed.refusals().size() == left;
    if (!settled && closed.refusals().size() >= left) return false;
    mended_ = std::move(closed);
    return true;
  }

  /// CoreDNS's own words, at the place of the cause.
  std::optional<Problem> first_refusal() const {
    if (literal_.refusals().empty()) return {};
    Problem first = literal_.refusals().front();
    if (quote_ != nullptr && first.kind == ProblemKind::unclosed_brace) {
      first.kind = ProblemKind::unclosed_quote;
      first.place = {0, quote_->span};
    } else if (unclosed_ && about_braces(first)) {
      first.kind = ProblemKind::unclosed_brace;
      first.place = {0, unclosed_->span};
    }
    return first;
  }

  void put_first(Problem first) {
    std::vector<Problem>& all = detail::ConfigAccess::data(*mended_).refusals;
    if (!all.empty() && all.front().kind == first.kind && all.front().place == first.place) {
      all.front() = std::move(first);
    } else if (first.kind != ProblemKind::stray_brace || glued_.empty()) {
      all.insert(all.begin(), std::move(first));
    }
  }

  /// Once the first one is mended, CoreDNS says the same of the next.
  void put_further() {
    std::vector<Problem>& all = detail::ConfigAccess::data(*mended_).refusals;
    if (all.empty() || all.front().kind != ProblemKind::unclosed_brace) return;
    for (Problem& refusal : further_) refusal.message = refusal.says = all.front().says;
    all.insert(all.begin() + 1, further_.begin(), further_.end());
  }

  const ResolveOptions& options_;
  Config literal_;
  const Fault* quote_;
  std::vector<Mend> glued_;
  std::optional<Document> closed_quote_;
  std::optional<Config> mended_;
  std::optional<Fault> unclosed_;
  std::vector<Problem> further_;  ///< for further braces that are never closed
};

/// At the end of a file the parser complains of nothing where a plugin's `}` closes the server block as well.
void note_implicit_close(Readings& readings) {
  constexpr ProblemKinds told{ProblemKind::unclosed_brace, ProblemKind::unclosed_quote};
  const auto is_told = [&](const Problem& problem) { return told.has(problem.kind); };
  const Config& meant = readings.meant;
  if (readings.literal().implicitly_closed().empty() || std::any_of(meant.refusals().begin(), meant.refusals().end(), is_told)) return;
  if (const auto fault = syntax::find_unclosed(meant.document(0))) {
    detail::ConfigAccess::data(readings.meant).remarks.push_back({ProblemKind::implicitly_closed, {0, fault->span}, {}});
  }
}

Readings read(Document&& root, const ResolveOptions& options) {
  const bool once = hopeless(root);
  std::vector<Mend> glued = once ? std::vector<Mend>{} : recover_detail::glued_braces(root);
  const bool swallowed = find(root, FaultKind::unclosed_quote) != nullptr;
  Readings readings{resolve_detail::resolve_mended(std::move(root), options, {})};
  const Config& literal = readings.meant;
  const bool sound =
      literal.implicitly_closed().empty() && std::none_of(literal.refusals().begin(), literal.refusals().end(), about_braces);
  if (!once && (!glued.empty() || swallowed || !sound)) {
    Recovery recovery(std::move(readings.meant), std::move(glued), options);
    recovery.close_braces();
    readings = std::move(recovery).finish();
  }
  return readings;
}

}  // namespace

Readings recover(Document root, const ResolveOptions& options) {
  Readings readings = read(std::move(root), options);
  note_implicit_close(readings);
  return readings;
}

}  // namespace corefile
