// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace corefile::webhook {

/// The memory that bodies of reviews may hold, of the connections of all threads. Where there is none left, the body that has been
/// coming for longest goes, on whichever thread; whoever wants memory waits until there is some.
class BodyMemory {
 public:
  /// `used`: shows how much is held, in bytes. `stalled`: a body that has come for less is left alone.
  BodyMemory(std::size_t most, std::chrono::milliseconds stalled, std::atomic<std::int64_t>& used)
      : most_(most), stalled_(stalled), used_(used) {}
  BodyMemory(const BodyMemory&) = delete;
  BodyMemory& operator=(const BodyMemory&) = delete;
  ~BodyMemory() = default;

  /// What one body holds; its end gives it back.
  class Share {
   public:
    /// Both are called on any thread, and must do no more than post. `leave`: this body is to go, if `asked()` still says so.
    /// `retry`: there may now be what `grow` did not get; that is not said while all other bodies are younger than `stalled`.
    Share(BodyMemory& memory, std::function<void()> leave, std::function<void()> retry);
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share();

    /// Whether it now holds as many bytes.
    bool grow(std::size_t size);
    /// The body is whole: it stays.
    void settle();
    bool asked() const;

   private:
    friend class BodyMemory;
    BodyMemory& memory_;
    const std::function<void()> leave_, retry_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::uint64_t number_ = 0;
    std::size_t size_ = 0;
    bool asked_ = false;
  };

 private:
  void make_room(const Share& wanting, std::size_t size);

  const std::size_t most_;
  const std::chrono::milliseconds stalled_;
  std::atomic<std::int64_t>& used_;
  mutable std::mutex lock_;
  std::size_t held_ = 0, leaving_ = 0;  // of what is held, by bodies that are asked to go
  std::uint64_t shares_ = 0;
  std::map<std::uint64_t, Share*> coming_;  // that may be asked to go, the oldest first
  std::vector<Share*> waiting_;
};

}  // namespace corefile::webhook
