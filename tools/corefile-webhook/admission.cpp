// SPDX-License-Identifier: Apache-2.0
#include "admission.hpp"

#include <algorithm>
#include <array>
#include <corefile/render.hpp>
#include <cstdint>

#include "json.hpp"

namespace corefile::webhook {
namespace {

enum class Level : std::uint8_t {
  outside,
  review,
  request,
  kind,
  resource,
  object,
  metadata,
  labels,
  annotations,
  data,
  binary_data,
  owners,
  owner,
  user
};

struct Step {
  Level from;
  std::string_view key;
  Level to;
};
constexpr std::array steps{Step{Level::review, "request", Level::request},          Step{Level::request, "kind", Level::kind},
                           Step{Level::request, "resource", Level::resource},       Step{Level::request, "userInfo", Level::user},
                           Step{Level::request, "object", Level::object},           Step{Level::request, "oldObject", Level::object},
                           Step{Level::object, "metadata", Level::metadata},        Step{Level::object, "data", Level::data},
                           Step{Level::object, "binaryData", Level::binary_data},   Step{Level::metadata, "labels", Level::labels},
                           Step{Level::metadata, "annotations", Level::annotations}};

/// Where a text of the review goes.
struct Field {
  Level level;
  std::string_view key;
  std::string Admission::*to;
};
constexpr std::array fields{Field{Level::request, "uid", &Admission::uid},
                            Field{Level::request, "subResource", &Admission::sub_resource},
                            Field{Level::request, "name", &Admission::name},
                            Field{Level::request, "namespace", &Admission::name_space},
                            Field{Level::request, "operation", &Admission::operation},
                            Field{Level::kind, "group", &Admission::group},
                            Field{Level::kind, "version", &Admission::version},
                            Field{Level::kind, "kind", &Admission::kind},
                            Field{Level::resource, "resource", &Admission::resource}};

constexpr std::string_view pairs_name(Level level) {
  switch (level) {
    case Level::labels:
      return "metadata.labels";
    case Level::annotations:
      return "metadata.annotations";
    case Level::data:
      return "data";
    case Level::binary_data:
      return "binaryData";
    default:
      return {};
  }
}

std::string in_quotes(std::string_view text) { return '"' + visible(text.substr(0, 100)) + '"'; }

constexpr std::size_t cost_of_pair = sizeof(Pairs::value_type);

// JSON may name a key several times: the last one counts.
void settle(Pairs& pairs) {
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto last = std::unique(pairs.rbegin(), pairs.rend(), [](const auto& a, const auto& b) { return a.first == b.first; });
  pairs.erase(pairs.begin(), last.base());
}

void settle(ConfigMap& map) {
  for (Pairs* pairs : {&map.labels, &map.annotations, &map.data, &map.binary_data}) settle(*pairs);
}

}  // namespace

class AdmissionReader::Reader final : public JsonListener {
 public:
  void feed(std::string_view piece) {
    // What is wrong is said in the end; until then the rest goes by.
    if (json_failed_ || !error_.empty()) return;
    json_failed_ = !json_.feed(piece);
    if (kept_ + json_.held() <= max_kept) return;
    to_.too_large = true;
    json_.drop();
  }
  std::size_t held() const noexcept { return kept_ + json_.held(); }

  Admission take() {
    if (!error_.empty()) throw Malformed(error_);
    if (json_failed_ || !json_.complete()) throw Malformed("the body is not JSON beyond byte " + std::to_string(json_.good()));
    if (!error_.empty()) throw Malformed(error_);
    if (const std::string what = lack(); !what.empty()) throw Malformed(what);
    const std::optional<ConfigMap>& named = to_.object ? to_.object : to_.old_object;
    const std::string name = to_.name.empty() && named ? named->name : to_.name;
    for (std::optional<ConfigMap>* map : {&to_.object, &to_.old_object}) {
      if (!*map) continue;
      settle(**map);
      (*map)->name = name;
      (*map)->name_space = to_.name_space;
    }
    return std::move(to_);
  }

  void null() override {}
  void boolean(bool value) override {
    if (top() != Level::request || key_ != "dryRun") return scalar("a boolean", false);
    to_.dry_run = value;
  }
  void number() override { scalar("a number", false); }

  void string(std::string value) override {
    scalar("a text", true);
    switch (top()) {
      case Level::review:
        if (key_ == "apiVersion")
          api_version_ = std::move(value);
        else if (key_ == "kind")
          review_kind_ = std::move(value);
        break;
      case Level::metadata:
        if (key_ == "name")
          object().name = std::move(value);
        else if (key_ == "namespace")
          object().name_space = std::move(value);
        break;
      case Level::owner:
        if (std::string* part = part_of_owner(); part != nullptr && !to_.too_large) {
          kept_ += value.size();
          *part = std::move(value);
        }
        break;
      case Level::user:
        if (key_ == "username") to_.user = std::move(value);
        break;
      case Level::labels:
      case Level::annotations:
      case Level::data:
      case Level::binary_data:
        kept_ += key_.size() + value.size() + cost_of_pair;
        if (kept_ > max_kept) to_.too_large = true;
        if (!to_.too_large) pairs().emplace_back(std::move(key_), std::move(value));
        break;
      default:
        if (const Field* field = field_at(key_)) to_.*field->to = std::move(value);
    }
  }

  void key(std::string name) override { key_ = std::move(name); }

  bool wants_text() override {
    if (to_.too_large && !pairs_name(top()).empty()) return false;
    return is_text() || (top() == Level::user && key_ == "username") || (top() == Level::owner && part_of_owner() != nullptr);
  }

  bool begin_object() override {
    if (top() == Level::outside) {
      levels_.push_back(Level::review);
      return true;
    }
    if (top() == Level::owners) {
      levels_.push_back(Level::owner);
      kept_ += sizeof(Owner);
      if (kept_ > max_kept) to_.too_large = true;
      if (!to_.too_large) object().owners.emplace_back();
      return true;
    }
    const Step* step = step_at(key_);
    if (step == nullptr) {
      if (is_text()) wrong("an object");
      return false;
    }
    if (step->to == Level::request) has_request_ = true;
    if (step->to == Level::object) {
      old_ = key_ == "oldObject";
      (old_ ? to_.old_object : to_.object).emplace();
      // The kind comes first where the API server writes it.
      if (!to_.kind.empty() && !to_.is_configmap()) return false;
    }
    levels_.push_back(step->to);
    return true;
  }

  bool begin_array() override {
    const bool owners = top() == Level::metadata && key_ == "ownerReferences";
    scalar("a list", false);
    if (owners) levels_.push_back(Level::owners);
    return owners;
  }

  void end() override { levels_.pop_back(); }

 private:
  // Why it is not a review after all; empty: it is one.
  std::string lack() const {
    if (api_version_.empty() || review_kind_.empty()) return "apiVersion and kind are missing";
    if (api_version_ != "admission.k8s.io/v1") return "apiVersion is " + in_quotes(api_version_) + ", not \"admission.k8s.io/v1\"";
    if (review_kind_ != "AdmissionReview") return "kind is " + in_quotes(review_kind_) + ", not \"AdmissionReview\"";
    if (!has_request_) return "the review has no request";
    if (to_.uid.empty()) return "request.uid is missing";
    if (to_.operation.empty()) return "request.operation is missing";
    return to_.is_configmap() ? object_error_ : std::string();
  }

  Level top() const { return levels_.empty() ? Level::outside : levels_.back(); }
  const Step* step_at(std::string_view key) const {
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.from == top() && s.key == key; });
    return step == steps.end() ? nullptr : step;
  }
  const Field* field_at(std::string_view key) const {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.level == top() && f.key == key; });
    return field == fields.end() ? nullptr : field;
  }
  ConfigMap& object() { return old_ ? *to_.old_object : *to_.object; }
  std::string* part_of_owner() {
    std::vector<Owner>& owners = object().owners;
    if (owners.empty()) return nullptr;
    Owner& owner = owners.back();
    if (key_ == "apiVersion") return &owner.api_version;
    if (key_ == "kind") return &owner.kind;
    if (key_ == "name") return &owner.name;
    return key_ == "uid" ? &owner.uid : nullptr;
  }
  Pairs& pairs() {
    ConfigMap& map = object();
    if (top() == Level::labels) return map.labels;
    if (top() == Level::annotations) return map.annotations;
    return top() == Level::data ? map.data : map.binary_data;
  }

  // Whether only a text may be the key's value here.
  bool is_text() const {
    if (!pairs_name(top()).empty()) return true;
    if (top() == Level::review) return key_ == "apiVersion" || key_ == "kind";
    if (top() == Level::metadata) return key_ == "name" || key_ == "namespace";
    return field_at(key_) != nullptr;
  }

  // A value that is not an object.
  void scalar(std::string_view what, bool text) {
    if (top() == Level::user || top() == Level::owners || top() == Level::owner) return;
    if (top() == Level::outside) return refuse("the body is not a JSON object");
    const bool other = step_at(key_) != nullptr || (top() == Level::request && key_ == "dryRun");
    if (other || (!text && is_text())) wrong(what);
  }

  // Objects of other kinds hold other things under the same names, and the kind may come later.
  void wrong(std::string_view what) {
    const std::string place = place_of(key_);
    const std::string error = visible(place.substr(0, 200)) + " is " + std::string(what);
    const bool in_object = top() == Level::object || top() == Level::metadata || !pairs_name(top()).empty();
    if (!in_object) return refuse(error);
    if (object_error_.empty()) object_error_ = error;
  }
  std::string place_of(const std::string& key) const {
    const std::string object = old_ ? "request.oldObject." : "request.object.";
    switch (top()) {
      case Level::review:
        return key;
      case Level::request:
        return "request." + key;
      case Level::kind:
        return "request.kind." + key;
      case Level::resource:
        return "request.resource." + key;
      case Level::object:
        return object + key;
      case Level::metadata:
        return object + "metadata." + key;
      default:
        return object + std::string(pairs_name(top())) + '.' + key;
    }
  }

  void refuse(std::string error) {
    if (error_.empty()) error_ = std::move(error);
  }

  Admission to_;
  JsonReader json_{*this};
  std::vector<Level> levels_;
  std::size_t kept_ = 0;
  std::string key_, api_version_, review_kind_, object_error_, error_;
  bool old_ = false, has_request_ = false, json_failed_ = false;
};

const std::string* find(const Pairs& pairs, std::string_view key) noexcept {
  const auto found = std::lower_bound(pairs.begin(), pairs.end(), key, [](const auto& pair, std::string_view k) { return pair.first < k; });
  return found == pairs.end() || found->first != key ? nullptr : &found->second;
}

bool Admission::is_configmap() const noexcept {
  return group.empty() && version == "v1" && kind == "ConfigMap" && (resource.empty() || resource == "configmaps") && sub_resource.empty();
}

AdmissionReader::AdmissionReader() : reader_(std::make_unique<Reader>()) {}
AdmissionReader::AdmissionReader(AdmissionReader&&) noexcept = default;
AdmissionReader& AdmissionReader::operator=(AdmissionReader&&) noexcept = default;
AdmissionReader::~AdmissionReader() = default;
void AdmissionReader::feed(std::string_view piece) { reader_->feed(piece); }
std::size_t AdmissionReader::held() const noexcept { return reader_->held(); }
Admission AdmissionReader::take() { return reader_->take(); }

Admission read_admission(std::string_view body) {
  constexpr std::size_t piece = 64U << 10U;
  AdmissionReader reader;
  for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) reader.feed(body.substr(0, piece));
  return reader.take();
}

}  // namespace corefile::webhook
