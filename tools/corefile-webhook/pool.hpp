// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace corefile::webhook {

/// Threads for work that takes long, and a queue of bounded length before them. A thread that ends in the middle of its
/// work is replaced, and the work done once more by another.
class Pool {
 public:
  struct Work {
    std::function<void()> run;   ///< must not throw
    std::function<void()> lost;  ///< instead of it, if a second thread has ended over it
    int deaths = 0;
  };

  /// `niceness`: how far other threads go before these.
  Pool(std::size_t threads, std::size_t queue, int niceness, std::function<void()> died);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Does what is queued, and ends.
  ~Pool();

  /// False: the queue is full.
  bool submit(Work work);
  bool at_rest();

 private:
  class Shift;
  void start();
  void loop();

  const std::size_t queue_;
  const int niceness_;
  const std::function<void()> died_;
  std::mutex lock_;
  std::condition_variable more_;
  std::deque<Work> waiting_;
  std::size_t working_ = 0;
  std::vector<std::thread> threads_;
  bool ending_ = false;
};

}  // namespace corefile::webhook
