// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corefile::go {

struct TooDeep {};

/// One level of a recursion; throws TooDeep beyond `most`.
class Level {
 public:
  Level(int& depth, int most) : depth_(depth) {
    if (depth_ >= most) throw TooDeep{};
    ++depth_;
  }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --depth_; }

 private:
  int& depth_;
};

}  // namespace corefile::go
