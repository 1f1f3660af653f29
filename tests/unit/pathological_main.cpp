// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <corefile/corefile.hpp>

#include "pathological.hpp"

namespace {

struct Spent {
  double parse = 0, resolve = 0, check = 0;  // seconds
  std::size_t faults = 0, refusals = 0, findings = 0;
};

double seconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

/// In a process of its own, so that the peak of memory is this text's.
void run(const pathological::Text& text, bool whole) {
  std::string bytes = text.make(text.size);
  const std::size_t size = bytes.size();
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  const corefile::Source source("Corefile", std::move(bytes));
  Spent spent;
  if (whole) {
    const auto start = std::chrono::steady_clock::now();
    corefile::Options options;
    options.kind = corefile::InputKind::corefile;
    spent.findings = corefile::check(source, options).diagnostics.size();
    spent.check = seconds(start);
  } else {
    auto start = std::chrono::steady_clock::now();
    corefile::Document document = corefile::parse(source);
    spent.parse = seconds(start);
    spent.faults = document.faults().size();
    start = std::chrono::steady_clock::now();
    spent.refusals = corefile::resolve(std::move(document)).refusals.size();
    spent.resolve = seconds(start);
  }
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  const double used = static_cast<double>(after.ru_maxrss - before.ru_maxrss) * 1024;
  fmt::print("{:<28} {:>9} {:>8.3f} {:>8.3f} {:>8.3f} {:>7.1f} {:>8} {:>8} {:>8}\n", text.name, size, spent.parse, spent.resolve,
             spent.check, used / static_cast<double>(size), spent.faults, spent.refusals, spent.findings);
}

}  // namespace

/// pathological [check]: time and memory that each text costs, in parse and resolve, or in a whole check.
int main(int argc, char**) {
  const bool whole = argc > 1;
  fmt::print("{:<28} {:>9} {:>8} {:>8} {:>8} {:>7} {:>8} {:>8} {:>8}\n", "text", "bytes", "parse s", "resolve", "check s", "mem/B",
             "faults", "refusals", "findings");
  int failed = 0;
  for (const pathological::Text& text : pathological::texts()) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      run(text, whole);
      std::fflush(stdout);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status == 0) continue;
    fmt::print("{:<28} ended with status {}\n", text.name, status);
    failed = 1;
  }
  return failed;
}
