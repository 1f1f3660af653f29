// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <corefile/render.hpp>
#include <ctime>
#include <nlohmann/json.hpp>

namespace corefile::webhook {
namespace {

// One write for all lines of so short a time: waking the thread for each would cost as much as the reviews.
constexpr std::chrono::milliseconds gathering{10};

std::string now() {
  const auto time = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count() % 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char date[32];
  const std::size_t size = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  const std::string fraction = std::to_string(1000 + millis);
  return std::string(date, size) + '.' + fraction.substr(1) + 'Z';
}

}  // namespace

Log::Log(int descriptor, Metrics& metrics) : descriptor_(descriptor), metrics_(metrics), thread_([this] { write(); }) {}

Log::~Log() {
  {
    const std::lock_guard lock(lock_);
    ending_ = true;
  }
  more_.notify_one();
  thread_.join();
}

void Log::line(std::string json) {
  json.replace(0, 1, "{\"time\":\"" + now() + "\",");
  json += '\n';
  bool first = false;
  {
    const std::lock_guard lock(lock_);
    if (lines_.size() >= most) {
      ++metrics_.log_lines_dropped;
      return;
    }
    first = lines_.empty();
    lines_.push_back(std::move(json));
  }
  if (first) more_.notify_one();
}

void Log::event(std::string_view level, std::string_view message, std::initializer_list<std::pair<std::string_view, std::string>> fields) {
  nlohmann::ordered_json json{{"level", level}, {"msg", message}};
  for (const auto& [key, value] : fields) json[std::string(key)] = visible(value);
  line(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void Log::write() {
  std::unique_lock lock(lock_);
  for (;;) {
    more_.wait(lock, [this] { return ending_ || !lines_.empty(); });
    more_.wait_for(lock, gathering, [this] { return ending_; });
    if (lines_.empty()) return;
    std::deque<std::string> lines;
    lines.swap(lines_);
    lock.unlock();
    std::string text;
    for (const std::string& line : lines) text += line;
    for (std::string_view rest = text; !rest.empty();) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) break;
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    lock.lock();
  }
}

}  // namespace corefile::webhook
