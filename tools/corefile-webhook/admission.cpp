// SPDX-License-Identifier: Apache-2.0
#include "admission.hpp"

#include <algorithm>
#include <array>
#include <corefile/render.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>

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
  other
};

struct Step {
  Level from;
  std::string_view key;
  Level to;
};
constexpr std::array steps{Step{Level::review, "request", Level::request},          Step{Level::request, "kind", Level::kind},
                           Step{Level::request, "resource", Level::resource},       Step{Level::request, "userInfo", Level::other},
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

/// nlohmann's events, without a tree.
class Reader {
 public:
  explicit Reader(Admission& to) : to_(to) {}

  bool null() { return true; }
  bool boolean(bool value) {
    if (top() != Level::request || key_ != "dryRun") return scalar("a boolean", false);
    to_.dry_run = value;
    return true;
  }
  bool number_integer(std::int64_t) { return scalar("a number", false); }
  bool number_unsigned(std::uint64_t) { return scalar("a number", false); }
  bool number_float(double, const std::string&) { return scalar("a number", false); }
  bool binary(nlohmann::json::binary_t&) { return scalar("binary", false); }

  bool string(std::string& value) {
    if (!scalar("a text", true)) return false;
    switch (top()) {
      case Level::review:
        if (key_ == "apiVersion") api_version_ = value;
        if (key_ == "kind") review_kind_ = value;
        break;
      case Level::metadata:
        if (key_ == "name") object().name = value;
        if (key_ == "namespace") object().name_space = value;
        break;
      case Level::other:
        if (levels_.size() == user_level_ && key_ == "username") to_.user = std::move(value);
        break;
      case Level::labels:
      case Level::annotations:
      case Level::data:
      case Level::binary_data:
        pairs().emplace_back(key_, std::move(value));
        break;
      default:
        for (const Field& field : fields) {
          if (field.level == top() && field.key == key_) to_.*field.to = value;
        }
    }
    return true;
  }

  bool key(std::string& value) {
    key_.assign(value);  // the lexer goes on with its buffer
    return true;
  }

  bool start_object(std::size_t) {
    if (levels_.size() >= max_depth) return fail(too_deep());
    if (top() == Level::outside) return push(Level::review);
    const Step* step = step_at(key_);
    if (step == nullptr) return !is_text() || wrong("an object") ? push(Level::other) : false;
    if (step->to == Level::request) has_request_ = true;
    if (step->to == Level::other) user_level_ = levels_.size() + 1;
    if (step->to == Level::object) {
      old_ = key_ == "oldObject";
      (old_ ? to_.old_object : to_.object).emplace();
    }
    return push(step->to);
  }
  bool end_object() { return pop(); }

  bool start_array(std::size_t) {
    if (levels_.size() >= max_depth) return fail(too_deep());
    return scalar("a list", false) && push(Level::other);
  }
  bool end_array() { return pop(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    return fail("the body is no JSON: byte " + std::to_string(position) + " cannot stand there");
  }

  /// Why it is no review after all; empty: it is one.
  std::string lack() const {
    if (!error_.empty()) return error_;
    if (api_version_.empty() || review_kind_.empty()) return "apiVersion and kind are missing";
    if (api_version_ != "admission.k8s.io/v1") return "apiVersion is " + in_quotes(api_version_) + ", not \"admission.k8s.io/v1\"";
    if (review_kind_ != "AdmissionReview") return "kind is " + in_quotes(review_kind_) + ", not \"AdmissionReview\"";
    if (!has_request_) return "the review has no request";
    if (to_.uid.empty()) return "request.uid is missing";
    if (to_.operation.empty()) return "request.operation is missing";
    return to_.is_configmap() ? object_error_ : std::string();
  }

 private:
  Level top() const { return levels_.empty() ? Level::outside : levels_.back(); }
  bool push(Level level) {
    levels_.push_back(level);
    return true;
  }
  bool pop() {
    if (levels_.size() == user_level_) user_level_ = 0;
    levels_.pop_back();
    return true;
  }
  const Step* step_at(std::string_view key) const {
    const auto* step = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.from == top() && s.key == key; });
    return step == steps.end() ? nullptr : step;
  }
  ConfigMap& object() { return old_ ? *to_.old_object : *to_.object; }
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
    return std::any_of(fields.begin(), fields.end(), [this](const Field& f) { return f.level == top() && f.key == key_; });
  }

  // A value that is no object.
  bool scalar(std::string_view what, bool text) {
    if (top() == Level::other) return true;
    if (top() == Level::outside) return fail("the body is no JSON object");
    if (step_at(key_) != nullptr || (top() == Level::request && key_ == "dryRun")) return wrong(what);
    return text || !is_text() || wrong(what);
  }

  // Objects of other kinds hold other things under the same names, and the kind may come later.
  bool wrong(std::string_view what) {
    const std::string place = place_of(key_);
    const std::string error = visible(place.substr(0, 200)) + " is " + std::string(what);
    const bool in_object = top() == Level::object || top() == Level::metadata || !pairs_name(top()).empty();
    if (!in_object) return fail(error);
    if (object_error_.empty()) object_error_ = error;
    return true;
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

  static std::string too_deep() { return "the body is nested deeper than " + std::to_string(max_depth) + " levels"; }
  bool fail(std::string error) {
    error_ = std::move(error);
    return false;
  }

  Admission& to_;
  std::vector<Level> levels_;
  std::size_t user_level_ = 0;
  std::string key_, api_version_, review_kind_, error_, object_error_;
  bool old_ = false, has_request_ = false;
};

// JSON may name a key several times: the last one counts.
void settle(Pairs& pairs) {
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto last = std::unique(pairs.rbegin(), pairs.rend(), [](const auto& a, const auto& b) { return a.first == b.first; });
  pairs.erase(pairs.begin(), last.base());
}

void settle(std::optional<ConfigMap>& map) {
  if (!map) return;
  for (Pairs* pairs : {&map->labels, &map->annotations, &map->data, &map->binary_data}) settle(*pairs);
}

}  // namespace

const std::string* find(const Pairs& pairs, std::string_view key) noexcept {
  const auto found = std::lower_bound(pairs.begin(), pairs.end(), key, [](const auto& pair, std::string_view k) { return pair.first < k; });
  return found == pairs.end() || found->first != key ? nullptr : &found->second;
}

bool Admission::is_configmap() const noexcept {
  return group.empty() && version == "v1" && kind == "ConfigMap" && (resource.empty() || resource == "configmaps") && sub_resource.empty();
}

Admission read_admission(std::string_view body) {
  Admission admission;
  Reader reader(admission);
  nlohmann::json::sax_parse(body.begin(), body.end(), &reader);
  if (const std::string lack = reader.lack(); !lack.empty()) throw Malformed(lack);
  settle(admission.object);
  settle(admission.old_object);
  return admission;
}

}  // namespace corefile::webhook
