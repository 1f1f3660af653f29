// SPDX-License-Identifier: Apache-2.0
#include "review.hpp"

#include <algorithm>
#include <array>
#include <corefile/render.hpp>
#include <set>
#include <utility>

#include "answer.hpp"
#include "base/ascii.hpp"
#include "compare.hpp"
#include "outside.hpp"
#include "override.hpp"
#include "wording.hpp"

namespace corefile::webhook {
namespace {

// It empties a namespace that is being deleted, and would try for ever.
constexpr std::string_view namespace_controller = "system:serviceaccount:kube-system:namespace-controller";

// What is judged where it is read, as ordinary Corefiles are: a few thousandths of a second at most.
constexpr std::size_t small_size = 4U << 10U;
constexpr std::size_t small_networks = 8;
// Behind these little text asks for much work.
constexpr std::array<std::string_view, 4> costly_words{"import", "match", "rewrite", "view"};

// What a light review is at most: a hundredth of a second.
constexpr std::size_t light_size = 16U << 10U;
constexpr std::size_t light_imports = 8;
constexpr std::size_t cost_of_text = 32;  // each is read for itself, however short

std::size_t imports_of(std::string_view text) {
  constexpr std::string_view word = "import";
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

bool asks_for_work(std::string_view text) {
  std::size_t networks = 0;
  for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    if (at + 1 < text.size() && ascii::is_digit(text[at + 1])) ++networks;
  }
  return networks > small_networks || std::any_of(costly_words.begin(), costly_words.end(),
                                                  [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

Record record_of(const Admission& admission) {
  Record record;
  record.uid = admission.uid;
  record.operation = admission.operation;
  record.name_space = admission.name_space;
  // A generateName's first request and every one of a deletecollection have no name.
  const std::optional<ConfigMap>& named = admission.object ? admission.object : admission.old_object;
  record.name = admission.name.empty() && named ? named->name : admission.name;
  record.user = admission.user;
  record.dry_run = admission.dry_run;
  return record;
}

bool has_corefile(const ConfigMap& map) { return find(map.data, "Corefile") != nullptr || find(map.binary_data, "Corefile") != nullptr; }

// All may go. Where one of two goes, the other may be gone already.
bool same_owners(const ConfigMap& now, const ConfigMap& before) { return now.owners.empty() || now.owners == before.owners; }

bool selected(const Settings& settings, const ConfigMap& map) {
  return settings.selects(map.name_space, map.name) || settings.selects(map.labels);
}

bool same_texts(const ConfigMap& a, const ConfigMap& b) { return a.data == b.data && a.binary_data == b.binary_data; }

std::string name_of(const std::string& name_space, const std::string& name) {
  if (name.empty()) return "a new ConfigMap of namespace " + name_space;
  return "ConfigMap " + name_space + (name_space.empty() ? "" : "/") + name;
}

class Reviewer {
 public:
  Reviewer(const Admission& admission, const Settings& settings, Record& record)
      : admission_(admission),
        settings_(settings),
        policy_(settings.policy(admission.name_space, record.name)),
        record_(record),
        object_(name_of(admission.name_space, record.name)) {}

  Response run() {
    record_.verdict = Verdict::allowed;
    if (admission_.operation == "DELETE") {
      remove();
    } else if (admission_.too_large) {
      return unchecked("its texts take more than " + std::to_string(max_kept >> 20U) + " MiB");
    } else if (admission_.object) {
      write(*admission_.object);
    }
    return std::move(response_);
  }

  Response unchecked(const std::string& why) {
    record_.verdict = Verdict::allowed;
    record_.unchecked = why;
    response_.audit["unchecked"] = why;
    response_.warnings = {shortened("not checked: " + why, max_warning)};
    if (policy_.enforce == Enforce::none || !policy_.deny_unchecked) return std::move(response_);
    const ConfigMap nothing;
    const ConfigMap& now = admission_.object ? *admission_.object : nothing;
    if (const std::string reason = override_reason(now, policy_); !reason.empty()) {
      override(reason, override_annotation);
      return std::move(response_);
    }
    record_.verdict = Verdict::denied;
    response_.warnings.clear();
    response_.message = visible(object_) + " was not checked for " + named(policy_.options) + ": " + why + '\n' + way_round(now, policy_);
    return std::move(response_);
  }

 private:
  void remove() {
    const bool live = admission_.old_object ? has_corefile(*admission_.old_object) : admission_.name != "coredns-custom";
    if (policy_.enforce == Enforce::none || admission_.user == namespace_controller || may_delete()) return;
    const bool needed = !live && admission_.old_object && is_imported(*admission_.old_object);
    if (!live && !needed) return;
    const std::string reason = admission_.old_object ? reason_of(*admission_.old_object, delete_annotation) : std::string();
    if (!reason.empty()) return override(reason, delete_annotation);
    record_.verdict = Verdict::denied;
    response_.message =
        visible(object_) +
        (needed ? " is imported by the cluster's Corefile, which " + named(policy_.options) + " refuses without it\n"
                : std::string() + " holds the live Corefile: without it CoreDNS pods wait for their volume and do not start\n") +
        "To delete it all the same, annotate it first with the reason: " + std::string(delete_annotation) + ": \"…\"";
  }

  bool may_delete() const {
    const std::vector<std::string>& users = policy_.may_delete;
    return std::find(users.begin(), users.end(), admission_.user) != users.end();
  }

  bool is_imported(const ConfigMap& map) const {
    const std::vector<Finding> found = judge_removal(map, settings_, policy_);
    return std::any_of(found.begin(), found.end(), [](const Finding& f) { return f.severity == Severity::error; });
  }

  void write(const ConfigMap& now) {
    // What was not selected before comes in with all its faults.
    const bool known_before = admission_.old_object && selected(settings_, *admission_.old_object);
    const ConfigMap* before = known_before ? &*admission_.old_object : nullptr;
    if (before != nullptr && same_texts(now, *before) && same_owners(now, *before)) return;
    record_.findings = judge(now, settings_, policy_);
    if (before != nullptr && has_corefile(*before) && !has_corefile(now)) removed();
    if (std::any_of(record_.findings.begin(), record_.findings.end(), [](const Finding& f) { return f.severity > Severity::info; })) {
      const std::vector<Finding> known = before != nullptr ? judge(*before, settings_, policy_) : judge_main(now, settings_, policy_);
      compare(record_.findings, now, known, before, policy_);
    }
    std::erase_if(record_.findings, [](const Finding& f) { return (f.elsewhere || f.outside) && !f.fresh; });
    if (before != nullptr && has_corefile(*before) && !same_owners(now, *before)) owned();
    decide(now);
    left_behind(now);
    audit();
  }

  // Worse than a ConfigMap that never had one: there are pods that mount it.
  void removed() {
    std::erase_if(record_.findings, [](const Finding& f) { return f.rule == "corefile-key-missing"; });
    Finding finding;
    finding.rule = "corefile-key-missing";
    finding.severity = Severity::error;
    finding.where = "data";
    finding.message = "the key `Corefile` is removed";
    finding.note = "the pods mount this key; while it is missing, new ones wait for their volume and do not start";
    finding.help = "keep the key `Corefile`";
    record_.findings.push_back(std::move(finding));
  }

  // The garbage collector deletes what belongs to objects that are gone, or never were.
  void owned() {
    Finding finding;
    finding.rule = "owner-added";
    finding.severity = Severity::error;
    finding.where = "metadata.ownerReferences";
    finding.message = "the live Corefile is given other owners";
    finding.note = "it is deleted with them, and at once if there are no such objects";
    finding.help = "leave ownerReferences as they are";
    record_.findings.push_back(std::move(finding));
  }

  // An override that was used before is in force for whatever comes next.
  void left_behind(const ConfigMap& now) {
    if (!admission_.old_object || record_.verdict == Verdict::denied) return;
    const std::string* value = find(now.annotations, override_annotation);
    const std::string* before = find(admission_.old_object->annotations, override_annotation);
    if (value == nullptr || before == nullptr || *value != *before || override_reason(now, policy_).empty()) return;
    record_.override_left = true;
    if (response_.warnings.size() == max_warnings) response_.warnings.pop_back();
    response_.warnings.push_back("the annotation " + std::string(override_annotation) + " is still there: while it is, nothing is denied");
  }

  void decide(const ConfigMap& now) {
    std::vector<const Finding*> denied;
    std::vector<Finding> others;
    const Severity level = policy_.enforce == Enforce::warnings ? Severity::warning : Severity::error;
    for (const Finding& finding : record_.findings) {
      if (policy_.enforce != Enforce::none && finding.fresh && !finding.excused &&
          (finding.severity >= level || (finding.outside && policy_.deny_outside))) {
        denied.push_back(&finding);
      } else {
        others.push_back(finding);
      }
    }
    if (denied.empty()) {
      response_.warnings = warnings(record_.findings);
    } else if (const std::string reason = override_reason(now, policy_); !reason.empty()) {
      response_.warnings = warnings(record_.findings);
      override(reason, override_annotation);
    } else {
      record_.verdict = Verdict::denied;
      response_.message = denial(denied, object_, admission_.old_object.has_value(), policy_.options) + way_round(now, policy_);
      response_.warnings = warnings(others);
    }
  }

  void override(const std::string& reason, std::string_view annotation) {
    record_.verdict = Verdict::overridden;
    record_.reason = reason;
    if (response_.warnings.size() == max_warnings) response_.warnings.pop_back();
    response_.warnings.insert(response_.warnings.begin(),
                              shortened("allowed only because of the annotation " + std::string(annotation) + ": " + reason, max_warning));
    response_.audit["override"] = reason;
  }

  void audit() {
    std::set<std::string_view> rules;
    std::size_t errors = 0;
    std::size_t warned = 0;
    for (const Finding& finding : record_.findings) {
      errors += finding.severity == Severity::error ? 1 : 0;
      warned += finding.severity == Severity::warning ? 1 : 0;
      if (finding.severity > Severity::info) rules.insert(finding.rule);
    }
    if (rules.empty()) return;
    std::string names;
    for (const std::string_view rule : rules) names += (names.empty() ? "" : ",") + std::string(rule);
    response_.audit["findings"] = tally(errors, warned);
    response_.audit["rules"] = shortened(std::move(names), max_warning);
    response_.audit["coredns"] = to_string(policy_.options.release);
  }

  const Admission& admission_;
  const Settings& settings_;
  const Policy policy_;
  Record& record_;
  std::string object_;
  Response response_;
};

bool concerns(const Admission& admission, const Settings& settings) {
  if (!admission.is_configmap()) return false;
  const bool removal = admission.operation == "DELETE";
  if (!removal && admission.operation != "CREATE" && admission.operation != "UPDATE") return false;
  const std::optional<ConfigMap>& map = removal ? admission.old_object : admission.object;
  const std::string& name = !admission.name.empty() || !map ? admission.name : map->name;
  return settings.selects(admission.name_space, name) || (map && settings.selects(map->labels)) ||
         (admission.old_object && settings.selects(admission.old_object->labels));
}

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::ignored:
      return "ignored";
    case Verdict::allowed:
      return "allowed";
    case Verdict::denied:
      return "denied";
    case Verdict::overridden:
      return "overridden";
    case Verdict::malformed:
      return "malformed";
  }
  return {};
}

Weight weigh(const Admission& admission, const Settings& settings) {
  if (!concerns(admission, settings) || admission.too_large) return Weight::nothing;
  std::size_t size = settings.main_corefile ? settings.main_corefile->size() : 0;
  for (const Text& text : settings.custom_texts) size += text.text.size();
  std::size_t imports = 0;
  bool work = settings.main_corefile || !settings.custom_texts.empty();
  for (const std::optional<ConfigMap>* map : {&admission.object, &admission.old_object}) {
    if (!*map) continue;
    if (!(*map)->binary_data.empty()) return Weight::heavy;  // base64 does not show what is in it
    for (const auto& [key, text] : (*map)->data) {
      size += text.size() + cost_of_text;
      if (size <= light_size) imports += imports_of(text);
      if (size <= small_size) work = work || asks_for_work(text);
    }
  }
  if (size <= small_size && !work) return Weight::nothing;
  return size > light_size || imports > light_imports ? Weight::heavy : Weight::light;
}

Answer malformed(const std::string& why) {
  Answer answer;
  answer.status = 400;
  answer.body = "no AdmissionReview: " + why + '\n';
  answer.record.reason = why;
  return answer;
}

Answer unchecked(const Admission& admission, const Settings& settings, const std::string& why) {
  Answer answer;
  answer.record = record_of(admission);
  answer.body = write(answer.record, Reviewer(admission, settings, answer.record).unchecked(why));
  return answer;
}

Answer review(const Admission& admission, const Settings& settings) {
  Answer answer;
  Record& record = answer.record;
  record = record_of(admission);
  Response response;
  if (!concerns(admission, settings)) {
    record.verdict = Verdict::ignored;
  } else {
    if (admission.operation != "DELETE" && !admission.object) {
      Answer wrong = malformed("request.object is missing");
      record.reason = wrong.record.reason;
      wrong.record = std::move(record);
      return wrong;
    }
    response = Reviewer(admission, settings, record).run();
  }
  answer.body = write(record, response);
  return answer;
}

Answer review(std::string_view body, const Settings& settings) {
  try {
    return review(read_admission(body), settings);
  } catch (const Malformed& error) {
    return malformed(error.what());
  }
}

}  // namespace corefile::webhook
