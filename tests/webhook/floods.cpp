// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

#include "child.hpp"
#include "client.hpp"
#include "load.hpp"

/// How long honest reviews take while others ask for what is dear, on as many connections as they like.
namespace webhook_test {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr int attackers = 8;

std::string repeated(int count, const std::function<std::string(int)>& one) {
  std::string text;
  for (int i = 0; i < count; ++i) text += one(i);
  return text;
}
std::string repeated(int count, std::string_view one) {
  return repeated(count, [one](int) { return std::string(one); });
}

std::string dear_patterns(int count) {
  return repeated(count, [](int i) { return fmt::format("    rewrite name regex \\pL{{1,300}}{} x\n", i); });
}
std::string server(std::string_view lines) { return fmt::format(".:53 {{\n    errors\n{}    forwardd . /etc/resolv.conf\n}}\n", lines); }
// Finds something whose example is looked for by following queries.
std::string followed(std::string_view lines) {
  return fmt::format(".:53 {{\n{}    hosts {{\n        10.0.0.1 a.example.org\n    }}\n    forward . 192.0.2.53\n}}\n", lines);
}
std::string templates(int count) {
  return repeated(count, [](int i) {
    return fmt::format(
        "    template IN A z{} {{\n        match ^(.*)[.]a{}[.]$\n        answer \"{{{{ .Name }}}} 60 IN A 192.0.2.1\"\n    }}\n", i, i);
  });
}

std::string with_managed_fields(std::string_view corefile, std::string_view fields) {
  std::string review = review_of("flood", corefile);
  return review.insert(review.find("\"metadata\":{") + 12, fmt::format("\"managedFields\":[{}],", fields));
}
// As Go writes `<`.
std::string escaped(std::string_view review) {
  std::string out;
  for (const char c : review) out += c == '<' ? "\\u003c" : std::string(1, c);
  return out;
}

struct Flood {
  std::string_view name;
  std::string request{};  // of those who ask again and again; empty: nobody does
  std::string begun{};    // of those who send this, and nothing more
  int stalled = 0;
};

std::vector<Flood> floods() {
  const std::string bad = server("");
  const auto ask = [](std::string_view corefile) { return post(review_of("flood", corefile)); };
  const std::string head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  return {
      {"nobody", {}},
      {"36 patterns that are dear to compile", ask(server(dear_patterns(36)))},
      {"250 of them", ask(server(dear_patterns(250)))},
      {"250 of them on a way that is followed", ask(followed(dear_patterns(250)))},
      {"templates that are compared", ask(followed(templates(64)))},
      {"managedFields nested 250 deep", post(with_managed_fields(bad, repeated(250, "{\"a\":") + "1" + repeated(250, "}")))},
      {"managedFields nested 100,000 deep", post(with_managed_fields(bad, repeated(100'000, "{\"a\":") + "1" + repeated(100'000, "}")))},
      {"524,000 `<`, six bytes each", post(escaped(review_of("flood", "# " + std::string(524'000, '<') + "\n" + bad)))},
      {"managedFields of 18 MB of them", post(escaped(with_managed_fields(bad, "\"" + std::string(3U << 20U, '<') + "\"")))},
      {"490,000 lines of `}`", ask(repeated(490'000, "}\n"))},
      {"80,000 words in a megabyte", ask(server(repeated(20'000, "    log a.example.org b.example.org c.example.org\n")))},
      {"21 that announce 3 MiB", {}, head + "Content-Length: 3145728\r\n\r\n{", 21},
      {"400 that announce 40 MiB", {}, head + "Content-Length: 41943040\r\n\r\n{", 400}};
}

/// Asks at a fixed rate. A review's time counts from when it was due, so that one that is late makes the next ones late.
class Honest {
 public:
  Honest(std::uint16_t port, const std::string& corefile, double rate, Seconds time)
      : thread_([=, this] { ask(port, corefile, rate, time); }) {}
  Honest(const Honest&) = delete;
  Honest& operator=(const Honest&) = delete;
  ~Honest() { thread_.join(); }
  std::string result() {
    thread_.join();
    thread_ = std::thread([] {});
    std::sort(times_.begin(), times_.end());
    if (wrong_ || times_.empty()) return "  not answered";
    return fmt::format("{:8.1f} {:8.1f}", at(0.5), at(0.99));
  }

 private:
  double at(double part) const { return 1000 * times_[static_cast<std::size_t>(part * static_cast<double>(times_.size() - 1))]; }
  void ask(std::uint16_t port, const std::string& corefile, double rate, Seconds time) {
    const std::string review = review_of("honest", corefile);
    const std::string request = post(review), answer = answer_to(review);
    Connection connection(port, client_context());
    const Clock::time_point begin = Clock::now();
    for (int i = 0; i < time.count() * rate; ++i) {
      const Clock::time_point due = begin + std::chrono::duration_cast<Clock::duration>(Seconds(i / rate));
      std::this_thread::sleep_until(due);
      const std::optional<Reply> reply = connection.ask(request);
      wrong_ = wrong_ || !reply || reply->body != answer;
      if (wrong_) return;
      times_.push_back(Seconds(Clock::now() - due).count());
    }
  }

  std::vector<double> times_;
  bool wrong_ = false;
  std::thread thread_;
};

/// Those who ask for what is dear, until they are told to stop.
class Attack {
 public:
  Attack(std::uint16_t port, const Flood& flood) {
    for (int i = 0; i < flood.stalled; ++i) {
      stalled_.emplace_back(port, context_);
      stalled_.back().send(flood.begun);
    }
    for (int i = 0; i < attackers && !flood.request.empty(); ++i) {
      threads_.emplace_back([this, port, &flood] {
        while (!stopping_) {
          Connection connection(port, context_);
          while (!stopping_ && connection.connected() && connection.ask(flood.request)) ++asked;
        }
      });
    }
    while (asked < static_cast<std::uint64_t>(threads_.size())) std::this_thread::yield();
  }
  Attack(const Attack&) = delete;
  Attack& operator=(const Attack&) = delete;
  ~Attack() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  std::atomic<std::uint64_t> asked{0};

 private:
  const std::shared_ptr<SSL_CTX> context_ = client_context();
  std::atomic<bool> stopping_{false};
  std::vector<Connection> stalled_;
  std::vector<std::thread> threads_;
};

void measure(const std::string& program, const Flood& flood, Seconds time) {
  const Folder folder;
  write_key(make_key(1), folder.path);
  const Child child(program, {"--tls-cert", folder.path + "/tls.crt", "--tls-key", folder.path + "/tls.key"});
  const std::string small = server("").replace(server("").find("forwardd"), 8, "forward");
  const std::string large = repeated(500, [](int i) { return fmt::format("z{}.example:53 {{\n    forward . 192.0.2.53\n}}\n", i); });
  Attack attack(child.port(), flood);
  const std::uint64_t before = attack.asked;
  Honest ordinary(child.port(), small, 100, time);
  Honest heavy(child.port(), large, 5, time);
  const std::string first = ordinary.result(), second = heavy.result();
  fmt::print("{:<40}{:>10.0f} {} {} {:8.0f}\n", flood.name, static_cast<double>(attack.asked - before) / time.count(), first, second,
             child.peak_memory());
  std::fflush(stdout);
}

}  // namespace
}  // namespace webhook_test

/// webhook_floods PROGRAM SECONDS [WORD]: of each flood, or those whose names have the word, a line.
int main(int argc, char** argv) {
  using namespace webhook_test;
  if (argc < 3) return 2;
  std::signal(SIGPIPE, SIG_IGN);
  fmt::print("{:<40}{:>10} {:>17} {:>17} {:>8}\n{:<40}{:>10} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "", "floods", "small, ms", "19 KB, ms",
             "peak", "beside", "a second", "p50", "p99", "p50", "p99", "MiB");
  for (const Flood& flood : floods()) {
    if (argc < 4 || flood.name.find(argv[3]) != std::string_view::npos) measure(argv[1], flood, Seconds(std::atof(argv[2])));
  }
  return 0;
}
