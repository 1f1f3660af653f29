// SPDX-License-Identifier: Apache-2.0
#include "pool.hpp"

#include <sys/resource.h>

#include <utility>

namespace corefile::webhook {

/// One piece of work on one thread; destroyed without `done`, the thread is ending.
class Pool::Shift {
 public:
  Shift(Pool& pool, Work& work) : pool_(pool), work_(work) {}
  Shift(const Shift&) = delete;
  Shift& operator=(const Shift&) = delete;
  ~Shift() {
    {
      const std::lock_guard lock(pool_.lock_);
      --pool_.working_;
    }
    if (done_) return;
    pool_.died_();
    if (++work_.deaths > 1) {
      work_.lost();
    } else {
      const std::lock_guard lock(pool_.lock_);
      pool_.waiting_.push_front(std::move(work_));
    }
    pool_.start();
  }
  void done() noexcept { done_ = true; }

 private:
  Pool& pool_;
  Work& work_;
  bool done_ = false;
};

Pool::Pool(std::size_t threads, std::size_t queue, int niceness, std::function<void()> died)
    : queue_(queue), niceness_(niceness), died_(std::move(died)) {
  for (std::size_t i = 0; i < threads; ++i) start();
}

Pool::~Pool() {
  {
    const std::lock_guard lock(lock_);
    ending_ = true;
  }
  more_.notify_all();
  // A thread that ends early starts another, which is then behind it in the list.
  for (std::size_t i = 0;; ++i) {
    std::thread thread;
    {
      const std::lock_guard lock(lock_);
      if (i == threads_.size()) return;
      thread = std::move(threads_[i]);
    }
    thread.join();
  }
}

bool Pool::submit(Work work) {
  {
    const std::lock_guard lock(lock_);
    if (waiting_.size() >= queue_) return false;
    waiting_.push_back(std::move(work));
  }
  more_.notify_one();
  return true;
}

bool Pool::at_rest() {
  const std::lock_guard lock(lock_);
  return waiting_.empty() && working_ == 0;
}

void Pool::start() {
  const std::lock_guard lock(lock_);
  threads_.emplace_back([this] { loop(); });
}

void Pool::loop() {
  // Of this thread alone, on Linux.
  if (niceness_ != 0) ::setpriority(PRIO_PROCESS, 0, niceness_);
  for (;;) {
    Work work;
    {
      std::unique_lock lock(lock_);
      more_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
      ++working_;
    }
    Shift shift(*this, work);
    work.run();
    shift.done();
  }
}

}  // namespace corefile::webhook
