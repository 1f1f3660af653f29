// SPDX-License-Identifier: Apache-2.0
#include <corefile/fix.hpp>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "fix/choose.hpp"
#include "fix/health.hpp"

namespace corefile {
namespace {

using fixing::Health;
/// Where fixes do harm together, so many are tried alone.
constexpr std::size_t max_alone = 100;

using Texts = std::map<std::string, std::string, std::less<>>;  // of imported files, by name

/// Files as they are once they are fixed.
class EditedFiles final : public Files {
 public:
  EditedFiles(const Files* files, const Texts& edited) : files_(files), edited_(edited) {}
  Content read(const std::string& path) const override {
    const auto found = edited_.find(path);
    return found != edited_.end() ? Content{Status::ok, found->second} : files_->read(path);
  }
  std::vector<std::string> list(const std::string& folder) const override { return files_->list(folder); }
  bool authoritative(const std::string& path) const override { return files_->authoritative(path); }

 private:
  const Files* files_;
  const Texts& edited_;
};

struct State {
  Source input;
  Texts imported;  // those with fixes
  Analysis analysis{};
  Health health{};
};

/// A fix and the source that it changes.
struct Chosen {
  std::uint32_t source;
  const Fix* fix;
};

class Rounds {
 public:
  Rounds(std::span<const Source> cluster, std::size_t index, const Options& options, Safety at_least, const Catalogue& catalogue)
      : cluster_(cluster.begin(), cluster.end()),
        index_(index),
        options_(options),
        at_least_(at_least),
        catalogue_(catalogue),
        now_{cluster[index], {}} {
    examine(now_, std::numeric_limits<std::uint32_t>::max());
  }

  Fixed run() {
    const Source before = now_.input;
    for (int round = 0; round < max_rounds; ++round) {
      if (!step(choose())) break;
    }
    Fixed fixed;
    if (now_.input.text() != before.text())
      fixed.files.push_back({before.name(), std::string(before.text()), std::string(now_.input.text()), applied_[""]});
    for (auto& [name, text] : now_.imported) fixed.files.push_back({name, options_.files->read(name).text, text, applied_[name]});
    if (now_.analysis.diagnostics.size() > options_.max_findings) examine(now_, options_.max_findings);
    fixed.analysis = std::move(now_.analysis);
    return fixed;
  }

 private:
  void examine(State& state, std::uint32_t max_findings) const {
    const EditedFiles files(options_.files, state.imported);
    Options options = options_;
    if (options.files != nullptr) options.files = &files;
    options.max_findings = max_findings;
    std::vector<Source> cluster = cluster_;
    cluster[index_] = state.input;
    state.analysis = std::move(check(cluster, options, catalogue_)[index_]);
    state.health = fixing::health(state.input, options);
  }

  /// A source that is a file as an import has read it.
  bool is_imported(const Source& source) const {
    if (options_.files == nullptr) return false;
    const Files::Content content = EditedFiles(options_.files, now_.imported).read(source.name());
    return content.status == Files::Status::ok && content.text == source.text();
  }

  std::vector<Chosen> choose() const {
    std::vector<Chosen> all;
    for (std::uint32_t i = 0; i < now_.analysis.sources.size(); ++i) {
      const std::vector<const Fix*> fixes = fixing::choose(now_.analysis.diagnostics, at_least_, i);
      if (fixes.empty() || (i != 0 && !is_imported(now_.analysis.sources[i]))) continue;
      for (const Fix* fix : fixes) all.push_back({i, fix});
    }
    return all;
  }

  /// The texts with these fixes, if nothing gets worse.
  std::optional<State> attempt(const std::vector<Chosen>& chosen) const {
    State next{now_.input, now_.imported};
    for (std::uint32_t i = 0; i < now_.analysis.sources.size(); ++i) {
      std::vector<Edit> edits;
      for (const Chosen& one : chosen) {
        if (one.source == i) edits.insert(edits.end(), one.fix->edits.begin(), one.fix->edits.end());
      }
      if (edits.empty()) continue;
      const Source& source = now_.analysis.sources[i];
      std::string text = apply_edits(source.text(), edits);
      if (text.size() > Source::max_size) return {};
      if (i == 0) {
        next.input = Source(source.name(), std::move(text));
      } else {
        next.imported[source.name()] = std::move(text);
      }
    }
    if (next.input.text() == now_.input.text() && next.imported == now_.imported) return {};
    const EditedFiles files(options_.files, next.imported);
    Options options = options_;
    if (options.files != nullptr) options.files = &files;
    next.health = fixing::health(next.input, options);
    if (fixing::is_worse(next.health, now_.health)) return {};
    return next;
  }

  /// All of them, or else those that do no harm. False if nothing changes.
  bool step(const std::vector<Chosen>& chosen) {
    if (chosen.empty()) return false;
    std::vector<Chosen> good = chosen;
    std::optional<State> next = attempt(good);
    if (!next && chosen.size() > 1) {
      good.clear();
      for (std::size_t i = 0; i < chosen.size() && i < max_alone; ++i) {
        if (attempt({chosen[i]})) good.push_back(chosen[i]);
      }
      if (good.empty()) return false;
      next = attempt(good);
      if (!next) {
        good.resize(1);
        next = attempt(good);
      }
    }
    if (!next) return false;
    for (const Chosen& one : good) ++applied_[one.source == 0 ? std::string() : now_.analysis.sources[one.source].name()];
    examine(*next, std::numeric_limits<std::uint32_t>::max());
    now_ = std::move(*next);
    return true;
  }

  std::vector<Source> cluster_;
  std::size_t index_;
  const Options& options_;
  Safety at_least_;
  const Catalogue& catalogue_;
  State now_;
  std::map<std::string, std::uint32_t, std::less<>> applied_;  // by imported file; empty: the input
};

}  // namespace

Fixed fix(const Source& input, const Options& options, Safety at_least, const Catalogue& catalogue) {
  return Rounds({&input, 1}, 0, options, at_least, catalogue).run();
}

Fixed fix(std::span<const Source> cluster, std::size_t index, const Options& options, Safety at_least, const Catalogue& catalogue) {
  return Rounds(cluster, index, options, at_least, catalogue).run();
}

}  // namespace corefile
