// SPDX-License-Identifier: Apache-2.0
#include "metrics.hpp"

#include <algorithm>
#include <corefile/render.hpp>
#include <cstdio>
#include <iterator>

namespace corefile::webhook {
namespace {

constexpr std::array<std::string_view, 8> rejection_names{"handshake", "timeout",     "crowded",   "queue_full",
                                                          "memory",    "bad_request", "too_large", "other_path"};
constexpr std::array<std::string_view, 2> reload_names{"certificate", "settings"};
constexpr std::string_view prefix = "corefile_webhook_";

class Writer {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = std::string(prefix) + std::string(name);
    out_ += "# HELP " + name_ + ' ' + std::string(help) + "\n# TYPE " + name_ + ' ' + std::string(type) + '\n';
  }
  template <typename Number>
  void sample(std::string_view labels, Number value, std::string_view suffix = {}) {
    out_ += name_;
    out_ += suffix;
    if (!labels.empty()) out_ += '{' + std::string(labels) + '}';
    out_ += ' ' + std::to_string(value) + '\n';
  }
  std::string take() { return std::move(out_); }

 private:
  std::string name_, out_;
};

std::string label(std::string_view name, std::string_view value) { return std::string(name) + "=\"" + std::string(value) + '"'; }

}  // namespace

void Metrics::reviewed(const Record& record, std::chrono::nanoseconds time) {
  const auto operation = std::find(operations.begin(), operations.end() - 1, record.operation);
  ++reviews_[static_cast<std::size_t>(operation - operations.begin())][static_cast<std::size_t>(record.verdict)];
  const double seconds = std::chrono::duration<double>(time).count();
  const auto bound = std::find_if(bounds.begin(), bounds.end(), [seconds](const auto& b) { return seconds <= b.first; });
  ++times_[static_cast<std::size_t>(bound - bounds.begin())];
  if (record.override_left) ++overrides_left;
  time_sum_ += static_cast<std::uint64_t>(time.count());
  if (record.findings.empty()) return;
  const std::lock_guard lock(findings_lock_);
  for (const Finding& finding : record.findings) ++findings_[{finding.rule, finding.severity}];
}

void Metrics::answered(unsigned status) noexcept {
  const auto known = std::find(statuses.begin(), statuses.end(), status);
  if (known != statuses.end()) ++answers_[static_cast<std::size_t>(known - statuses.begin())];
}

std::string Metrics::text() const {
  Writer out;
  out.family("build_info", "gauge", "The version of this program.");
  out.sample(label("version", version()), 1);
  out.family("reviews_total", "counter", "Reviews by operation and verdict.");
  for (std::size_t o = 0; o < operations.size(); ++o) {
    for (std::size_t v = 0; v < reviews_[o].size(); ++v) {
      if (reviews_[o][v] == 0 && (operations[o] == "other" || v > static_cast<std::size_t>(Verdict::denied))) continue;
      out.sample(label("operation", operations[o]) + ',' + label("verdict", to_string(static_cast<Verdict>(v))), reviews_[o][v].load());
    }
  }
  out.family("findings_total", "counter", "Findings by rule and severity.");
  {
    const std::lock_guard lock(findings_lock_);
    for (const auto& [key, count] : findings_) {
      out.sample(label("rule", key.first) + ',' + label("severity", corefile::to_string(key.second)), count);
    }
  }
  out.family("review_duration_seconds", "histogram", "From the whole request to its answer.");
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < bounds.size(); ++i) out.sample(label("le", bounds[i].second), count += times_[i], "_bucket");
  count += times_.back();
  out.sample(label("le", "+Inf"), count, "_bucket");
  out.sample({}, static_cast<double>(time_sum_) / 1e9, "_sum");
  out.sample({}, count, "_count");
  out.family("requests_total", "counter", "Answers by HTTP status.");
  for (std::size_t i = 0; i < statuses.size(); ++i) out.sample(label("code", std::to_string(statuses[i])), answers_[i].load());
  out.family("rejected_connections_total", "counter", "Connections that were closed, or requests not taken, and why.");
  for (std::size_t i = 0; i < rejections_.size(); ++i) out.sample(label("reason", rejection_names[i]), rejections_[i].load());
  out.family("reloads_total", "counter", "Files that changed and were read again.");
  for (std::size_t i = 0; i < reloads_.size(); ++i) {
    out.sample(label("what", reload_names[i]) + ',' + label("result", "ok"), reloads_[i][0].load());
    out.sample(label("what", reload_names[i]) + ',' + label("result", "failed"), reloads_[i][1].load());
  }
  out.family("connections", "gauge", "Open connections.");
  out.sample({}, connections.load());
  out.family("in_flight", "gauge", "Reviews that are under way.");
  out.sample({}, in_flight.load());
  out.family("body_memory_bytes", "gauge", "What the bodies of large reviews hold.");
  out.sample({}, body_memory.load());
  out.family("unfinished_reviews_total", "counter", "Reviews whose time was up, and to which the policy gave the answer.");
  out.sample({}, given_up.load());
  out.family("overrides_left_total", "counter", "Changes of ConfigMaps that still had the override of an earlier change.");
  out.sample({}, overrides_left.load());
  out.family("abandoned_reviews_total", "counter", "Reviews whose client did not wait for the answer.");
  out.sample({}, forsaken.load());
  out.family("worker_deaths_total", "counter", "Threads that ended in the middle of a review; another took it over.");
  out.sample({}, deaths_.load());
  out.family("log_lines_dropped_total", "counter", "Lines that were not logged because standard error did not take them.");
  out.sample({}, log_lines_dropped.load());
  out.family("certificate_expiry_timestamp_seconds", "gauge", "When the serving certificate expires.");
  out.sample({}, expires_.load());
  return out.take();
}

}  // namespace corefile::webhook
