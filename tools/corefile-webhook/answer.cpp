// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <corefile/render.hpp>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "plain_text.hpp"
#include "wording.hpp"

namespace corefile::webhook {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest = 300;  // of a text in the log

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Most texts stand in JSON as they are, and a tree to write them from costs more than the review.
std::string json_text(std::string_view text) { return plain_size(text) == text.size() ? '"' + std::string(text) + '"' : dump(text); }
void append(std::string& object, std::string_view key, std::string_view value) {
  object += object.size() == 1 ? "\"" : ",\"";
  object += key;
  object += "\":";
  object += value;
}

}  // namespace

std::string write(const Record& record, const Response& response) {
  std::string answer = "{";
  append(answer, "uid", json_text(record.uid));
  append(answer, "allowed", record.verdict == Verdict::denied ? "false" : "true");
  if (record.verdict == Verdict::denied) {
    append(answer, "status", dump({{"status", "Failure"}, {"message", response.message}, {"reason", "Forbidden"}, {"code", 403}}));
  }
  if (!response.audit.empty()) append(answer, "auditAnnotations", dump(response.audit));
  if (!response.warnings.empty()) append(answer, "warnings", dump(response.warnings));
  return R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":)" + answer + "}}";
}

std::string log_line(const Record& record, bool contents) {
  std::string line = "{";
  const bool malformed = record.verdict == Verdict::malformed;
  append(line, "level", malformed ? R"("warning")" : R"("info")");
  append(line, "msg", R"("review")");
  append(line, "verdict", json_text(to_string(record.verdict)));
  const auto put = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    const bool as_is = value.size() <= longest && plain_size(value) == value.size();
    append(line, key, json_text(as_is ? value : shortened(visible(std::string_view(value).substr(0, 1024)), longest)));
  };
  put("uid", record.uid);
  put("operation", record.operation);
  put("namespace", record.name_space);
  put("name", record.name);
  put("user", record.user);
  if (record.dry_run) append(line, "dry_run", "true");
  put(malformed ? "error" : "reason", record.reason);
  put("unchecked", record.unchecked);
  Json findings = Json::array();
  for (const Finding& finding : record.findings) {
    if (findings.size() == max_warnings || finding.severity == Severity::info) continue;
    Json one{{"rule", finding.rule}, {"severity", to_string(finding.severity)}, {"at", shortened(visible(finding.where), longest)}};
    if (!finding.fresh) one["before"] = true;
    if (contents) one["message"] = shortened(visible(finding.message), longest);
    findings.push_back(std::move(one));
  }
  if (!findings.empty()) append(line, "findings", dump(findings));
  return line + '}';
}

}  // namespace corefile::webhook
