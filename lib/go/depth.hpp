// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corefile::go {

/// One level of a recursion.
class Level {
 public:
  Level(int& depth, int most) : depth_(depth), fits_(depth < most) { ++depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --depth_; }

  /// Not beyond `most`.
  bool fits() const noexcept { return fits_; }

 private:
  int& depth_;
  bool fits_;
};

}  // namespace corefile::go
