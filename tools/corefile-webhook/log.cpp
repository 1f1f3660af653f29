// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <corefile/render.hpp>
#include <ctime>
#include <nlohmann/json.hpp>

namespace corefile::webhook {
namespace {

// One write for all lines of so short a time: waking the thread for each would cost as much as the reviews.
constexpr std::chrono::milliseconds gathering{10};
constexpr std::chrono::milliseconds glance{100};    // between two looks whether the end has come
constexpr std::chrono::milliseconds farewell{500};  // for a reader who does not read, in the end

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

Log::~Log() { end(); }

void Log::end() {
  {
    const std::lock_guard lock(lock_);
    ending_ = true;
  }
  more_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Log::line(std::string json) {
  json.replace(0, 1, "{\"time\":\"" + now() + "\",");
  json += '\n';
  bool first = false;
  {
    const std::lock_guard lock(lock_);
    if (size_ + json.size() > most) {
      ++metrics_.log_lines_dropped;
      return;
    }
    size_ += json.size();
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
    size_ = 0;
    lock.unlock();
    std::string text;
    for (const std::string& line : lines) text += line;
    const std::size_t written = put(text);
    metrics_.log_lines_dropped += std::count(text.begin() + static_cast<std::ptrdiff_t>(written), text.end(), '\n');
    lock.lock();
  }
}

// How many bytes of it were taken. No write may wait: a pipe that can be written to takes as much as is written at once here.
std::size_t Log::put(std::string_view text) {
  std::size_t done = 0;
  std::chrono::milliseconds waited{0};
  while (done < text.size()) {
    pollfd one{descriptor_, POLLOUT, 0};
    if (const int ready = ::poll(&one, 1, static_cast<int>(glance.count())); ready <= 0) {
      waited += glance;
      if (ending() && waited >= farewell) break;
      continue;
    }
    const ssize_t written = ::write(descriptor_, text.data() + done, std::min<std::size_t>(text.size() - done, PIPE_BUF));
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written < 0) break;
    done += static_cast<std::size_t>(written);
  }
  return done;
}

bool Log::ending() {
  const std::lock_guard lock(lock_);
  return ending_;
}

}  // namespace corefile::webhook
