// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <corefile/corefile.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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

}  // namespace

/// corefile_bench [--benchmark_…] FILE…: `parse/NAME`, `resolve/NAME` and `check/NAME` for each file.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path path(argv[i]);
    const std::string text = read(path);
    for (const auto& [name, measured] : {std::pair<const char*, Measured>{"parse", parse}, {"resolve", resolve}, {"check", check}}) {
      benchmark::RegisterBenchmark((std::string(name) + '/' + path.filename().string()).c_str(), measured, text);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
