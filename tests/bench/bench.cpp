// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <corefile/corefile.hpp>
#include <corefile/flow.hpp>
#include <corefile/rule.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

using Measured = void (*)(benchmark::State&, const std::string&);

// Each turn begins with the bytes alone, as the peer's does.
void parse(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(corefile::parse(corefile::Source("Corefile", text)));
}
void resolve(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(corefile::resolve(corefile::parse(corefile::Source("Corefile", text))));
}
void check(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(corefile::check(corefile::Source("Corefile", text)));
}

void trace(benchmark::State& state, const std::string& text) {
  const corefile::Config config = corefile::resolve(corefile::parse(corefile::Source("Corefile", text)));
  const corefile::Flow flow = corefile::flow(config, corefile::newest_release());
  corefile::Query query;
  query.name = "kubernetes.default.svc.cluster.local";
  for (auto _ : state) benchmark::DoNotOptimize(corefile::trace(flow, query, corefile::World()));
}

/// The five rules that a check of the file spends most time in, each measured as the only one of a catalogue.
void print_dearest(const std::filesystem::path& path) {
  constexpr int rounds = 3, turns = 2000;
  constexpr std::size_t told = 5;
  const corefile::Readings readings = corefile::recover(corefile::parse(corefile::Source("Corefile", read(path))));
  corefile::Context context;
  context.release = corefile::newest_release();
  const corefile::LoadVerdict verdict = corefile::load(readings.meant, context.release);
  context.load = context.literal_load = &verdict;
  // The least of a few rounds.
  const auto nanoseconds = [&](const corefile::Catalogue& catalogue) {
    using Clock = std::chrono::steady_clock;
    double least = 1e18;
    for (int round = 0; round < rounds; ++round) {
      const auto start = Clock::now();
      for (int turn = 0; turn < turns; ++turn) benchmark::DoNotOptimize(corefile::lint(readings, context, catalogue));
      least = std::min(least, std::chrono::duration<double, std::nano>(Clock::now() - start).count() / turns);
    }
    return least;
  };
  const double nothing = nanoseconds(corefile::Catalogue({}));
  std::vector<std::pair<double, std::string_view>> rules;
  for (const corefile::Catalogue::Entry& entry : corefile::Catalogue::builtin().entries()) {
    rules.emplace_back(nanoseconds(corefile::Catalogue({entry})) - nothing, entry.name);
  }
  std::sort(rules.rbegin(), rules.rend());
  for (std::size_t i = 0; i < std::min(told, rules.size()); ++i) {
    std::printf("%s %.0f\n", std::string(rules[i].second).c_str(), rules[i].first);
  }
}

}  // namespace

/// corefile_bench --dearest FILE: `RULE NANOSECONDS`, five lines.
/// corefile_bench [--benchmark_…] FILE…: `parse/NAME`, `resolve/NAME`, `check/NAME` and `trace/NAME` for each file.
int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--dearest") {
    print_dearest(argv[2]);
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path path(argv[i]);
    const std::string text = read(path);
    for (const auto& [name, measured] :
         {std::pair<const char*, Measured>{"parse", parse}, {"resolve", resolve}, {"check", check}, {"trace", trace}}) {
      benchmark::RegisterBenchmark((std::string(name) + '/' + path.filename().string()).c_str(), measured, text);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
