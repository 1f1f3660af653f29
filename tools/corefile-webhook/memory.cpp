// SPDX-License-Identifier: Apache-2.0
#include "memory.hpp"

#include <utility>

namespace corefile::webhook {

BodyMemory::Share::Share(BodyMemory& memory, std::function<void()> leave, std::function<void()> retry)
    : memory_(memory), leave_(std::move(leave)), retry_(std::move(retry)) {
  const std::lock_guard lock(memory_.lock_);
  number_ = memory_.shares_++;
  memory_.coming_.emplace(number_, this);
}

BodyMemory::Share::~Share() {
  const std::lock_guard lock(memory_.lock_);
  memory_.coming_.erase(number_);
  std::erase(memory_.waiting_, this);
  memory_.held_ -= size_;
  if (asked_) memory_.leaving_ -= size_;
  memory_.used_ = static_cast<std::int64_t>(memory_.held_);
  if (size_ == 0) return;
  for (const Share* share : memory_.waiting_) share->retry_();
}

bool BodyMemory::Share::grow(std::size_t size) {
  if (size <= size_) return true;
  const std::lock_guard lock(memory_.lock_);
  std::erase(memory_.waiting_, this);
  const std::size_t more = size - size_;
  if (memory_.held_ + more > memory_.most_) {
    memory_.make_room(*this, more);
    memory_.waiting_.push_back(this);
    return false;
  }
  size_ = size;
  memory_.held_ += more;
  if (asked_) memory_.leaving_ += more;
  memory_.used_ = static_cast<std::int64_t>(memory_.held_);
  return true;
}

void BodyMemory::Share::settle() {
  const std::lock_guard lock(memory_.lock_);
  memory_.coming_.erase(number_);
  if (asked_) memory_.leaving_ -= size_;
  asked_ = false;
}

bool BodyMemory::Share::asked() const {
  const std::lock_guard lock(memory_.lock_);
  return asked_;
}

void BodyMemory::make_room(const Share& wanting, std::size_t size) {
  const auto now = std::chrono::steady_clock::now();
  for (auto at = coming_.begin(); at != coming_.end() && held_ - leaving_ + size > most_;) {
    Share& oldest = *at->second;
    if (now - oldest.begun_ < stalled_) return;
    if (&oldest == &wanting || oldest.size_ == 0) {
      ++at;
      continue;
    }
    at = coming_.erase(at);
    oldest.asked_ = true;
    leaving_ += oldest.size_;
    oldest.leave_();
  }
}

}  // namespace corefile::webhook
