// SPDX-License-Identifier: Apache-2.0
#include "parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace corefile::app {
namespace {

constexpr std::size_t pieces_a_thread = 64;  // some milliseconds of work
constexpr std::size_t told_every = 64;

}  // namespace

unsigned worthwhile_threads(std::size_t count) {
  if (count < 2 * pieces_a_thread) return 1;
  const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min(most, count / pieces_a_thread));
}

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& told) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failing;
  const auto run = [&](bool tells) {
    try {
      for (std::size_t index = next++; index < count; index = next++) {
        work(index);
        if (tells && told && index % told_every < threads) told(index + 1);
      }
    } catch (...) {
      const std::lock_guard lock(failing);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> helpers;
  helpers.reserve(threads);
  for (unsigned number = 1; number < threads && number < count; ++number) {
    try {
      helpers.emplace_back(run, false);
    } catch (const std::system_error&) {  // no more threads to be had: fewer do
      break;
    }
  }
  run(true);
  for (std::thread& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace corefile::app
