// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/stanzas.hpp"

namespace corefile::rules::cache_memory {
namespace {

// Growth of the process per entry while filling, the garbage collector's doubling included. Measured: 890 bytes (success) and
// 1020 (denial) in 1.15.0, 893 in 1.11.3, 714 in 1.8.6.
constexpr std::int64_t entry_bytes = 1000;
constexpr std::int64_t old_entry_bytes = 720;
constexpr Release larger_entries{1, 9, 0};
constexpr std::int64_t pod_limit = 170;     // MiB: kubeadm's, and that of most distributions
constexpr std::int64_t base = 20;           // MB that CoreDNS takes without any entry
constexpr std::int64_t worth_saying = 100;  // MB
constexpr std::int64_t usual_entries = 9984;
constexpr std::int64_t megabyte = 1'000'000;

bool in_pod(Role role) { return role != Role::standalone; }

const Word* larger(const Word* word, const CacheStore& store, std::int64_t& most) {
  if (store.capacity_word == nullptr || store.entries() <= most) return word;
  most = store.entries();
  return store.capacity_word;
}

void check(const Config& config, const Context& context, Report& report) {
  std::int64_t entries = 0;
  std::int64_t most = usual_entries;
  const Word* word = nullptr;
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::cache)) continue;
    const CacheSettings& settings = context.stanzas->cache(directive);
    entries += settings.success.entries() + settings.denial.entries();
    word = larger(larger(word, settings.success, most), settings.denial, most);
  }
  if (word == nullptr) return;
  const std::int64_t megabytes = entries / megabyte * (context.release < larger_entries ? old_entry_bytes : entry_bytes) +
                                 entries % megabyte * (context.release < larger_entries ? old_entry_bytes : entry_bytes) / megabyte;
  if (megabytes < worth_saying) return;

  const bool killed = in_pod(context.role) && megabytes + base > pod_limit * 1024 * 1024 / megabyte;
  Diagnostic& found = report.at(*word, "full caches take about " + std::to_string(megabytes) + " MB");
  found.severity = killed ? Severity::warning : Severity::info;
  found.label = std::to_string(most) + " entries";
  found.notes.push_back("the caches of this file hold " + std::to_string(entries) +
                        " entries together; each takes up to 1 KB while they fill, beside " + std::to_string(base) +
                        " MB for CoreDNS itself");
  if (killed)
    found.notes.push_back("kubeadm gives the pod " + std::to_string(pod_limit) +
                          " MiB; past its limit the pod is killed (OOMKilled) and begins with an empty cache");
  found.help = in_pod(context.role)
                   ? "lower the capacity, or give the Deployment a memory limit above " + std::to_string(megabytes + base) + " MB"
                   : "check that the machine has that much to spare";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"success", "denial"}, .severity = Severity::info};

}  // namespace corefile::rules::cache_memory
