// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <corefile/corefile.hpp>

#include "pathological.hpp"

namespace {

struct Spent {
  double parse = 0, resolve = 0, check = 0;  // seconds
  std::size_t faults = 0, refusals = 0, findings = 0;
};

/// Of the processor, so that other processes do not count.
double now() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
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
    const double start = now();
    corefile::Options options;
    options.kind = corefile::InputKind::corefile;
    spent.findings = corefile::check(source, options).diagnostics.size();
    spent.check = now() - start;
  } else {
    double start = now();
    corefile::Document document = corefile::parse(source);
    spent.parse = now() - start;
    spent.faults = document.faults().size();
    start = now();
    spent.refusals = corefile::recover(std::move(document)).meant.refusals().size();
    spent.resolve = now() - start;
  }
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  const double used = static_cast<double>(after.ru_maxrss - before.ru_maxrss) * 1024;
  fmt::print("{:<28} {:>9} {:>8.3f} {:>8.3f} {:>8.3f} {:>7.1f} {:>8} {:>8} {:>8}\n", text.name, size, spent.parse, spent.resolve,
             spent.check, used / static_cast<double>(size), spent.faults, spent.refusals, spent.findings);
}

}  // namespace

/// pathological [check [NAME]]: time and memory that each text costs, in parse and resolve, or in a whole check.
int main(int argc, char** argv) {
  const bool whole = argc > 1 && std::string_view(argv[1]) == "check";
  fmt::print("{:<28} {:>9} {:>8} {:>8} {:>8} {:>7} {:>8} {:>8} {:>8}\n", "text", "bytes", "parse s", "resolve", "check s", "mem/B",
             "faults", "refusals", "findings");
  int failed = 0;
  for (const pathological::Text& text : pathological::texts()) {
    if (argc > 2 && text.name != argv[2]) continue;
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
