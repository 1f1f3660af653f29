// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/fix.hpp>
#include <corefile/lint.hpp>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace corefile::app {

/// A file among those of its cluster, or alone.
class InCluster {
 public:
  InCluster(std::span<const Source> cluster, std::size_t index, const Catalogue& catalogue)
      : cluster_(cluster), index_(index), catalogue_(catalogue) {}

  const Source& source() const { return cluster_[index_]; }
  Analysis check(const Options& options) const { return std::move(corefile::check(cluster_, options, catalogue_)[index_]); }
  Analysis check(const Source& instead, const Options& options) const {
    std::vector<Source> other(cluster_.begin(), cluster_.end());
    other[index_] = instead;
    return InCluster(other, index_, catalogue_).check(options);
  }
  Fixed fix(const Options& options, Safety at_least) const { return corefile::fix(cluster_, index_, options, at_least, catalogue_); }

 private:
  std::span<const Source> cluster_;
  std::size_t index_;
  const Catalogue& catalogue_;
};

}  // namespace corefile::app
