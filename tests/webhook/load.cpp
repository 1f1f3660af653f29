// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "review.hpp"

namespace webhook_test {
namespace {

constexpr std::string_view good =
    ".:53 {\n    errors\n    health {\n       lameduck 5s\n    }\n    ready\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n"
    "       pods insecure\n       fallthrough in-addr.arpa ip6.arpa\n       ttl 30\n    }\n    prometheus :9153\n"
    "    forward . /etc/resolv.conf {\n       max_concurrent 1000\n    }\n    cache 30\n    loop\n    reload\n    loadbalance\n}\n";
constexpr std::string_view mark = "THE-UID";

Question example(std::string_view corefile) {
  Question made;
  made.review = review_of(mark, corefile);
  made.answer = answer_to(made.review);
  return made;
}

std::string replaced(std::string text, const std::string& uid) { return text.replace(text.find(mark), mark.size(), uid); }

}  // namespace

std::string review_of(std::string_view uid, std::string_view corefile) {
  const nlohmann::ordered_json review{
      {"apiVersion", "admission.k8s.io/v1"},
      {"kind", "AdmissionReview"},
      {"request",
       {{"uid", uid},
        {"kind", {{"group", ""}, {"version", "v1"}, {"kind", "ConfigMap"}}},
        {"resource", {{"group", ""}, {"version", "v1"}, {"resource", "configmaps"}}},
        {"name", "coredns"},
        {"namespace", "kube-system"},
        {"operation", "CREATE"},
        {"userInfo", {{"username", "kubernetes-admin"}}},
        {"object", {{"metadata", {{"name", "coredns"}, {"namespace", "kube-system"}}}, {"data", {{"Corefile", corefile}}}}},
        {"oldObject", nullptr},
        {"dryRun", false}}}};
  return review.dump();
}

std::string answer_to(const std::string& review) {
  static const corefile::webhook::Settings settings;
  return corefile::webhook::review(review, settings).body;
}

Question question(std::uint64_t number) {
  static const Question allowed = example(good);
  static const Question denied = example(std::string(good) + "frobnicate.example {\n    frobnicate\n}\n");
  const Question& chosen = number % 2 == 0 ? allowed : denied;
  const std::string uid = "review-" + std::to_string(number);
  return {replaced(chosen.review, uid), replaced(chosen.answer, uid)};
}

bool answers(std::uint16_t port) {
  static std::atomic<std::uint64_t> number{1'000'000'000};
  const Question asked = question(number++);
  Connection connection(port, client_context());
  const std::optional<Reply> reply = connection.ask(post(asked.review));
  return reply && reply->status == 200 && reply->body == asked.answer;
}

Load::Load(std::uint16_t port, Style style, int threads)
    : port_(port), style_(style), answered_(static_cast<std::size_t>(threads)), over_(static_cast<std::size_t>(threads)) {
  for (std::size_t i = 0; i < answered_.size(); ++i) threads_.emplace_back([this, i] { ask(i); });
}

void Load::stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Load::wait_for(std::uint64_t answers_each) const {
  for (std::size_t i = 0; i < answered_.size(); ++i) {
    const std::uint64_t before = answered_[i];
    for (std::uint64_t seen = changes_; !over_[i] && answered_[i] < before + answers_each; seen = changes_) changes_.wait(seen);
  }
}

std::uint64_t Load::right() const noexcept {
  std::uint64_t sum = 0;
  for (const auto& count : answered_) sum += count;
  return sum - wrong;
}

void Load::ask(std::size_t thread) {
  std::optional<Connection> connection;
  for (std::uint64_t number = thread * 10'000'000; !stopping_; ++number) {
    if (!connection) connection.emplace(port_, context_);
    if (!connection->connected()) {
      if (!refusable_) ++lost;
      break;
    }
    const Question asked = question(number);
    const std::optional<Reply> reply = connection->ask(post(asked.review));
    if (!reply) {
      ++lost;
      break;
    }
    if (reply->status != 200 || reply->body != asked.answer) ++wrong;
    if (reply->closes || style_ == Style::reconnect) connection.reset();
    ++answered_[thread];
    ++changes_;
    changes_.notify_all();
  }
  over_[thread] = true;
  ++changes_;
  changes_.notify_all();
}

}  // namespace webhook_test
