// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "client.hpp"

/// Reviews of one Corefile over HTTPS with keep-alive, and how long their answers took.
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// As the API server writes it for `kubectl apply`.
std::string review_of(const std::string& corefile) {
  const nlohmann::ordered_json kind{{"group", ""}, {"version", "v1"}, {"kind", "ConfigMap"}};
  const nlohmann::ordered_json resource{{"group", ""}, {"version", "v1"}, {"resource", "configmaps"}};
  const nlohmann::ordered_json fields{{"f:data", {{".", nlohmann::json::object()}, {"f:Corefile", nlohmann::json::object()}}}};
  const nlohmann::ordered_json object{{"kind", "ConfigMap"},
                                      {"apiVersion", "v1"},
                                      {"metadata",
                                       {{"name", "coredns"},
                                        {"namespace", "kube-system"},
                                        {"uid", "6f1b1b0e-3f0f-4a35-a1bd-6e0b0c2a2d11"},
                                        {"creationTimestamp", "2026-01-01T00:00:00Z"},
                                        {"managedFields",
                                         {{{"manager", "kubeadm"},
                                           {"operation", "Update"},
                                           {"apiVersion", "v1"},
                                           {"time", "2026-01-01T00:00:00Z"},
                                           {"fieldsType", "FieldsV1"},
                                           {"fieldsV1", fields}}}}}},
                                      {"data", {{"Corefile", corefile}}}};
  return nlohmann::ordered_json{
      {"kind", "AdmissionReview"},
      {"apiVersion", "admission.k8s.io/v1"},
      {"request",
       {{"uid", "705ab4f5-6393-11e8-b7cc-42010a800002"},
        {"kind", kind},
        {"resource", resource},
        {"requestKind", kind},
        {"requestResource", resource},
        {"name", "coredns"},
        {"namespace", "kube-system"},
        {"operation", "CREATE"},
        {"userInfo", {{"username", "kubernetes-admin"}, {"groups", {"kubeadm:cluster-admins", "system:authenticated"}}}},
        {"object", object},
        {"oldObject", nullptr},
        {"dryRun", false},
        {"options", {{"kind", "CreateOptions"}, {"apiVersion", "meta.k8s.io/v1"}}}}}}
      .dump();
}

struct Run {
  std::uint16_t port;
  int connections;
  double rate;  // requests a second in all; 0: as many as there are answers for
  double seconds;
  std::string request;
  std::mutex lock;
  std::vector<double> times{};
  bool wrong = false;
};

void ask(Run& run, int number, Clock::time_point begin) {
  webhook_test::Connection connection(run.port, webhook_test::client_context());
  std::vector<double> times;
  bool wrong = !connection.connected();
  const Clock::time_point end = begin + std::chrono::duration_cast<Clock::duration>(Seconds(run.seconds));
  const auto period = run.rate > 0 ? std::chrono::duration_cast<Clock::duration>(Seconds(run.connections / run.rate)) : Clock::duration{};
  // With a rate, an answer's time counts from when its request was due: one that is late makes the next ones late.
  Clock::time_point due = begin + period * number / run.connections;
  while (!wrong) {
    if (run.rate > 0) {
      std::this_thread::sleep_until(due);
    } else {
      due = Clock::now();
    }
    if (due >= end) break;
    const auto reply = connection.ask(run.request);
    wrong = !reply || reply->status != 200 || reply->body.find("\"allowed\":true") == std::string::npos;
    times.push_back(Seconds(Clock::now() - due).count());
    due += period;
  }
  const std::lock_guard held(run.lock);
  run.wrong = run.wrong || wrong;
  run.times.insert(run.times.end(), times.begin(), times.end());
}

}  // namespace

/// webhook_load keys FOLDER: a certificate and its key.
/// webhook_load PORT COREFILE CONNECTIONS RATE SECONDS: prints requests a second, and the median and 99th percentile in milliseconds.
int main(int argc, char** argv) {
  if (argc == 3) {
    webhook_test::write_key(webhook_test::make_key(1), argv[2]);
    return 0;
  }
  if (argc != 6) return 2;
  Run run{static_cast<std::uint16_t>(std::atoi(argv[1])),
          std::atoi(argv[3]),
          std::atof(argv[4]),
          std::atof(argv[5]),
          webhook_test::post(review_of(read(argv[2]))),
          {}};
  const Clock::time_point begin = Clock::now() + std::chrono::milliseconds(100);  // after the handshakes
  std::vector<std::thread> threads;
  for (int i = 0; i < run.connections; ++i) threads.emplace_back([&run, i, begin] { ask(run, i, begin); });
  for (std::thread& thread : threads) thread.join();
  std::sort(run.times.begin(), run.times.end());
  if (run.wrong || run.times.empty()) return 1;
  const auto at = [&](double part) { return 1000 * run.times[static_cast<std::size_t>(part * static_cast<double>(run.times.size() - 1))]; };
  std::printf("%.0f %.3f %.3f\n", static_cast<double>(run.times.size()) / run.seconds, at(0.5), at(0.99));
  return 0;
}
